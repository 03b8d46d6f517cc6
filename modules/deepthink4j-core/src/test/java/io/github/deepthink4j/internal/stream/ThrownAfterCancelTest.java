package io.github.deepthink4j.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** A callback that throws after its own cancel, as code does that finds itself stopped: no news for a log that people read. */
class ThrownAfterCancelTest {

    private final List<String> levels = new ArrayList<>();
    private final List<Throwable> told = new ArrayList<>();
    private final SafeLog log = SafeLog.of((Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                levels.add(method.getName());
                return null;
            }));

    private static final class Handle implements StreamingHandle {

        private boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private final Handle handle = new Handle();

    private GuardedHandler throwing(RuntimeException thrown, boolean cancelling) {
        return new GuardedHandler(
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        leave();
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        leave();
                    }

                    private void leave() {
                        if (cancelling) {
                            handle.cancel();
                        }
                        throw thrown;
                    }

                    @Override
                    public void onError(Throwable error) {
                        told.add(error);
                    }
                },
                handle,
                log);
    }

    private static void call(GuardedHandler handler, boolean last) {
        if (last) {
            handler.complete(
                    ChatResponse.builder().aiMessage(AiMessage.from("Hi")).build());
        } else {
            handler.text(new PartialResponse("Hi"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_not_warn_of_a_cancellation_that_follows_a_cancel(boolean last) {
        call(throwing(new CancellationException("stopped by the person"), true), last);

        assertThat(told).isEmpty();
        assertThat(levels).containsExactly("debug");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_warn_of_anything_else_that_follows_a_cancel(boolean last) {
        call(throwing(new IllegalStateException("a mistake"), true), last);

        assertThat(told).isEmpty();
        assertThat(levels).containsExactly("warn");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_tell_a_cancellation_without_a_cancel_as_any_error(boolean last) {
        CancellationException thrown = new CancellationException("something else was cancelled");

        call(throwing(thrown, false), last);

        assertThat(told).containsExactly(thrown);
        assertThat(levels).isEmpty();
    }
}
