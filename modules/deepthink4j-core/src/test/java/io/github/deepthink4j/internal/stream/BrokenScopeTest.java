package io.github.deepthink4j.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scope whose context can't be set, such as thread-locals of users' that throw: the end is told without it. */
class BrokenScopeTest {

    private static final ChatResponse ANSWER =
            ChatResponse.builder().aiMessage(AiMessage.from("answer")).build();

    private final AssertionError thrown = new AssertionError("no context");
    private final List<Object> told = new ArrayList<>();
    private boolean broken;
    private boolean brokenAfterwards;
    private final GuardedHandler[] handler = new GuardedHandler[1];

    private void begin() {
        StreamScope scope = new StreamScope() {
            @Override
            protected void onStart(PausableStreamingHandle stream) {}

            @Override
            protected void call(Runnable task) {
                if (broken) {
                    throw thrown;
                }
                task.run();
                if (brokenAfterwards) {
                    throw thrown;
                }
            }
        };
        StreamingChatResponseHandler user = new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                told.add(response);
            }

            @Override
            public void onError(Throwable error) {
                told.add(error);
            }
        };
        StreamingHandle handle = new Relay(user, () -> {});
        scope.run(() -> handler[0] = new GuardedHandler(user, handle, SafeLog.of(BrokenScopeTest.class)));
    }

    @Test
    void should_tell_what_it_throws_instead_of_the_answer() {
        begin();
        broken = true;

        handler[0].complete(ANSWER);

        assertThat(told).containsExactly(thrown);
    }

    @Test
    void should_tell_the_failure_with_what_it_throws() {
        begin();
        broken = true;
        IllegalStateException failure = new IllegalStateException("cut");

        handler[0].error(failure);

        assertThat(told).containsExactly(failure);
        assertThat(failure).hasSuppressedException(thrown);
    }

    @Test
    void should_tell_nothing_twice() {
        begin();
        brokenAfterwards = true;

        handler[0].complete(ANSWER);

        assertThat(told).containsExactly(ANSWER);
    }
}
