package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What several parts cost together. */
class CombinedCostTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Pricing A_DOLLAR_A_TOKEN = priceOf(USD, "1");

    private final DeepSeekSimulator first = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekSimulator second = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static Pricing priceOf(Currency currency, String token) {
        return call -> Cost.in(currency)
                .output(BigDecimal.valueOf(call.inputTokens() + call.outputTokens())
                        .multiply(new BigDecimal(token)))
                .assumption(call.assumption())
                .build();
    }

    private static ChatModel model(DeepSeekSimulator simulator, Pricing pricing) {
        return DeepSeekChatModel.builder()
                .baseUrl(simulator.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .pricing(pricing)
                .build();
    }

    private CombinedChatResponseMetadata ask(Pricing pricingOfSecond) {
        ChatModel model = FailoverChatModel.builder()
                .part(model(first, A_DOLLAR_A_TOKEN))
                .part(model(second, pricingOfSecond))
                .build();
        return (CombinedChatResponseMetadata) model.chat(
                        ChatRequest.builder().messages(UserMessage.from("Hi")).build())
                .metadata();
    }

    @Test
    void should_add_a_failed_step_that_was_billed() {
        first.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.steps())
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.cost()).isNotNull());
        assertThat(metadata.cost().calls()).isEqualTo(2);
        assertThat(metadata.cost().total())
                .isEqualTo(BigDecimal.valueOf(metadata.tokenUsage().totalTokenCount()))
                .isEqualTo(metadata.steps()
                        .get(0)
                        .cost()
                        .total()
                        .add(metadata.steps().get(1).cost().total()));
    }

    @Test
    void should_add_the_estimate_of_an_answer_that_broke_off() {
        first.respond(Answer.text("one two three four five six").pieces(5).fault(Fault.CUT_IN_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.cost().isEstimate()).isTrue();
        assertThat(metadata.cost().calls()).isEqualTo(2);
        assertThat(metadata.cost().total())
                .isEqualTo(metadata.steps()
                        .get(0)
                        .cost()
                        .total()
                        .add(metadata.steps().get(1).cost().total()));
    }

    @Test
    void should_not_count_a_step_that_was_refused() {
        first.respond(Answer.error(503, "busy"));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.steps().get(0).cost()).isNull();
        assertThat(metadata.cost().isKnown()).isTrue();
        assertThat(metadata.cost().calls()).isEqualTo(1);
    }

    @Test
    void should_know_no_sum_of_two_currencies_but_each_step() {
        first.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(priceOf(Currency.getInstance("CNY"), "7"));

        assertThat(metadata.cost().isKnown()).isFalse();
        assertThat(metadata.steps())
                .allSatisfy(step -> assertThat(step.cost().isKnown()).isTrue());
    }
}
