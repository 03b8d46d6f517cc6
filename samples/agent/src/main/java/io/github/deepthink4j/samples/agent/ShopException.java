package io.github.deepthink4j.samples.agent;

/** What the shop can not do, in words that a model can act on. */
final class ShopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShopException(String message) {
        super(message);
    }
}
