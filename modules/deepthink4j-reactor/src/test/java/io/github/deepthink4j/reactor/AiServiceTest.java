package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.reactor.ReasoningEvent.ToolCall;
import io.github.deepthink4j.reactor.ReasoningEvent.ToolCallPiece;
import io.github.deepthink4j.reactor.ReasoningEvent.ToolExecuted;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class AiServiceTest extends Simulated {

    private static final Answer TWO_CALLS = Answer.thinking("two cities")
            .andToolCall("weather", "{\"city\":\"Oslo\"}")
            .andToolCall("weather", "{\"city\":\"Rome\"}");

    /** An assistant that answers as events. */
    interface Assistant {

        Flux<ReasoningEvent> chat(String message);
    }

    /** What the tool does before it returns. */
    private volatile Consumer<String> inTool = city -> {};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ChatMemory memory = MessageWindowChatMemory.withMaxMessages(20);
    private final ExecutorService toolThreads = Executors.newCachedThreadPool();

    final class Tools {

        @Tool
        public String weather(String city) {
            asked.add(city);
            inTool.accept(city);
            return "sunny in " + city;
        }
    }

    @AfterEach
    void stopThreads() {
        toolThreads.shutdownNow();
    }

    private AiServices<Assistant> service() {
        return AiServices.builder(Assistant.class)
                .streamingChatModel(builder().build())
                .chatMemory(memory)
                .tools(new Tools());
    }

    /** One word for each event, runs of pieces as one. */
    private static List<String> brief(List<ReasoningEvent> events) {
        List<String> brief = new ArrayList<>();
        for (ReasoningEvent event : events) {
            String word;
            if (event instanceof Thinking) {
                word = "thinking";
            } else if (event instanceof ReasoningEvent.Answer) {
                word = "answer";
            } else if (event instanceof ToolCallPiece piece) {
                word = "piece " + piece.index();
            } else if (event instanceof ToolCall call) {
                word = "call " + call.index() + " " + call.call().arguments();
            } else if (event instanceof ToolExecuted tool) {
                word = (Boolean.TRUE.equals(tool.result().isError()) ? "failed " : "executed ")
                        + tool.result().text();
            } else {
                word = "completed";
            }
            if (brief.isEmpty() || !brief.get(brief.size() - 1).equals(word)) {
                brief.add(word);
            }
        }
        return brief;
    }

    private static final String[] TWO_ROUNDS = {
        "thinking",
        "piece 0",
        "piece 1",
        "call 0 {\"city\":\"Oslo\"}",
        "call 1 {\"city\":\"Rome\"}",
        "executed sunny in Oslo",
        "executed sunny in Rome",
        "thinking",
        "answer",
        "completed"
    };

    @Test
    void should_give_all_rounds_in_order_with_the_tools_between() {
        respond(TWO_CALLS, Answer.thinking("sunny then").thenText("Sunny in both."));

        Flux<ReasoningEvent> events = service().build().chat("Weather in Oslo and Rome?");
        assertThat(deepSeek.allRequests()).isEmpty();
        List<ReasoningEvent> all = events.collectList().block();

        assertThat(brief(all)).containsExactly(TWO_ROUNDS);
        assertThat(all)
                .last()
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.response().aiMessage().text())
                                .isEqualTo("Sunny in both."));
        assertThat(memory.messages()).hasSize(5);
    }

    @Test
    void should_give_concurrent_tools_after_the_answer_that_has_called_them() {
        respond(
                TWO_CALLS.pause(Duration.ofMillis(20)),
                Answer.thinking("sunny then").thenText("Sunny in both."));
        CountDownLatch romeIsDone = new CountDownLatch(1);
        inTool = city -> {
            if (city.equals("Rome")) {
                romeIsDone.countDown();
            } else {
                awaitLatch(romeIsDone);
            }
        };

        List<ReasoningEvent> all = service()
                .executeToolsConcurrently(toolThreads)
                .build()
                .chat("Weather in Oslo and Rome?")
                .collectList()
                .block();

        assertThat(brief(all)).hasSameElementsAs(List.of(TWO_ROUNDS));
        assertThat(brief(all).subList(0, 5))
                .containsExactlyElementsOf(List.of(TWO_ROUNDS).subList(0, 5));
        assertThat(brief(all).subList(7, 10))
                .containsExactlyElementsOf(List.of(TWO_ROUNDS).subList(7, 10));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_tell_the_error_of_a_tool_and_go_on() {
        respond(Answer.toolCall("weather", "{\"city\":\"Oslo\"}"), Answer.text("I can't say."));
        inTool = city -> {
            throw new IllegalStateException("no station in " + city);
        };

        List<ReasoningEvent> all =
                service().build().chat("Weather in Oslo?").collectList().block();

        assertThat(brief(all))
                .containsExactly(
                        "piece 0", "call 0 {\"city\":\"Oslo\"}", "failed no station in Oslo", "answer", "completed");
    }

    @Test
    void should_end_with_the_error_that_a_handler_makes_of_it() {
        respond(Answer.toolCall("weather", "{\"city\":\"Oslo\"}"));
        inTool = city -> {
            throw new IllegalStateException("no station in " + city);
        };

        Flux<ReasoningEvent> events = service()
                .toolExecutionErrorHandler((error, context) -> {
                    throw new UnsupportedOperationException("stop here", error);
                })
                .build()
                .chat("Weather in Oslo?");

        StepVerifier.create(events).thenConsumeWhile(event -> true).verifyErrorMessage("stop here");
    }

    @Test
    void should_end_with_the_error_of_a_later_round() {
        respond(
                Answer.toolCall("weather", "{\"city\":\"Oslo\"}"),
                Answer.thinking("ab").pieces(1).fault(Fault.CUT_IN_THOUGHT));

        StepVerifier.create(service().build().chat("Weather in Oslo?"))
                .thenConsumeWhile(event -> true)
                .verifyError(StreamCutException.class);
    }

    @Test
    void should_send_and_begin_nothing_more_after_a_cancel_during_a_tool() {
        respond(TWO_CALLS);
        CountDownLatch goOn = new CountDownLatch(1);
        inTool = city -> awaitLatch(goOn);
        Disposable subscriber =
                service().build().chat("Weather in Oslo and Rome?").subscribe();
        await("the tool runs", () -> asked.size() == 1);

        subscriber.dispose();
        goOn.countDown();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        assertThat(memory.messages()).hasSize(2);
        assertThat(asked).containsExactly("Oslo");
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_send_nothing_more_after_a_cancel_during_concurrent_tools() {
        respond(TWO_CALLS);
        CountDownLatch goOn = new CountDownLatch(1);
        inTool = city -> awaitLatch(goOn);
        Disposable subscriber = service()
                .executeToolsConcurrently(toolThreads)
                .build()
                .chat("Weather in Oslo and Rome?")
                .subscribe();
        await("the tools run", () -> asked.size() == 2);
        // They begin before the answer has ended: cancelled by then, its calls would never come into the memory.
        await("the answer is whole", () -> memory.messages().size() == 2);

        subscriber.dispose();
        goOn.countDown();

        await("the results are in the memory", () -> memory.messages().size() == 4);
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_close_the_connection_of_a_later_round_before_its_first_byte() {
        deepSeek.respond(
                closing(Answer.toolCall("weather", "{\"city\":\"Oslo\"}")),
                Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Disposable subscriber = service().build().chat("Weather in Oslo?").subscribe();
        await("the second request has come", () -> deepSeek.requests().size() == 2);

        subscriber.dispose();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
    }

    @Test
    void should_say_that_it_can_be_subscribed_to_once() {
        respond(Answer.text("done"), Answer.text("again"));
        Assistant assistant = service().build();
        Flux<ReasoningEvent> events = assistant.chat("Hi");
        events.blockLast();

        StepVerifier.create(events)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Flux.defer(() -> assistant.chat(message))"));
        assertThat(Flux.defer(() -> assistant.chat("Hi"))
                        .transform(Reasoning::answerText)
                        .last()
                        .block())
                .isEqualTo("again");
    }
}
