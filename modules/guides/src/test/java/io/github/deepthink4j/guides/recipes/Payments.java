package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.agent.tool.Tool;
import java.util.function.Predicate;

class Payments {

    private final Predicate<String> person;

    /** @param person is shown what would be done, and says whether to do it */
    Payments(Predicate<String> person) {
        this.person = person;
    }

    @Tool("Refunds an order")
    String refund(String order, double amount) {
        if (!person.test("Refund " + amount + " EUR for order " + order + "?")) {
            return "The customer service has refused this refund. Do not try it again.";
        }
        return "Refunded.";
    }
}
