package io.github.deepthink4j.price;

/** What knows what it has cost: a usage, the metadata of a response. */
public interface Priced {

    /** What it has cost, or why that is not known; never {@code null}, and never zero for what is not known. */
    Cost cost();

    /**
     * The cost of anything, such as another vendor's usage, which is unknown unless it says one. A failure is asked by
     * {@code DeepSeekError.costOf}.
     */
    static Cost costOf(Object value) {
        return value instanceof Priced priced
                ? priced.cost()
                : Cost.unknown(value.getClass().getSimpleName() + " tells no cost");
    }
}
