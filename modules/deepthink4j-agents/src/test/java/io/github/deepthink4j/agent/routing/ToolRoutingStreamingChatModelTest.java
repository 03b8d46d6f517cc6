package io.github.deepthink4j.agent.routing;

import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Heard;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pieces come from whichever part speaks, and a cancel stops that part. */
@Timeout(30)
class ToolRoutingStreamingChatModelTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");
    private static final Answer PLAN = Answer.thinking("A tool knows.").thenText("1. Call getWeather for Munich.");
    private static final Answer CALL = Answer.text("Let me see.").andToolCall("getWeather", "{\"city\":\"Munich\"}");
    private static final Answer DONE = Answer.text("done");
    private static final Answer ANSWER = Answer.thinking("Sunny it is.").thenText("It is sunny in Munich.");
    private static final Duration SLOWLY = Duration.ofMillis(50);

    private final Duo duo = new Duo();
    private final ToolRoutingStreamingChatModel routed = duo.streaming().build();
    private final ToolRoutingStreamingChatModel planned =
            duo.streaming().strategy(ToolStrategy.PLAN_CALL_ANSWER).build();

    @AfterEach
    void close() {
        duo.close();
    }

    private static ChatMessage[] afterTheCall() {
        AiMessage call = new Provenance("tool caller", "deepseek-chat", "1. Call getWeather for Munich.")
                .on(AiMessage.from(Duo.weatherCall("1")));
        return new ChatMessage[] {QUESTION, call, ToolExecutionResultMessage.from(Duo.weatherCall("1"), "sunny")};
    }

    @Test
    void should_pass_on_what_the_tool_caller_says() {
        duo.chat.respond(CALL);
        Heard heard = new Heard();

        routed.chat(requestWithTool(QUESTION), heard);

        AiMessage message = heard.response().aiMessage();
        assertThat(heard.order()).containsExactly("text", "piece", "call", "complete");
        assertThat(heard.text()).isEqualTo("Let me see.").isEqualTo(message.text());
        assertThat(Provenance.of(message)).contains(new Provenance("tool caller", "deepseek-chat", null));
    }

    @Test
    void should_stream_a_plan_as_a_thought_before_the_calls() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL);
        Heard heard = new Heard();

        planned.chat(requestWithTool(QUESTION), heard);

        ChatResponse response = heard.response();
        assertThat(heard.order()).containsExactly("thinking", "text", "piece", "call", "complete");
        assertThat(heard.thinking()).isEqualTo("A tool knows.\n\n1. Call getWeather for Munich.");
        assertThat(heard.text())
                .isEqualTo("Let me see.")
                .isEqualTo(response.aiMessage().text());
        assertThat(response.aiMessage().thinking()).isNull();
        assertThat(((CombinedChatResponseMetadata) response.metadata()).steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.PLAN, StepKind.CALL);
    }

    @Test
    void should_hold_back_what_the_tool_caller_says_instead_of_calling() {
        duo.r1.respond(ANSWER);
        duo.chat.respond(DONE);
        Heard heard = new Heard();

        planned.chat(requestWithTool(afterTheCall()), heard);

        AiMessage message = heard.response().aiMessage();
        assertThat(heard.order()).containsExactly("thinking", "text", "complete");
        assertThat(heard.text()).isEqualTo("It is sunny in Munich.").isEqualTo(message.text());
        assertThat(heard.thinking()).isEqualTo("Sunny it is.").isEqualTo(message.thinking());
    }

    @Test
    void should_cancel_while_the_plan_is_thought_out() {
        duo.r1.respond(PLAN.pause(SLOWLY));
        Heard heard = new Heard().onPiece(StreamingHandle::cancel);

        planned.chat(requestWithTool(QUESTION), heard);

        awaitStop(duo.r1, 0);
        assertThat(heard.events).hasSize(1);
        assertThat(duo.chat.requests()).isEmpty();
    }

    @Test
    void should_cancel_before_the_plan_has_begun() {
        duo.r1.respond(PLAN.fault(Fault.STALL_BEFORE_HEADERS));
        Heard heard = new Heard();

        StreamingHandle handle = planned.start(requestWithTool(QUESTION), heard);
        await(() -> duo.r1.requests().size() == 1);
        handle.cancel();

        awaitStop(duo.r1, 0);
        assertThat(heard.events).isEmpty();
        assertThat(handle.isCancelled()).isTrue();
    }

    @Test
    void should_cancel_while_a_call_is_made_before_its_first_piece() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL.fault(Fault.STALL_BEFORE_HEADERS));
        Heard heard = new Heard();

        StreamingHandle handle = planned.start(requestWithTool(QUESTION), heard);
        await(() -> duo.chat.requests().size() == 1);
        handle.cancel();

        awaitStop(duo.chat, 0);
        assertThat(heard.order()).containsExactly("thinking");
    }

    @Test
    void should_cancel_within_a_call() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL.pause(SLOWLY));
        AtomicInteger pieces = new AtomicInteger();
        Heard heard = new Heard();
        heard.onPiece(handle -> {
            if (heard.events.get(heard.events.size() - 1).startsWith("piece") && pieces.incrementAndGet() == 1) {
                handle.cancel();
            }
        });

        planned.chat(requestWithTool(QUESTION), heard);

        awaitStop(duo.chat, 0);
        assertThat(heard.order()).containsExactly("thinking", "text", "piece");
    }

    @Test
    void should_cancel_while_the_answer_is_written() {
        duo.r1.respond(ANSWER.pause(SLOWLY));
        duo.chat.respond(DONE);
        Heard heard = new Heard().onPiece(StreamingHandle::cancel);

        planned.chat(requestWithTool(afterTheCall()), heard);

        awaitStop(duo.r1, 0);
        assertThat(heard.events).hasSize(1);
    }

    @Test
    void should_begin_no_further_part_after_a_cancel() {
        duo.r1.respond(PLAN);
        Heard heard = new Heard();
        heard.onPiece(handle -> {
            if (heard.thinking().endsWith("Munich.")) {
                handle.cancel();
            }
        });

        planned.chat(requestWithTool(QUESTION), heard);

        await(() -> heard.thinking().endsWith("Munich.") && duo.r1.runningAnswers() == 0);
        assertThat(duo.chat.requests()).isEmpty();
        assertThat(heard.order()).containsExactly("thinking");
    }

    @Test
    void should_fail_once_and_as_the_part_fails_in_any_phase() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL.fault(Fault.CUT_IN_ANSWER));
        Heard heard = new Heard();

        planned.chat(requestWithTool(QUESTION), heard);

        assertThatThrownBy(heard::response).hasCauseInstanceOf(StreamCutException.class);
        assertThat(heard.errors).hasSize(1);
    }

    @Test
    void should_go_on_when_a_callback_throws() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL);
        AtomicInteger thrown = new AtomicInteger();
        Heard heard = new Heard().onPiece(handle -> {
            if (thrown.getAndIncrement() == 0) {
                throw new IllegalStateException("from a callback");
            }
        });

        planned.chat(requestWithTool(QUESTION), heard);

        await(() -> heard.events.contains("complete "));
        assertThat(heard.errors).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(heard.thinking()).isEqualTo("A tool knows.\n\n1. Call getWeather for Munich.");
    }

    @Test
    void should_refuse_on_the_callers_thread() {
        UserMessage picture = UserMessage.from(ImageContent.from("Y2F0", "image/png"));

        assertThatThrownBy(() -> planned.chat(requestWithTool(picture), new Heard()))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    private static void awaitStop(DeepSeekSimulator simulator, int request) {
        await(() -> simulator.requests().size() > request
                && simulator.requests().get(request).cancelled()
                && simulator.runningAnswers() == 0);
        List<SimulatedRequest> requests = simulator.requests();
        assertThat(requests).hasSize(request + 1);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 10 seconds");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
