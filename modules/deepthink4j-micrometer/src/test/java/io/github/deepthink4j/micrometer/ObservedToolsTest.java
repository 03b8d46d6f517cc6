package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.StatusCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions of tools as spans. */
class ObservedToolsTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();
    private final DeepSeekObservations observations = DeepSeekObservations.builder()
            .observations(traces.observations)
            .meters(traces.meters)
            .build();
    private final ObservedTools tools = ObservedTools.by(observations);

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    private DeepSeekChatModel model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .listeners(observations.listener())
                .build();
    }

    interface Assistant {
        Result<String> chat(String message);
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    /** Asks another model, and fails where it is asked to. */
    final class Weather {
        @Tool
        String weather(@P("city") String city) {
            if (city.equals("Atlantis")) {
                throw new IllegalStateException("no such city: Atlantis 4711");
            }
            return model().chat("Weather in " + city + "?");
        }
    }

    @Test
    void should_put_a_tool_beside_the_calls_around_it_and_what_it_asks_into_it() {
        deepSeek.respond(
                Answer.toolCall("weather", "{\"city\": \"Oslo\"}"), Answer.text("sunny"), Answer.text("It is sunny."));

        traces.inTurn(() -> AiServices.builder(Assistant.class)
                .chatModel(model())
                .tools(tools.of(new Weather()))
                .build()
                .chat("Weather in Oslo?"));

        var tool = traces.span("execute_tool weather");
        assertThat(traces.parent(tool)).isEqualTo("turn");
        assertThat(traces.spans().stream().map(traces::parent).toList()).contains("execute_tool weather");
        assertThat(Traces.attributes(tool))
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "weather")
                .containsEntry("deepthink4j.outcome", "answered")
                .containsKey("gen_ai.tool.call.id")
                .doesNotContainKey("error.type");
        assertThat(tool.toString()).doesNotContain("Oslo");
        assertThat(traces.observations.getCurrentObservationScope()).isNull();
        assertThat(traces.meters
                        .get("deepthink4j.tool")
                        .tag("gen_ai.tool.name", "weather")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void should_show_a_tool_that_throws_without_its_words() {
        deepSeek.respond(Answer.toolCall("weather", "{\"city\": \"Atlantis\"}"), Answer.text("No such city."));

        Result<String> result = traces.inTurn(() -> AiServices.builder(Assistant.class)
                .chatModel(model())
                .tools(tools.of(new Weather()))
                .build()
                .chat("Weather in Atlantis?"));

        assertThat(result.toolExecutions().get(0).hasFailed()).isTrue();
        assertThat(result.toolExecutions().get(0).result()).isEqualTo("no such city: Atlantis 4711");
        var tool = traces.span("execute_tool weather");
        assertThat(tool.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Traces.attributes(tool))
                .containsEntry("deepthink4j.outcome", "failed")
                .containsKey("error.type");
        assertThat(tool.toString()).doesNotContain("4711");
    }

    @Test
    void should_show_the_tools_of_a_stream() {
        deepSeek.respond(
                Answer.toolCall("weather", "{\"city\": \"Oslo\"}"), Answer.text("sunny"), Answer.text("It is sunny."));
        CompletableFuture<Object> end = new CompletableFuture<>();
        DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .listeners(observations.listener())
                .build();

        traces.inTurn(() -> {
            AiServices.builder(StreamingAssistant.class)
                    .streamingChatModel(streaming)
                    .tools(tools.of(new Weather()))
                    .build()
                    .chat("Weather in Oslo?")
                    .onPartialResponse(piece -> {})
                    .onCompleteResponse(end::complete)
                    .onError(end::completeExceptionally)
                    .start();
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        });

        assertThat(traces.parent(traces.span("execute_tool weather"))).isEqualTo("turn");
    }

    private static final ToolExecutionRequest CLOCK = ToolExecutionRequest.builder()
            .id("call-1")
            .name("clock")
            .arguments("{}")
            .build();

    @Test
    void should_keep_what_a_provider_says_of_its_tools() {
        ToolProviderResult result = ToolProviderResult.builder()
                .add(AiServiceTool.builder()
                        .toolSpecification(
                                ToolSpecification.builder().name("clock").build())
                        .toolExecutor((request, memoryId) -> "noon")
                        .returnBehavior(ReturnBehavior.IMMEDIATE)
                        .build())
                .build();
        ToolProvider dynamic = new ToolProvider() {
            @Override
            public ToolProviderResult provideTools(ToolProviderRequest request) {
                return request == null ? null : result;
            }

            @Override
            public boolean isDynamic() {
                return true;
            }
        };
        ToolProvider observed = tools.provider(dynamic);
        var request = ToolProviderRequest.builder()
                .invocationContext(InvocationContext.builder().build())
                .userMessage(UserMessage.from("Hi"))
                .build();

        AiServiceTool tool = observed.provideTools(request).aiServiceTools().get(0);

        assertThat(observed.isDynamic()).isTrue();
        assertThat(observed.provideTools(null)).isNull();
        assertThat(tool.returnBehavior()).isEqualTo(ReturnBehavior.IMMEDIATE);
        assertThat(tool.toolExecutor().execute(CLOCK, "default")).isEqualTo("noon");
        assertThat(traces.names()).containsExactly("execute_tool clock");
    }

    @Test
    void should_pass_on_what_a_tool_gives_and_throws() {
        ToolExecutionResult broken =
                ToolExecutionResult.builder().isError(true).resultText("broken").build();
        ToolExecutor executor = tools.executor(new ToolExecutor() {
            @Override
            public String execute(ToolExecutionRequest request, Object memoryId) {
                throw sneaky(new IOException("gone"));
            }

            @Override
            public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
                return broken;
            }
        });

        assertThat(executor.executeWithContext(CLOCK, null)).isSameAs(broken);
        assertThat(catchThrowable(() -> executor.execute(CLOCK, "default"))).isInstanceOf(IOException.class);
        assertThat(tools.executor((request, memoryId) -> null).execute(CLOCK, "default"))
                .isNull();
        assertThat(traces.spans().stream().map(span -> Traces.attributes(span).get("error.type")))
                .containsExactly("tool_error", "java.io.IOException", null);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
        throw (E) error;
    }

    @Test
    void should_run_a_tool_whatever_is_set_on_the_registry() {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationPredicate((name, context) -> {
            throw new AssertionError("broken");
        });

        ToolExecutor executor = ObservedTools.by(
                        DeepSeekObservations.builder().observations(broken).build())
                .executor((request, memoryId) -> "noon");

        assertThat(executor.execute(CLOCK, "default")).isEqualTo("noon");
        assertThat(broken.getCurrentObservationScope()).isNull();
    }
}
