package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;

/** What is said of a budget that does not suffice. */
final class BudgetWords {

    private static final String OUTPUT_ASSUMED =
            ", of which the output is assumed (set maxOutputTokens, or assumedOutputTokens of the budget)";

    private BudgetWords() {}

    /**
     * @param outputAssumed whether the request does not say how much may be written
     */
    static String exceeded(BudgetUse use, boolean perRequest, boolean outputAssumed) {
        return "T" + new Whose(use.budget(), use.key()).words().substring(1) + " does not suffice: "
                + plain(use.used()) + " of " + plain(use.limit()) + " " + use.unit()
                + " are used or reserved, and the call may take " + plain(use.wanted())
                + (outputAssumed ? OUTPUT_ASSUMED : "")
                + ". Nothing was sent. " + remedy(use, perRequest);
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    private static String remedy(BudgetUse use, boolean perRequest) {
        if (perRequest) {
            return "It is for each request; ask for less, or raise it.";
        }
        if (use.wanted().compareTo(use.limit()) > 0) {
            return "All of it would not suffice; ask for less, or raise it.";
        }
        return use.renewsAt() == null ? "It does not renew; raise it." : "It renews at " + use.renewsAt() + ".";
    }
}
