package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.cost.BillingMoment;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetExceededException;
import io.github.deepthink4j.cost.budget.BudgetStore;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.core.instrument.Counter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prices, budgets, meters and spans of the same calls, which have to agree. */
class CostsAndSpansTest {

    /** A Friday, 10:00 in Beijing. */
    private static final Instant PEAK = Instant.parse("2026-11-27T02:00:00Z");

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final Traces traces = new Traces();
    private final CallListener listener = DeepSeekObservations.listener(traces.observations, traces.meters);
    private final PriceList prices = PriceList.deepSeek().toBuilder()
            .hosts("127.0.0.1:" + deepSeek.port())
            .billedAt(BillingMoment.SENT)
            .build();

    private final SettledSum store = new SettledSum();

    /** The store of one process, and what was settled in it. */
    private static final class SettledSum implements BudgetStore {

        private final BudgetStore memory = BudgetStore.inMemory();
        private volatile BigDecimal spent = BigDecimal.ZERO;

        @Override
        public Balance reserve(Reservation reservation) {
            return memory.reserve(reservation);
        }

        @Override
        public synchronized void settle(Reservation reservation, BigDecimal amount) {
            memory.settle(reservation, amount);
            spent = spent.add(amount);
        }

        @Override
        public boolean mayBlock() {
            return false;
        }
    }

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    private DeepSeekChatModel.Builder model(String name) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName(name)
                .clock(Clock.fixed(PEAK, ZoneOffset.UTC))
                .pricing(prices)
                .listeners(listener);
    }

    private Budget dollars(String amount) {
        return Budget.builder("dollars")
                .money(new BigDecimal(amount), PriceList.USD)
                .pricing(prices)
                .store(store)
                .clock(Clock.fixed(PEAK, ZoneOffset.UTC))
                .build();
    }

    private static ChatRequest ask() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }

    private double counted(String meter) {
        return traces.meters.find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private List<SpanData> calls() {
        return traces.spans().stream()
                .filter(span -> span.getName().startsWith("chat "))
                .toList();
    }

    private double onSpans(String attribute) {
        return calls().stream()
                .mapToDouble(span -> ((Number) Traces.attributes(span).getOrDefault(attribute, 0)).doubleValue())
                .sum();
    }

    private static Offset<Double> exactly() {
        return Offset.offset(1e-12);
    }

    interface Assistant {
        Result<String> chat(String message);
    }

    static final class Weather {
        @Tool
        String weather(String city) {
            return "sunny in " + city;
        }
    }

    @Test
    void should_agree_on_a_routed_ai_service_with_tools() {
        // Given
        deepSeek.respond(
                Answer.thinking("The weather is asked for.").thenText("Ask for the weather in Oslo."),
                Answer.toolCall("weather", "{\"city\": \"Oslo\"}"),
                Answer.text("Enough is known."),
                Answer.thinking("Sunny.").thenText("It is sunny."));
        Budget budget = dollars("1");
        try (DeepSeekChatModel reasoner =
                        model("deepseek-v4-pro").gates(budget).maxRetries(0).build();
                DeepSeekChatModel toolCaller =
                        model("deepseek-flash").gates(budget).maxRetries(0).build()) {
            ToolRoutingChatModel routed = ToolRoutingChatModel.builder()
                    .reasoner(reasoner)
                    .toolCaller(toolCaller)
                    .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                    .listeners(listener)
                    .build();

            // When
            Result<String> result = traces.inTurn(() -> AiServices.builder(Assistant.class)
                    .chatModel(routed)
                    .tools(new Weather())
                    .build()
                    .chat("Weather in Oslo?"));

            // Then
            Cost cost = ((DeepSeekTokenUsage) result.tokenUsage()).cost();
            int sent = deepSeek.requests().size();
            assertThat(sent).isGreaterThan(2);
            assertThat(cost.isKnown()).isTrue();
            assertThat(cost.calls()).isEqualTo(sent);
            assertThat(calls()).hasSize(sent);
            assertThat(counted("deepthink4j.client.cost"))
                    .isCloseTo(cost.total().doubleValue(), exactly());
            assertThat(onSpans("deepthink4j.cost.amount"))
                    .isCloseTo(cost.total().doubleValue(), exactly());
            assertThat(onSpans("gen_ai.usage.output_tokens"))
                    .isEqualTo((double) result.tokenUsage().outputTokenCount());
            assertThat(store.spent).isEqualByComparingTo(cost.total());
            assertThat(traces.spans())
                    .filteredOn(span -> span.getName().equals("invoke_workflow"))
                    .hasSize(2)
                    .allMatch(span -> traces.parent(span).equals("turn"));
            assertThat(calls()).allMatch(span -> traces.parent(span).startsWith("step "));
        }
    }

    @Test
    void should_count_a_failed_attempt_that_was_billed() {
        // Given
        deepSeek.respond(Answer.nothing(), Answer.text("Hello"));
        Budget budget = dollars("1");
        try (DeepSeekChatModel model = model("deepseek-flash")
                .gates(budget)
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .build()) {
            // When
            ChatResponse response = model.chat(ask());

            // Then
            Cost cost = ((DeepSeekChatResponseMetadata) response.metadata()).cost();
            assertThat(deepSeek.requests()).hasSize(2);
            assertThat(cost.calls()).isEqualTo(2);
            assertThat(counted("deepthink4j.client.retries")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.cost"))
                    .isCloseTo(cost.total().doubleValue(), exactly());
            assertThat(onSpans("deepthink4j.cost.amount"))
                    .isCloseTo(cost.total().doubleValue(), exactly());
            assertThat(store.spent).isEqualByComparingTo(cost.total());
        }
    }

    @Test
    void should_count_a_cancelled_call_as_one_without_a_price() {
        // Given
        deepSeek.respond(Answer.text("Hello").delay(Duration.ofMinutes(1)));
        try (DeepSeekChatModel model = model("deepseek-flash").maxRetries(0).build()) {
            CompletableFuture<ChatResponse> call = model.chatAsync(ask());
            deepSeek.awaitRequests(1, Duration.ofSeconds(20));

            // When
            call.cancel(true);

            // Then
            assertThat(counted("deepthink4j.client.cancelled")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.unpriced")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.cost")).isZero();
        }
    }

    @Test
    void should_cost_nothing_where_a_budget_refuses() {
        // Given
        try (DeepSeekChatModel model = model("deepseek-v4-pro")
                .gates(dollars("0.0000001"))
                .maxRetries(0)
                .build()) {
            // When
            Throwable refused = catchThrowable(() -> model.chat(ask()));

            // Then
            assertThat(refused).isInstanceOf(BudgetExceededException.class);
            assertThat(deepSeek.requests()).isEmpty();
            assertThat(counted("deepthink4j.client.cost")).isZero();
            assertThat(counted("deepthink4j.client.unpriced")).isZero();
            assertThat(traces.meters
                            .get("deepthink4j.client.errors")
                            .tag("error.type", ((BudgetExceededException) refused).code())
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(Traces.attributes(calls().get(0)))
                    .doesNotContainKeys("server.address", "deepthink4j.cost.amount");
        }
    }
}
