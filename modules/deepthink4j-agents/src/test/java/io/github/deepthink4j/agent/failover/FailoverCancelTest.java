package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Heard;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancel stops the attempt that runs, and no other begins. */
@Timeout(60)
class FailoverCancelTest {

    private static final UserMessage HI = UserMessage.from("Hi");
    private static final Answer BUSY = Answer.error(503, "busy");

    private final DeepSeekSimulator first =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> BUSY);
    private final DeepSeekSimulator second =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("second"));
    private final DeepSeekSimulator third =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("third"));

    @AfterEach
    void close() {
        first.close();
        second.close();
        third.close();
    }

    private static ChatModel model(DeepSeekSimulator simulator) {
        return Duo.at(simulator, "deepseek-flash", DeepSeekChatModel.builder()).build();
    }

    private static StreamingChatModel stream(DeepSeekSimulator simulator) {
        return Duo.at(simulator, "deepseek-flash", DeepSeekStreamingChatModel.builder())
                .build();
    }

    @Test
    void should_stop_the_part_that_speaks_when_cancelled_and_hold_nothing_against_it() throws InterruptedException {
        second.brain(request -> Answer.text("a long answer in many pieces").pause(Duration.ofMillis(50)));
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(stream(first))
                .part(stream(second))
                .build();
        Heard heard = new Heard().onPiece(StreamingHandle::cancel);

        model.chat(Duo.request(HI), heard);

        while (second.requests().isEmpty() || !second.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
        assertThat(heard.events).hasSize(1);
    }

    @Test
    void should_stop_an_attempt_before_its_first_piece() throws InterruptedException {
        first.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        List<String> seen = new CopyOnWriteArrayList<>();
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(stream(first))
                .part(stream(second))
                .listeners(new ChatModelListener() {
                    @Override
                    public void onRequest(ChatModelRequestContext context) {
                        seen.add("request");
                    }
                })
                .build();

        StreamingHandle handle = model.start(Duo.request(HI), new Heard());
        while (first.requests().isEmpty()) {
            Thread.sleep(5);
        }
        handle.cancel();

        while (!first.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
        assertThat(second.requests()).isEmpty();
        assertThat(seen).containsExactly("request");
    }
}
