package io.github.deepthink4j.cost;

import org.jspecify.annotations.Nullable;

/** A file of prices or holidays that can't be read: the message names the file, the line, the field, and what should stand there. */
public final class PriceListException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String field;

    /**
     * @param source the file
     * @param line   from 1 on; 0 where it can't be said
     * @param field  such as {@code prices[3].from}; empty for the whole
     */
    public PriceListException(String source, int line, String field, String problem, @Nullable Throwable cause) {
        super(
                source + (line > 0 ? ", line " + line : "") + (field.isEmpty() ? "" : ", " + field) + ": " + problem,
                cause);
        this.line = line;
        this.field = field;
    }

    /** From 1 on; 0 where it can't be said. */
    public int line() {
        return line;
    }

    /** Such as {@code prices[3].from}; empty for the whole. */
    public String field() {
        return field;
    }
}
