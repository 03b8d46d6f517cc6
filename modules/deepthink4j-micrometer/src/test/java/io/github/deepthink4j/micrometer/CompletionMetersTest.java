package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.micrometer.core.instrument.Counter;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Completion in the middle is metered as a chat is, under its own name. */
@Timeout(60)
class CompletionMetersTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();
    private final CallListener listener = DeepSeekObservations.listener(traces.observations, traces.meters);

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    /** A dollar a token. */
    private <B extends DeepSeekFimModelBuilder<B>> B at(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .pricing(call -> Cost.in(Currency.getInstance("USD"))
                        .output(BigDecimal.valueOf(call.inputTokens() + call.outputTokens()))
                        .build())
                .listeners(listener);
    }

    private double counted(String meter) {
        return traces.meters.find(meter).tag("gen_ai.operation.name", "text_completion").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void assertThatItIsCounted(DeepSeekTokenUsage usage) {
        double tokens = usage.totalTokenCount();
        assertThat(usage.cost().total()).isEqualTo(BigDecimal.valueOf(usage.totalTokenCount()));
        assertThat(counted("deepthink4j.client.cost")).isEqualTo(tokens);
        assertThat(counted("deepthink4j.client.tokens")).isEqualTo(tokens);
        assertThat(traces.meters
                        .get("gen_ai.client.operation.duration")
                        .tag("gen_ai.operation.name", "text_completion")
                        .tag("gen_ai.provider.name", "deepseek")
                        .tag("deepthink4j.outcome", "answered")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(traces.meters.get("deepthink4j.client.first_word").timer().count())
                .isEqualTo(1);
        assertThat(traces.meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
        assertThat(Traces.attributes(traces.span("text_completion deepseek-flash")))
                .containsEntry("gen_ai.operation.name", "text_completion")
                .containsEntry("deepthink4j.cost.amount", tokens);
    }

    @Test
    void should_meter_a_completion() {
        // Given
        deepSeek.respond(Answer.text("return 42;"));
        try (DeepSeekFimModel model = at(DeepSeekFimModel.builder()).build()) {
            // When
            Response<String> response = model.generate("int answer() {", "}");

            // Then
            assertThatItIsCounted((DeepSeekTokenUsage) response.tokenUsage());
            assertThat(response.metadata().get("cost")).isEqualTo(((DeepSeekTokenUsage) response.tokenUsage()).cost());
        }
    }

    @Test
    void should_meter_a_completion_that_streams() throws Exception {
        // Given
        deepSeek.respond(Answer.text("return 42;").pieces(3));
        CompletableFuture<Response<String>> answer = new CompletableFuture<>();
        try (DeepSeekStreamingFimModel model =
                at(DeepSeekStreamingFimModel.builder()).build()) {
            // When
            model.generate("int answer() {", "}", new StreamingResponseHandler<>() {
                @Override
                public void onNext(String piece) {}

                @Override
                public void onComplete(Response<String> response) {
                    answer.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                }
            });

            // Then
            assertThatItIsCounted((DeepSeekTokenUsage) answer.get().tokenUsage());
        }
    }

    @Test
    void should_meter_completions_that_fail_or_are_given_up() throws Exception {
        // Given
        deepSeek.respond(
                Answer.error(500, "ill"),
                Answer.error(402, "no money"),
                Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        try (DeepSeekFimModel model = at(DeepSeekFimModel.builder()).build();
                DeepSeekStreamingFimModel streaming =
                        at(DeepSeekStreamingFimModel.builder()).build()) {
            // When
            assertThat(catchThrowable(() -> model.generate("int a"))).isNotNull();
            assertThat(catchThrowable(() -> model.generate("int b"))).isNotNull();
            var handle = streaming.start("int c", null, new StreamingResponseHandler<>() {
                @Override
                public void onNext(String piece) {}

                @Override
                public void onError(Throwable error) {}
            });
            while (deepSeek.runningAnswers() == 0) {
                Thread.sleep(5);
            }
            handle.cancel();

            // Then
            assertThat(counted("deepthink4j.client.errors")).isEqualTo(2);
            assertThat(counted("deepthink4j.client.cancelled")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.unpriced"))
                    .as("the first and the last may have been billed")
                    .isEqualTo(2);
        }
    }
}
