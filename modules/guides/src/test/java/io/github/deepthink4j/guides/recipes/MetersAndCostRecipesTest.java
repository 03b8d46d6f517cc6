package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.BudgetExceededException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipes of docs/recipes.md about metrics and cost, also where the server fails. */
@Timeout(60)
class MetersAndCostRecipesTest {

    private static final Answer TOO_MANY = Answer.error(429, "Too many").header("Retry-After", "0");
    private static final Answer CUT =
            Answer.thinking("So").thenText("Half of an answer").fault(Fault.CUT_IN_ANSWER);

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Cost> bill = new ArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
        meters.close();
    }

    private PriceList asOfDeepSeek() {
        return PriceList.deepSeek().toBuilder()
                .hosts("127.0.0.1:" + deepSeek.port(), "localhost:" + deepSeek.port())
                .build();
    }

    @Test
    void should_measure_a_call_with_buckets() {
        Measured.withPercentiles(meters);
        deepSeek.respond(Answer.thinking("So").thenText("Fine"));

        try (DeepSeekChatModel model = Measured.model(deepSeek.baseUrl(), "test", meters)) {
            model.chat("Hi");
        }

        var duration = meters.get("gen_ai.client.operation.duration")
                .tag("gen_ai.request.model", "deepseek-flash")
                .tag("deepthink4j.outcome", "answered")
                .timer();
        assertThat(duration.count()).isEqualTo(1);
        assertThat(duration.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(duration.takeSnapshot().histogramCounts()).hasSize(17);
        assertThat(meters.get("deepthink4j.client.first_thought").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .summary()
                        .totalAmount())
                .isPositive();
        assertThat(meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
    }

    @Test
    void should_measure_what_goes_wrong() {
        deepSeek.respond(TOO_MANY, Answer.text("Fine"), CUT);

        try (DeepSeekChatModel model = Measured.model(deepSeek.baseUrl(), "test", meters)) {
            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThat(catchThrowable(() -> model.chat("Hi"))).isInstanceOf(StreamCutException.class);
        }

        assertThat(meters.get("deepthink4j.client.retries").counter().count()).isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.errors")
                        .tag("error.type", "stream_cut")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("deepthink4j.outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
    }

    @Test
    void should_tell_what_a_call_has_cost_and_send_no_more_than_the_day_may_cost() {
        // 2,000 tokens of output are 0.0012 dollars, or twice as much at peak.
        Spending spending = Spending.atMost("0.003", asOfDeepSeek());
        deepSeek.respond(Answer.text("word ".repeat(1800)));

        try (DeepSeekChatModel model = spending.model(deepSeek.baseUrl(), "test")) {
            assertThat(Spending.ask(model, "Hi", bill::add)).startsWith("word");
            for (int i = 0; i < 3; i++) {
                deepSeek.respond(Answer.text("word ".repeat(1800)));
                catchThrowable(() -> Spending.ask(model, "Hi", bill::add));
            }
            assertThatThrownBy(() -> Spending.ask(model, "Hi", bill::add))
                    .isInstanceOfSatisfying(BudgetExceededException.class, refused -> {
                        assertThat(refused.budget()).isEqualTo("the day");
                        assertThat(refused.renewsAt()).isPresent();
                    });
        }

        assertThat(bill).isNotEmpty().hasSameSizeAs(deepSeek.requests()).allMatch(Cost::isKnown);
        assertThat(bill.stream().reduce(Cost.nothing(PriceList.USD), Cost::add).total())
                .isPositive()
                .isLessThanOrEqualTo(new java.math.BigDecimal("0.003"));
    }

    @Test
    void should_tell_the_cost_of_what_goes_wrong() {
        Spending spending = Spending.atMost("1", asOfDeepSeek());
        deepSeek.respond(TOO_MANY, Answer.text("Fine"), CUT, Answer.error(400, "No"));

        try (DeepSeekChatModel model = spending.model(deepSeek.baseUrl(), "test")) {
            Spending.ask(model, "Hi", bill::add);
            assertThat(bill.get(0).calls()).as("what was refused is not billed").isEqualTo(1);

            assertThat(catchThrowable(() -> Spending.ask(model, "Hi", bill::add)))
                    .isInstanceOf(StreamCutException.class);
            assertThat(bill).hasSize(2);
            assertThat(bill.get(1).isEstimate()).isTrue();

            assertThat(catchThrowable(() -> Spending.ask(model, "Hi", bill::add)))
                    .isNotNull();
            assertThat(bill).as("nothing was billed").hasSize(2);
        }
    }
}
