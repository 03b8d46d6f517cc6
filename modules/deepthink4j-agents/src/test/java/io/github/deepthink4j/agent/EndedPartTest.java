package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts that go on after their end, as other vendors' do: the first end counts, and what comes after it is not heard. */
@Timeout(30)
class EndedPartTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");

    /** Says what a script tells it to, on the caller's thread: a word as a piece, {@code !} an error, {@code .} an answer. */
    private static final class Scripted implements StreamingChatModel, StreamingHandle {

        private final List<String> script;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean cancelled;
        private StreamingChatResponseHandler handler;

        Scripted(String script) {
            this.script = Arrays.asList(script.split(" "));
        }

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            this.handler = handler;
            asked.incrementAndGet();
            script.forEach(this::say);
        }

        void say(String word) {
            switch (word) {
                case "!" -> handler.onError(new RateLimitException("slow down"));
                case "?" -> handler.onError(null);
                case "-" -> handler.onCompleteResponse(null);
                case "throw" -> throw new RateLimitException("thrown");
                case "die" -> throw new NoClassDefFoundError("of a vendor");
                default -> {
                    if (word.endsWith(".")) {
                        handler.onCompleteResponse(ChatResponse.builder()
                                .aiMessage(AiMessage.from(word))
                                .build());
                    } else {
                        handler.onPartialResponse(new PartialResponse(word), new PartialResponseContext(this));
                    }
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private static final class Ends implements StepListener {

        private final List<String> told = new ArrayList<>();

        @Override
        public void onStart(StepKind kind, String part, String modelName) {
            told.add("start " + part);
        }

        @Override
        public void onEnd(Step step, ChatResponse response) {
            told.add((step.failed() ? "failed " : "end ") + step.part());
        }
    }

    @ParameterizedTest(name = "{0} heard as {1}, the other asked {2} times")
    @CsvSource({
        "! own.,             text other|complete, 1",
        "! !,                text other|complete, 1",
        "! own own.,         text other|complete, 1",
        "! throw,            text other|complete, 1",
        "! own throw,        text other|complete, 1",
        "?,                  text other|complete, 1",
        "-,                  text other|complete, 1",
        "- own.,             text other|complete, 1",
        "throw,              text other|complete, 1",
        "own0 ! own1 own.,   text own0|error slow down, 0",
        "own0 ! own. own.,   text own0|error slow down, 0",
        "own0 ! !,           text own0|error slow down, 0",
        "own0 throw,         text own0|error thrown, 0",
        "own0 die,           text own0|error of a vendor, 0",
        "own0 own0. !,       text own0|complete, 0",
        "own0 own0. own1,    text own0|complete, 0",
        "own0 own0. own1.,   text own0|complete, 0",
        "own0 own0. throw,   text own0|complete, 0",
        "own0 own0. die,     text own0|complete, 0",
    })
    void should_fail_over_once_at_most_and_only_by_the_first_end(String script, String heardAs, int otherAsked) {
        Scripted own = new Scripted(script);
        Scripted other = new Scripted("other other.");
        Ends ends = new Ends();
        Heard heard = new Heard();
        StreamingChatModel model = FailoverStreamingChatModel.builder()
                .namedPart("own", own)
                .namedPart("other", other)
                .stepListener(ends)
                .build();

        model.chat(Duo.request(QUESTION), heard);

        assertThat(String.join("|", heard.events).replace("complete ", "complete"))
                .isEqualTo(heardAs);
        assertThat(other.asked).hasValue(otherAsked);
        assertThat(ends.told).hasSize(otherAsked == 0 ? 2 : 4).doesNotHaveDuplicates();
    }

    @Test
    void should_not_hear_a_part_that_speaks_up_while_the_next_one_answers() {
        Scripted own = new Scripted("!");
        Scripted other = new Scripted("Half");
        Heard heard = new Heard();
        StreamingChatModel model =
                FailoverStreamingChatModel.builder().part(own).part(other).build();

        model.chat(Duo.request(QUESTION), heard);
        own.say("own");
        own.say("own.");
        own.say("!");
        other.say("whole");
        other.say("whole.");

        assertThat(heard.events).containsExactly("text Half", "text whole", "complete ");
        assertThat(other.asked).hasValue(1);
        assertThat(other.cancelled).isFalse();
    }

    @Test
    void should_stop_a_part_that_has_failed_and_goes_on() {
        Scripted own = new Scripted("own !");

        FailoverStreamingChatModel.builder().part(own).build().chat(Duo.request(QUESTION), new Heard());

        assertThat(own.cancelled).isTrue();
    }

    @ParameterizedTest(name = "{0} heard as {1}, the reasoner asked {2} times")
    @CsvSource({
        "! done.,            error slow down, 1",
        "done. done.,        text Fine|complete, 2",
        "done. !,            text Fine|complete, 2",
        "done. throw,        text Fine|complete, 2",
        "done. done done.,   text Fine|complete, 2",
        "-,                  error The model has ended its stream without a response., 1",
    })
    void should_begin_each_step_of_a_turn_once(String script, String heardAs, int reasonerAsked) {
        Scripted reasoner = new Scripted("Fine Fine.");
        Ends ends = new Ends();
        Heard heard = new Heard();
        StreamingChatModel model = ToolRoutingStreamingChatModel.builder()
                .reasoner(reasoner)
                .toolCaller(new Scripted(script))
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .stepListener(ends)
                .build();

        model.chat(Duo.requestWithTool(QUESTION), heard);

        List<String> afterThePlan = heard.events.subList(1, heard.events.size());
        assertThat(String.join("|", afterThePlan).replace("complete ", "complete"))
                .isEqualTo(heardAs);
        assertThat(reasoner.asked).hasValue(reasonerAsked);
        assertThat(ends.told).hasSize(2 + 2 * reasonerAsked);
    }
}
