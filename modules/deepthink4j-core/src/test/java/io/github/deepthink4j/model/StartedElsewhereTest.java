package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Decorators that call the model on a thread of their own: the caller's handle stops what they begin, before its first piece. */
class StartedElsewhereTest extends EarlyHandleTrial {

    private static StreamingChatModel on(Executor executor, StreamingChatModel model) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                executor.execute(() -> model.chat(request, handler));
            }
        };
    }

    @Test
    void should_stop_what_has_begun_on_another_thread_and_has_said_nothing() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        DeepSeekStreamingChatModel own = model().build();
        StreamingHandle handle = CancellableStreamingChatModel.start(
                on(task -> new Thread(task).start(), own), saying("Hi"), new Heard());
        while (deepSeek.requests().isEmpty()) {
            Thread.sleep(1);
        }

        handle.cancel();

        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(1);
        }
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
    }

    @Test
    void should_not_send_what_would_begin_after_the_cancel() throws Exception {
        List<Runnable> later = new ArrayList<>();
        DeepSeekStreamingChatModel own = model().build();
        Heard heard = new Heard();
        StreamingHandle handle = CancellableStreamingChatModel.start(on(later::add, own), saying("Hi"), heard);

        handle.cancel();
        later.forEach(Runnable::run);
        deepSeek.respond(Answer.text("good"));
        // A good call afterwards: what had been sent would have come by then.
        Heard good = new Heard();
        own.chat(saying("good"), good);

        assertThat(good.text()).isEqualTo("good");
        assertThat(deepSeek.allRequests()).hasSize(1);
        assertThat(heard.response).isNotDone();
    }

    @Test
    void should_not_hold_on_to_a_cancelled_call_that_was_never_sent() {
        List<Runnable> later = new ArrayList<>();
        DeepSeekStreamingChatModel own = model().build();
        Heard heard = new Heard();
        CancellableStreamingChatModel.start(on(later::add, own), saying("Hi"), heard)
                .cancel();
        later.forEach(Runnable::run);

        own.close();

        assertThat(heard.response).isNotDone();
    }
}
