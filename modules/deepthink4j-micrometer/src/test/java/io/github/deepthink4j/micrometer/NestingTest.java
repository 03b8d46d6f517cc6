package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which span stands in which, on whatever thread things happen. */
class NestingTest {

    private static final String CALL = "chat deepseek-flash";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();
    private final CallListener listener = DeepSeekObservations.listener(traces.observations, traces.meters);

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    private DeepSeekChatModel model(String name) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName(name)
                .maxRetries(0)
                .listeners(listener)
                .build();
    }

    private DeepSeekStreamingChatModel streaming(String name) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName(name)
                .maxRetries(0)
                .listeners(listener)
                .build();
    }

    private static ChatRequest ask(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }

    private static ChatRequest withTool() {
        return ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .toolSpecifications(ToolSpecification.builder().name("clock").build())
                .build();
    }

    /** Whoever is told of the end is where the caller was. */
    private CompletableFuture<String> end(DeepSeekStreamingChatModel model) {
        return end(handler -> model.chat(ask("Hi"), handler));
    }

    private CompletableFuture<String> end(Consumer<StreamingChatResponseHandler> chat) {
        CompletableFuture<String> end = new CompletableFuture<>();
        chat.accept(new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                assertThat(currentName()).isEqualTo("turn");
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(currentName());
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        return end;
    }

    private String currentName() {
        Observation current = traces.observations.getCurrentObservation();
        return current == null ? "" : current.getContext().getName();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void should_put_a_blocking_call_into_the_span_of_its_caller() {
        deepSeek.respond(Answer.text("Hello"));

        traces.inTurn(() -> model("deepseek-flash").chat("Hi"));

        assertThat(traces.parent(traces.span(CALL))).isEqualTo("turn");
        assertThat(traces.observations.getCurrentObservationScope()).isNull();
    }

    @Test
    void should_put_an_asynchronous_call_into_the_span_of_its_caller_and_what_hangs_on_it_back_into_that() {
        deepSeek.respond(Answer.text("Hello").delay(Duration.ofMillis(50)));
        DeepSeekChatModel model = model("deepseek-flash");

        CompletableFuture<String> after =
                traces.inTurn(() -> model.chatAsync(ask("Hi")).thenApply(response -> currentName()));

        assertThat(await(after)).isEqualTo("turn");
        assertThat(traces.parent(traces.span(CALL))).isEqualTo("turn");
    }

    @Test
    void should_put_a_stream_into_the_span_of_its_caller_and_its_callbacks_back_into_that() {
        deepSeek.respond(Answer.thinking("Well.").thenText("Hello"));

        CompletableFuture<String> end = traces.inTurn(() -> end(streaming("deepseek-flash")));

        assertThat(await(end)).isEqualTo("turn");
        assertThat(traces.parent(traces.span(CALL))).isEqualTo("turn");
    }

    @Test
    void should_put_a_second_call_from_a_callback_beside_the_first() {
        deepSeek.respond(Answer.text("One"), Answer.text("Two"));
        DeepSeekStreamingChatModel model = streaming("deepseek-flash");

        CompletableFuture<String> end = traces.inTurn(() -> {
            CompletableFuture<String> second = new CompletableFuture<>();
            model.chat(ask("1"), new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    end(model).thenAccept(second::complete);
                }

                @Override
                public void onError(Throwable error) {
                    second.completeExceptionally(error);
                }
            });
            return second;
        });

        assertThat(await(end)).isEqualTo("turn");
        assertThat(traces.spans())
                .filteredOn(span -> span.getName().equals(CALL))
                .hasSize(2)
                .allMatch(span -> traces.parent(span).equals("turn"));
    }

    @Test
    void should_find_the_span_in_the_context_of_a_flux() {
        deepSeek.respond(Answer.text("Hello"));
        ReactiveDeepSeekChatModel model = ReactiveDeepSeekChatModel.from(streaming("deepseek-flash"));
        Observation turn = Observation.start("turn", traces.observations);

        model.stream(ask("Hi"))
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, turn))
                .blockLast();
        turn.stop();

        assertThat(traces.parent(traces.span(CALL))).isEqualTo("turn");
    }

    @Test
    void should_put_each_step_into_the_whole_and_each_parts_call_into_its_step() {
        deepSeek.respond(Answer.text("A plan."), Answer.text("No tool."), Answer.text("Hello"));
        ToolRoutingChatModel routed = ToolRoutingChatModel.builder()
                .reasoner(model("deepseek-v4-pro"))
                .toolCaller(model("deepseek-flash"))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .listeners(listener)
                .build();

        traces.inTurn(() -> routed.chat(withTool()));

        assertSteps();
    }

    @Test
    void should_nest_the_steps_of_an_asynchronous_call_as_well() {
        deepSeek.respond(Answer.text("A plan."), Answer.text("No tool."), Answer.text("Hello"));
        ToolRoutingChatModel routed = ToolRoutingChatModel.builder()
                .reasoner(model("deepseek-v4-pro"))
                .toolCaller(model("deepseek-flash"))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .listeners(listener)
                .build();

        await(traces.inTurn(() -> routed.chatAsync(withTool())));

        assertSteps();
    }

    @Test
    void should_nest_the_steps_of_a_stream_as_well() {
        deepSeek.respond(Answer.text("A plan."), Answer.text("No tool."), Answer.text("Hello"));
        ToolRoutingStreamingChatModel routed = ToolRoutingStreamingChatModel.builder()
                .reasoner(streaming("deepseek-v4-pro"))
                .toolCaller(streaming("deepseek-flash"))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .listeners(listener)
                .build();

        assertThat(await(traces.inTurn(() -> end(handler -> routed.chat(withTool(), handler)))))
                .isEqualTo("turn");

        assertSteps();
    }

    private void assertSteps() {
        var steps = traces.spans().stream()
                .filter(span -> span.getName().startsWith("step "))
                .toList();
        assertThat(steps).isNotEmpty().allMatch(step -> traces.parent(step).equals("invoke_workflow"));
        assertThat(traces.spans())
                .filteredOn(span -> span.getName().startsWith("chat "))
                .isNotEmpty()
                .allMatch(call -> traces.parent(call).startsWith("step "));
        assertThat(traces.parent(traces.span("invoke_workflow"))).isEqualTo("turn");
    }

    @Test
    void should_show_each_attempt_of_a_failover_model() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("Hello"));
        FailoverChatModel failover = FailoverChatModel.builder()
                .namedPart("first", model("deepseek-flash"))
                .namedPart("second", model("deepseek-flash"))
                .listeners(listener)
                .build();

        traces.inTurn(() -> failover.chat("Hi"));

        assertThat(traces.names()).contains("step attempt first", "step attempt second");
        assertThat(Traces.attributes(traces.span("step attempt first")))
                .containsEntry("error.type", "server_overloaded")
                .containsEntry("deepthink4j.outcome", "failed")
                .containsEntry("deepthink4j.step.kind", "attempt")
                .containsEntry("deepthink4j.step.part", "first")
                .containsEntry("gen_ai.request.model", "deepseek-flash");
    }
}
