package io.github.deepthink4j.samples.agent;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.github.deepthink4j.samples.agent.RefundRules.Decision;
import io.github.deepthink4j.samples.agent.RefundRules.Reason;
import io.github.deepthink4j.samples.agent.screen.Words;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the model may do. Whatever it sends is checked before it reaches the database, each answer is one line of text, and the one
 * tool that changes something asks the person first.
 */
final class ShopTools {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,60}@[^@\\s]{1,60}");
    private static final int LONGEST_NAME = 80;
    private static final int MOST_ORDERS_TOLD = 20;

    private final Shop shop;
    private final Predicate<String> confirmation;

    /**
     * @param confirmation asks the person
     */
    ShopTools(Shop shop, Predicate<String> confirmation) {
        this.shop = shop;
        this.confirmation = confirmation;
    }

    @Tool("Looks up an order: customer, dates, goods and total")
    String findOrder(@P("the order's number, such as 1017") int orderNumber) throws SQLException {
        return order(orderNumber).tell();
    }

    @Tool("Lists the numbers of a customer's orders, the newest first")
    String ordersOfCustomer(@P("the customer's e-mail address") String email) throws SQLException {
        if (email == null || !EMAIL.matcher(email.strip()).matches()) {
            throw new ShopException("'" + email + "' is no e-mail address. Ask the person for it.");
        }
        List<Integer> numbers = shop.ordersOf(email.strip());
        if (numbers.isEmpty()) {
            throw new ShopException("There are no orders of " + email.strip() + ". Ask the person for the address.");
        }
        return "Orders of " + email.strip() + ": "
                + numbers.stream().limit(MOST_ORDERS_TOLD).map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Tool("Tells how many pieces of a product are in stock, and its price")
    String checkStock(@P("the product's full name, such as Oak chair") String product) throws SQLException {
        if (product == null || product.isBlank() || product.length() > LONGEST_NAME) {
            throw new ShopException(
                    "A product's name has 1 to " + LONGEST_NAME + " characters. Ask the person for it.");
        }
        Shop.Product found = shop.product(product.strip())
                .orElseThrow(() -> new ShopException("There is no product '" + product.strip()
                        + "'. Names are such as Oak chair, Steel lamp, Cork mug."));
        return found.name() + ": " + found.stock() + " in stock, at " + found.price() + " EUR each.";
    }

    @Tool("Computes by the shop's rules what may be refunded for an order; it pays nothing")
    String computeRefund(@P("the order's number") int orderNumber, @P("why the person wants a refund") Reason reason)
            throws SQLException {
        return tell(orderNumber, decide(orderNumber, reason));
    }

    @Tool("Proposes the refund to the person; if the person confirms, it is paid")
    String refundOrder(@P("the order's number") int orderNumber, @P("why the person wants a refund") Reason reason)
            throws SQLException {
        // The amount comes from the rules, whatever a model may have made of it.
        Decision decision = decide(orderNumber, reason);
        if (decision.amount().signum() == 0) {
            return tell(orderNumber, decision);
        }
        boolean yes = confirmation.test(Words.of(
                "Refund " + decision.amount() + " EUR for order " + orderNumber + " (" + decision.rule() + ")?",
                "要为订单 " + orderNumber + " 退款 " + decision.amount() + " EUR 吗（" + decision.rule() + "）？"));
        if (!yes) {
            return "The person has not confirmed. Nothing was paid for order " + orderNumber + ".";
        }
        shop.refund(orderNumber, decision.amount(), reason);
        return "Paid: " + decision.amount() + " EUR for order " + orderNumber + ", since " + decision.rule() + ".";
    }

    private Decision decide(int orderNumber, Reason reason) throws SQLException {
        if (reason == null) {
            throw new ShopException("The reason must be DAMAGED, LATE or CHANGED_MIND. Ask the person for it.");
        }
        return RefundRules.decide(order(orderNumber), reason, shop.today());
    }

    private static String tell(int orderNumber, Decision decision) {
        return decision.amount().signum() == 0
                ? "No refund for order " + orderNumber + ": " + decision.rule() + "."
                : "Refund for order " + orderNumber + ": " + decision.amount() + " EUR, since " + decision.rule() + ".";
    }

    private Order order(int number) throws SQLException {
        if (number <= 0) {
            throw new ShopException(number + " is no order number. Ask the person for it.");
        }
        return shop.order(number)
                .orElseThrow(
                        () -> new ShopException("There is no order " + number + ". Ask the person for its number."));
    }
}
