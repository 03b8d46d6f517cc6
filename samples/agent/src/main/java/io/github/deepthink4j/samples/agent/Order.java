package io.github.deepthink4j.samples.agent;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An order.
 *
 * @param deliveredOn {@code null} as long as it is not
 * @param refunded    what has been paid back; zero if nothing
 */
record Order(
        int number,
        String customer,
        LocalDate orderedOn,
        LocalDate promisedFor,
        LocalDate deliveredOn,
        BigDecimal refunded,
        List<Line> lines) {

    record Line(String product, int quantity, BigDecimal unitPrice, boolean returnable) {

        BigDecimal total() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }

        String tell() {
            return quantity + " x " + product + " at " + unitPrice + " EUR"
                    + (returnable ? "" : " (can't be sent back)");
        }
    }

    BigDecimal total() {
        return lines.stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** On one line, for the model and for the person. */
    String tell() {
        String where = deliveredOn == null
                ? "it is on its way, promised for " + promisedFor
                : "delivered on " + deliveredOn + ", promised for " + promisedFor;
        String paidBack = refunded.signum() == 0 ? "" : " " + refunded + " EUR have been refunded.";
        return "Order " + number + " of " + customer + ", ordered on " + orderedOn + ", " + where + ". It holds "
                + lines.stream().map(Line::tell).collect(Collectors.joining("; ")) + ". Total " + total() + " EUR."
                + paidBack;
    }
}
