package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stream has its own handle: where callbacks and listeners begin others, where something fails, and many at once. */
class NestedStreamTest extends EarlyHandleTrial {

    @Test
    void should_give_each_stream_its_own_handle_where_a_callback_begins_another_one_inline() throws Exception {
        deepSeek.brain(NestedStreamTest::outerStalls);
        for (boolean decorated : new boolean[] {false, true}) {
            DeepSeekStreamingChatModel own = model().executor(Runnable::run).build();
            StreamingChatModel tried = decorated ? plain(own) : own;
            Heard inner = new Heard();
            AtomicReference<StreamingHandle> innerHandle = new AtomicReference<>();
            Heard outer = new Heard() {
                @Override
                public void onPartialThinking(PartialThinking piece) {
                    if (innerHandle.get() == null) {
                        innerHandle.set(CancellableStreamingChatModel.start(own, saying("inner"), inner));
                    }
                }
            };

            StreamingHandle outerHandle = CancellableStreamingChatModel.start(tried, saying("outer"), outer);
            while (innerHandle.get() == null) {
                Thread.sleep(1);
            }
            outerHandle.cancel();

            assertThat(inner.text()).isEqualTo("inner");
            assertThat(innerHandle.get()).isNotSameAs(outerHandle);
            assertThat(innerHandle.get().isCancelled()).isFalse();
            assertThat(outer.response).isNotDone();
        }
    }

    /** A model whose callbacks all run within {@code chat}: the hardest case for a handle that goes by the thread. */
    @Test
    void should_not_take_what_a_callback_begins_for_what_the_caller_waits_for() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        DeepSeekStreamingChatModel own = model().build();
        Heard nested = new Heard();
        StreamingChatModel inline = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onPartialResponse("piece");
            }
        };

        StreamingHandle outer = CancellableStreamingChatModel.start(inline, saying("outer"), new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                own.chat(saying("nested"), nested);
            }
        });
        while (deepSeek.openConnections() == 0) {
            Thread.sleep(1);
        }
        outer.cancel();
        Thread.sleep(50);

        assertThat(deepSeek.openConnections()).isEqualTo(1);
    }

    @Test
    void should_give_its_own_handle_to_a_start_in_a_listener() throws Exception {
        deepSeek.brain(NestedStreamTest::outerStalls);
        AtomicReference<DeepSeekStreamingChatModel> self = new AtomicReference<>();
        AtomicReference<StreamingHandle> nestedHandle = new AtomicReference<>();
        Heard started = new Heard();
        Heard chatted = new Heard();
        AtomicBoolean nesting = new AtomicBoolean();
        ChatModelListener asking = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                if (!nesting.getAndSet(true)) {
                    nestedHandle.set(self.get().start(saying("started"), started));
                    self.get().chat(saying("chatted"), chatted);
                }
            }
        };
        self.set(model().listeners(asking).build());
        Heard outer = new Heard();

        StreamingHandle handle = self.get().start(saying("outer"), outer);
        assertThat(started.text()).isEqualTo("inner");
        assertThat(chatted.text()).isEqualTo("inner");
        handle.cancel();

        assertThat(nestedHandle.get().isCancelled()).isFalse();
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(1);
        }
        assertThat(outer.response).isNotDone();
    }

    private static Answer outerStalls(SimulatedRequest request) {
        return request.lastUserText().equals("outer")
                ? Answer.thinking("a b c d e f").thenText("never").pieces(1).fault(Fault.STALL_SILENT)
                : Answer.text("inner");
    }

    @Test
    void should_be_ready_for_the_next_start_after_one_that_failed_at_once() throws Exception {
        DeepSeekStreamingChatModel own = model().build();
        ChatRequest withoutMessage = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .modelName(" ")
                .build();

        for (StreamingChatModel each : List.of(own, plain(own), new Naming(own))) {
            assertThatThrownBy(() -> CancellableStreamingChatModel.start(each, withoutMessage, new Heard()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("modelName is missing");
            assertStopsBeforeTheFirstPiece(each);
        }
    }

    @Test
    void should_end_the_stream_and_tell_once_when_a_callback_fails_with_an_error() throws Exception {
        deepSeek.respond(Answer.text("a b c d e f").pieces(1));
        AssertionError broken = new AssertionError("broken");
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                throw broken;
            }
        };

        StreamingHandle handle = model().build().start(saying("Hi"), heard);

        assertThatThrownBy(heard::text).hasCause(broken);
        assertThat(handle.isCancelled()).isTrue();
        assertThat(heard.pieces).hasSize(1);
        assertThat(heard.errors).containsExactly(broken);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_tell_nothing_after_a_cancel_also_if_the_callback_throws_then(boolean anError) throws Exception {
        deepSeek.respond(
                Answer.thinking("a b c d e f").thenText("never").pieces(1).fault(Fault.STALL_SILENT));
        CountDownLatch thrown = new CountDownLatch(1);
        AtomicReference<StreamingHandle> handle = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Heard heard = new Heard() {
            @Override
            public void onPartialThinking(PartialThinking piece) {
                pieces.add(piece.text());
                await(started);
                handle.get().cancel();
                thrown.countDown();
                if (anError) {
                    throw new AssertionError("after the cancel");
                }
                throw new IllegalStateException("after the cancel");
            }
        };

        handle.set(model().build().start(saying("Hi"), heard));
        started.countDown();
        thrown.await();
        while (deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }

        assertThat(heard.pieces).hasSize(1);
        assertThat(heard.errors).isEmpty();
    }

    /** Each cancels its own stream and none of the others, whichever way it came by its handle. */
    @Test
    void should_keep_many_handles_apart() throws Exception {
        DeepSeekStreamingChatModel own = model().build();
        List<StreamingChatModel> ways = List.of(own, plain(own), new Naming(own), plain(new Naming(own)));
        deepSeek.brain(request -> Answer.text("answer"));
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> all = new ArrayList<>();

        for (int i = 0; i < 320; i++) {
            int number = i;
            all.add(callers.submit(() -> {
                Heard heard = new Heard();
                StreamingHandle handle =
                        CancellableStreamingChatModel.start(ways.get(number % 4), saying("q" + number), heard);
                if (number % 3 == 0) {
                    handle.cancel();
                    return handle.isCancelled();
                }
                return heard.text().equals("answer") && !handle.isCancelled();
            }));
        }

        for (Future<Boolean> each : all) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
        callers.shutdown();
    }
}
