package io.github.deepthink4j.newer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** AI services that return futures and publishers, as far as a registry without their 1.20 can show them. */
@Timeout(60)
class AiServiceCallsTest {

    private static final SystemMessage BRIEF = SystemMessage.from("Be brief.");
    private static final UserMessage QUESTION = UserMessage.from("Weather in Oslo and Rome?");
    private static final Answer TWO_CALLS = Answer.thinking("Two cities.")
            .andToolCall("weather", "{\"city\":\"Oslo\"}")
            .andToolCall("weather", "{\"city\":\"Rome\"}");
    private static final Answer SUNNY = Answer.thinking("Sunny, then.").thenText("Sunny in both.");
    private static final Answer LONG =
            Answer.thinking("x ".repeat(10_000)).thenText("late").pause(Duration.ofMillis(20));

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).strict().start();
    private final ChatMemory memory = ReasoningChatMemory.withMaxMessages(20);
    private final ExecutorService toolThreads = Executors.newCachedThreadPool();
    private final CyclicBarrier bothTools = new CyclicBarrier(2);

    private final AiServiceCalls service = new AiServiceCalls(
            memory,
            ToolSpecification.builder()
                    .name("weather")
                    .description("The weather of a city")
                    .build(),
            this::sunny,
            toolThreads);

    @AfterEach
    void close() {
        deepSeek.close();
        toolThreads.shutdownNow();
    }

    /** Waits for the other one: a tool that had to end first would never do so. */
    private String sunny(String arguments) {
        try {
            bothTools.await(20, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the tools do not run beside each other", e);
        }
        return "sunny";
    }

    private ChatModel model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
    }

    private StreamingChatModel streamingModel() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
    }

    private void assertWholeConversation() {
        assertThat(memory.messages())
                .extracting(message -> message.type())
                .containsExactly(
                        ChatMessageType.SYSTEM,
                        ChatMessageType.USER,
                        ChatMessageType.AI,
                        ChatMessageType.TOOL_EXECUTION_RESULT,
                        ChatMessageType.TOOL_EXECUTION_RESULT,
                        ChatMessageType.AI);
        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(deepSeek.lastRequest().body().path("messages").findValuesAsText("reasoning_content"))
                .as("the thought behind the calls goes back to the server")
                .containsExactly("Two cities.");
    }

    @Test
    void should_answer_with_a_future_over_two_rounds_of_tools() throws Exception {
        deepSeek.respond(TWO_CALLS, SUNNY);

        String answer = service.future(model(), BRIEF, QUESTION).get(30, SECONDS);

        assertThat(answer).isEqualTo("Sunny in both.");
        assertWholeConversation();
    }

    @Test
    void should_answer_with_a_publisher_over_two_rounds_of_tools() throws Exception {
        deepSeek.respond(TWO_CALLS, SUNNY);
        List<Class<?>> kinds = new ArrayList<>();

        String answer = service.publisher(streamingModel(), BRIEF, QUESTION, event -> {
                    if (kinds.isEmpty() || kinds.get(kinds.size() - 1) != event.getClass()) {
                        kinds.add(event.getClass());
                    }
                })
                .get(30, SECONDS);

        assertThat(answer).isEqualTo("Sunny in both.");
        assertThat(kinds)
                .as("LangChain4j's own types, runs of one kind as one")
                .startsWith(PartialThinking.class, PartialToolCall.class)
                .endsWith(PartialThinking.class, PartialResponse.class, CompleteResponse.class)
                .contains(CompleteToolCall.class);
        assertWholeConversation();
    }

    @Test
    void should_end_the_call_when_the_future_is_cancelled() {
        deepSeek.respond(LONG);
        CompletableFuture<String> answer = service.future(model(), BRIEF, QUESTION);
        var asked = deepSeek.awaitRequests(1, Duration.ofSeconds(20));

        answer.cancel(true);

        assertThat(asked.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
        assertThat(memory.messages())
                .extracting(message -> message.type())
                .containsExactly(ChatMessageType.SYSTEM, ChatMessageType.USER);
    }

    @Test
    void should_end_the_call_when_the_subscription_is_cancelled() throws Exception {
        deepSeek.respond(LONG);
        List<ChatModelStreamingEvent> events = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<String> answer = service.publisher(streamingModel(), BRIEF, QUESTION, event -> {
            events.add(event);
            first.complete(null);
        });
        first.get(20, SECONDS);

        answer.cancel(true);

        var asked = deepSeek.awaitRequests(1, Duration.ofSeconds(20));
        assertThat(asked.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(events).noneMatch(CompleteResponse.class::isInstance);
    }
}
