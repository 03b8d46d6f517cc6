package io.github.deepthink4j.price;

/** Which of the prices of the day a call had. */
public enum PriceBand {
    /** The price that holds at all hours, or beside a discount. */
    STANDARD,
    /** The dearer one. */
    PEAK,
    /** The cheaper one: beside peak hours, or a discount at night. */
    OFF_PEAK
}
