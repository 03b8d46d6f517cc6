package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.micrometer.core.instrument.Counter;
import io.opentelemetry.sdk.trace.data.EventData;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call has cost is counted, also where the caller's own code throws, and where nobody hears its end. */
@Timeout(60)
class LostEndsTest {

    private static final ChatRequest ASKED =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();
    private final CallListener listener = DeepSeekObservations.listener(traces.observations, traces.meters);

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    /** A dollar a token. */
    private <B extends DeepSeekModelBuilder<B>> B at(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .pricing(call -> Cost.in(Currency.getInstance("USD"))
                        .output(BigDecimal.valueOf(call.inputTokens() + call.outputTokens()))
                        .build())
                .listeners(listener);
    }

    private double counted(String meter) {
        return traces.meters.find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Throws something of its own with the first piece. */
    private static final class Throwing implements StreamingChatResponseHandler {

        final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        final CompletableFuture<Throwable> error = new CompletableFuture<>();
        private final Throwable thrown;

        Throwing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            Throwing.<RuntimeException>sneaky(thrown);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable told) {
            error.complete(told);
        }
    }

    @Test
    void should_count_the_tokens_and_the_cost_of_a_stream_whose_handler_throws() throws Exception {
        // Given
        deepSeek.respond(Answer.text("Hello, this takes several pieces.").pieces(4));
        Throwing handler = new Throwing(new IllegalStateException("the screen is gone"));
        try (DeepSeekStreamingChatModel model =
                at(DeepSeekStreamingChatModel.builder()).build()) {
            // When
            model.chat(ASKED, handler);
            ChatResponse response = handler.answer.get();

            // Then
            Cost cost = ((DeepSeekChatResponseMetadata) response.metadata()).cost();
            assertThat(counted("deepthink4j.client.cost"))
                    .isEqualTo(cost.total().doubleValue());
            assertThat(counted("deepthink4j.client.tokens"))
                    .isEqualTo(cost.total().doubleValue());
            assertThat(counted("deepthink4j.client.errors")).isZero();
            assertThat(traces.span("chat deepseek-flash").getEvents())
                    .extracting(EventData::getName)
                    .contains("callback failed");
            assertThat(Traces.attributes(traces.span("chat deepseek-flash")))
                    .containsEntry("deepthink4j.cost.amount", cost.total().doubleValue())
                    .containsEntry("deepthink4j.outcome", "answered");
        }
    }

    @Test
    void should_count_a_stream_that_an_error_of_its_handler_has_ended_as_one_without_a_price() throws Exception {
        // Given
        deepSeek.respond(
                Answer.nothing(),
                Answer.text("Hello, this takes several pieces.").pieces(4));
        try (DeepSeekStreamingChatModel model =
                at(DeepSeekStreamingChatModel.builder()).build()) {
            Throwing handler = new Throwing(new StackOverflowError());

            // When
            model.chat(ASKED, handler);
            handler.error.get();

            // Then
            assertThat(counted("deepthink4j.client.errors")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.unpriced")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.cost"))
                    .as("of the attempt before")
                    .isPositive();
        }
    }

    @Test
    void should_count_what_was_billed_before_a_call_was_cancelled() {
        // Given
        deepSeek.respond(Answer.nothing(), Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        try (DeepSeekChatModel model = at(DeepSeekChatModel.builder()).build()) {
            CompletableFuture<ChatResponse> call = model.chatAsync(ASKED);
            deepSeek.awaitRequests(2, Duration.ofSeconds(20));

            // When
            call.cancel(true);

            // Then
            assertThat(counted("deepthink4j.client.cancelled")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.unpriced")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.cost")).isPositive();
        }
    }

    @Test
    void should_count_a_failed_attempt_that_may_have_been_billed_as_one_without_a_price() {
        // Given
        deepSeek.respond(Answer.error(500, "ill"), Answer.text("Hello"));
        try (DeepSeekChatModel model = at(DeepSeekChatModel.builder()).build()) {
            // When
            model.chat(ASKED);

            // Then
            assertThat(counted("deepthink4j.client.unpriced")).isEqualTo(1);
            assertThat(counted("deepthink4j.client.cost")).isPositive();
        }
    }

    @Test
    void should_tell_a_listener_of_the_slip_and_then_of_the_whole_end() throws Exception {
        // Given
        deepSeek.respond(Answer.text("Hello."));
        ConcurrentLinkedQueue<String> slips = new ConcurrentLinkedQueue<>();
        List<String> errors = new CopyOnWriteArrayList<>();
        CallListener own = new CallListener() {
            @Override
            public void onSlip(ChatModelErrorContext slip) {
                slips.add(slip.error().getMessage());
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                errors.add(context.error().getMessage());
            }
        };
        Throwing handler = new Throwing(new IllegalStateException("the screen is gone"));
        try (DeepSeekStreamingChatModel model = at(DeepSeekStreamingChatModel.builder())
                .listeners(List.of(own, listener))
                .build()) {
            // When
            model.chat(ASKED, handler);
            handler.answer.get();

            // Then
            assertThat(slips).isNotEmpty().containsOnly("the screen is gone");
            assertThat(errors).isEmpty();
            assertThat(counted("deepthink4j.client.cost")).isPositive();
        }
    }
}
