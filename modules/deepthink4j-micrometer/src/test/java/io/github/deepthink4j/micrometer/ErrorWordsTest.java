package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.api.trace.StatusCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server's words, in which a question may be said back, and ids that it makes up. */
class ErrorWordsTest {

    private static final String ECHO = "cannot do: my secret question 4711";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();
    private final List<Throwable> told = new CopyOnWriteArrayList<>();

    ErrorWordsTest() {
        traces.observations.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onError(Observation.Context context) {
                told.add(context.getError());
            }

            @Override
            public void onStop(Observation.Context context) {
                if (context.getError() != null) {
                    told.add(context.getError());
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    private DeepSeekObservations.Builder observations() {
        return DeepSeekObservations.builder().observations(traces.observations).meters(traces.meters);
    }

    private DeepSeekChatModel model(DeepSeekObservations observations) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .listeners(observations.listener())
                .build();
    }

    private Throwable refused(DeepSeekObservations observations) {
        deepSeek.respond(Answer.error(400, ECHO));
        try (DeepSeekChatModel model = model(observations)) {
            return catchThrowable(() -> model.chat("my secret question 4711"));
        }
    }

    private static String written(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void should_say_which_error_it_was_and_not_what_the_server_said() {
        Throwable thrown = refused(observations().build());

        assertThat(thrown).hasMessageContaining("4711");
        assertThat(told)
                .hasSize(2)
                .allSatisfy(error -> assertThat(written(error))
                        .startsWith(thrown.getClass().getName() + ": request_rejected (HTTP 400)")
                        .contains("\tat ")
                        .doesNotContain("4711")
                        .doesNotContain("cannot do"));
        var span = traces.span("chat deepseek-flash");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Traces.attributes(span)).containsEntry("error.type", "request_rejected");
        // A nanosecond may have the number too.
        assertThat(span.toString()).doesNotContain("question 4711");
        assertThat(traces.meters.getMetersAsString()).doesNotContain("4711");
    }

    @Test
    void should_show_the_words_redacted_where_content_is_shown() {
        refused(observations()
                .content(true)
                .redaction(text -> text.replace("4711", "<pin>"))
                .build());

        assertThat(told)
                .allSatisfy(error -> assertThat(written(error))
                        .contains("cannot do: my secret question <pin>")
                        .doesNotContain("4711"));
    }

    @Test
    void should_show_no_word_where_the_redaction_fails() {
        UnaryOperator<String> broken = text -> {
            throw new AssertionError("broken");
        };

        refused(observations().content(true).redaction(broken).build());

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(
                        error -> assertThat(written(error)).contains(": ***").doesNotContain("4711"));
    }

    @Test
    void should_hide_the_words_of_a_step_as_well() {
        deepSeek.respond(Answer.error(400, ECHO), Answer.error(400, ECHO));
        var observations = observations().build();
        try (DeepSeekChatModel part = model(observations)) {
            FailoverChatModel failover = FailoverChatModel.builder()
                    .part(part)
                    .part(part)
                    .listeners(observations.listener())
                    .build();

            catchThrowable(() -> failover.chat("my secret question 4711"));
        }

        assertThat(traces.names()).anyMatch(name -> name.startsWith("step "));
        assertThat(traces.spans().toString()).doesNotContain("4711");
        assertThat(told).isNotEmpty().noneMatch(error -> written(error).contains("4711"));
    }

    private static ChatModelRequestContext begun(DeepSeekObservations observations) {
        ChatModelRequestContext call = new ChatModelRequestContext(
                ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .modelName("deepseek-flash")
                        .build(),
                ModelProvider.OTHER,
                new HashMap<>());
        observations.listener().onRequest(call);
        return call;
    }

    private void failed(Throwable error) {
        DeepSeekObservations observations = observations().build();
        ChatModelRequestContext call = begun(observations);
        observations
                .listener()
                .onError(new ChatModelErrorContext(error, call.chatRequest(), call.modelProvider(), call.attributes()));
    }

    @Test
    void should_hide_the_words_of_causes_and_of_another_vendors_errors() {
        failed(new IllegalStateException("said 4711", new IllegalArgumentException("said 4711 too")));

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(error -> assertThat(written(error))
                        .startsWith("java.lang.IllegalStateException")
                        .contains("Caused by: java.lang.IllegalArgumentException")
                        .doesNotContain("4711"));
    }

    @Test
    void should_end_a_call_whose_error_cant_be_asked() {
        failed(new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new StackOverflowError();
            }
        });

        assertThat(told).isNotEmpty();
        assertThat(traces.span("chat deepseek-flash").getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void should_give_a_handler_of_ones_own_the_error_itself() {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        traces.observations.observationConfig().observationHandler(new ObservationHandler<ChatObservationContext>() {
            @Override
            public void onStop(ChatObservationContext context) {
                failures.add(context.failure());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof ChatObservationContext;
            }
        });

        Throwable thrown = refused(observations().build());

        assertThat(failures).containsExactly(thrown);
    }

    @Test
    void should_bound_what_a_server_calls_things() {
        // Given
        String endless = "x".repeat(100_000);
        DeepSeekObservations observations = observations().build();
        ChatModelRequestContext call = begun(observations);

        // When
        observations
                .listener()
                .onResponse(new ChatModelResponseContext(
                        ChatResponse.builder()
                                .aiMessage(AiMessage.from("Hello"))
                                .metadata(DeepSeekChatResponseMetadata.builder()
                                        .id(endless)
                                        .modelName("m\u0000\n\u202e\ud800")
                                        .requestId("y".repeat(119) + "\ud83d\ude00" + endless)
                                        .systemFingerprint("fp\r\n1")
                                        .build())
                                .build(),
                        call.chatRequest(),
                        call.modelProvider(),
                        call.attributes()));

        // Then
        Map<String, Object> attributes = Traces.attributes(traces.span("chat deepseek-flash"));
        assertThat(attributes)
                .containsEntry("gen_ai.response.id", "x".repeat(120) + "…")
                .containsEntry("gen_ai.response.model", "m????")
                .containsEntry("deepthink4j.request.id", "y".repeat(119) + "…")
                .containsEntry("deepthink4j.response.system_fingerprint", "fp??1");
        assertThat(traces.meters
                        .get("gen_ai.client.operation.duration")
                        .timer()
                        .getId()
                        .getTag("gen_ai.response.model"))
                .isEqualTo("m????");
    }

    @Test
    void should_keep_a_hundred_models_that_a_server_makes_up_apart() {
        DeepSeekObservations observations = observations().build();
        for (int i = 0; i < 150; i++) {
            ChatModelRequestContext call = begun(observations);
            observations
                    .listener()
                    .onResponse(new ChatModelResponseContext(
                            ChatResponse.builder()
                                    .aiMessage(AiMessage.from("Hello"))
                                    .modelName("model-" + i)
                                    .build(),
                            call.chatRequest(),
                            call.modelProvider(),
                            call.attributes()));
        }

        assertThat(traces.meters.get("gen_ai.client.operation.duration").timers())
                .extracting(timer -> timer.getId().getTag("gen_ai.response.model"))
                .hasSize(101)
                .contains("other");
    }
}
