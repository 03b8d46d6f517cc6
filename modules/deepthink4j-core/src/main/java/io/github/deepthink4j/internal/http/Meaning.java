package io.github.deepthink4j.internal.http;

/** What an error means, whatever the host and its words. */
enum Meaning {
    KEY,
    BALANCE,
    MODEL,
    CONTEXT,
    CONTENT,
    /** Of the model, which another try may not make: a tool call or JSON that the host could not read. */
    SLIP,
    RATE,
    OVERLOAD,
    FAULT,
    WAITED,
    REJECTED,
    UNKNOWN;

    /** What a status says alone. */
    static Meaning ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> KEY;
            case 402 -> BALANCE;
            case 404 -> MODEL;
            case 408 -> WAITED;
            case 429 -> RATE;
            case 451 -> CONTENT;
            case 503, 529 -> OVERLOAD;
            default -> status >= 500 ? FAULT : REJECTED;
        };
    }

    /** Whether words may say this although the status says something else: hosts have no status of its own for it. */
    boolean isMoreThanStatus() {
        return this == BALANCE || this == MODEL || this == CONTEXT || this == CONTENT || this == SLIP;
    }

    /** The same beside a status: 400 is what some hosts answer a wrong key with. */
    boolean isMoreThan(int status) {
        return isMoreThanStatus() || (this == KEY && status == 400);
    }
}
