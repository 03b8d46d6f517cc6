package io.github.deepthink4j.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several models behind one handle. All of it runs on the test's own thread. */
class RelayTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    private static final ChatResponse ANSWER =
            ChatResponse.builder().aiMessage(AiMessage.from("answer")).build();

    /** A stream that notes what it is told; its model announces it, and speaks when the test says so. */
    private static final class Speaking implements StreamingChatModel, PausableStreamingHandle {

        private final List<String> told = new ArrayList<>();
        private StreamingChatResponseHandler handler;
        private boolean cancelled;

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            this.handler = handler;
            StreamScope.begin(this, handler, () -> {});
        }

        void says(String text) {
            handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(this));
        }

        @Override
        public void pause() {
            told.add("pause");
        }

        @Override
        public void resume() {
            told.add("resume");
        }

        @Override
        public void cancel() {
            cancelled = true;
            told.add("cancel");
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private static class Noting implements StreamingChatResponseHandler {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void onPartialResponse(String piece) {
            heard.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            heard.add("complete");
        }

        @Override
        public void onError(Throwable error) {
            heard.add("error " + error.getMessage());
        }
    }

    private final Speaking first = new Speaking();
    private final Speaking second = new Speaking();
    private final Noting user = new Noting();
    private final List<String> events = new ArrayList<>();
    private final Relay relay = new Relay(user, () -> events.add("cancelled"));

    @Test
    void should_hold_up_whichever_model_speaks_and_a_later_one_from_its_first_piece_on() {
        relay.run(first, HI, new Relay.Speaker(relay));
        relay.pause();
        relay.run(second, HI, new Relay.Speaker(relay));
        assertThat(second.told).isEmpty();

        second.says("piece");
        relay.resume();

        assertThat(first.told).containsExactly("pause");
        assertThat(second.told).containsExactly("pause", "resume");
    }

    @Test
    void should_cancel_the_one_that_speaks_and_begin_no_other() {
        relay.run(first, HI, new Relay.Speaker(relay));
        relay.run(second, HI, new Relay.Speaker(relay));

        relay.cancel();
        relay.cancel();
        Speaking third = new Speaking();
        relay.run(third, HI, new Relay.Speaker(relay));

        assertThat(first.told).isEmpty();
        assertThat(second.told).containsExactly("cancel");
        assertThat(third.handler).isNull();
        assertThat(events).containsExactly("cancelled");
    }

    @Test
    void should_end_once() {
        relay.run(first, HI, new Relay.Speaker(relay));

        first.handler.onCompleteResponse(ANSWER);
        first.handler.onError(new IllegalStateException("late"));
        first.handler.onCompleteResponse(ANSWER);
        first.says("late");
        relay.cancel();

        assertThat(user.heard).containsExactly("complete");
        assertThat(events).isEmpty();
        assertThat(first.told).isEmpty();
    }

    @Test
    void should_be_the_one_stream_that_a_scope_around_it_hears_of() {
        List<StreamingHandle> heardOf = new ArrayList<>();
        StreamScope around = new StreamScope() {
            @Override
            protected void onStart(PausableStreamingHandle stream) {
                heardOf.add(stream);
            }
        };
        List<StreamingHandle> started = new ArrayList<>();

        around.run(() -> started.add(Relay.start(first, HI, user)));

        assertThat(heardOf).isEqualTo(started).hasSize(1).doesNotContain(first);
        ((PausableStreamingHandle) heardOf.get(0)).pause();
        assertThat(first.told).containsExactly("pause");
    }

    @Test
    void should_run_the_last_callback_in_the_scope_of_the_beginning_and_pieces_in_none() {
        List<String> heardOf = new ArrayList<>();
        StreamScope around = new StreamScope() {
            @Override
            protected void onStart(PausableStreamingHandle stream) {
                heardOf.add("stream");
            }
        };
        Noting beginning = new Noting() {
            @Override
            public void onPartialResponse(String piece) {
                StreamScope.begin(second, new Noting(), () -> {});
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                StreamScope.begin(second, new Noting(), () -> {});
            }
        };

        around.run(() -> {
            Relay.start(first, HI, beginning);
            first.says("piece");
        });
        assertThat(heardOf).hasSize(1);
        first.handler.onCompleteResponse(ANSWER);

        assertThat(heardOf).hasSize(2);
    }

    @Test
    void should_stop_the_model_and_tell_once_when_a_callback_breaks_down() {
        Noting breaking = new Noting() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                throw new AssertionError("broken");
            }
        };
        Relay broken = new Relay(breaking, () -> events.add("cancelled"));
        broken.run(first, HI, new Relay.Speaker(broken));

        first.says("piece");
        first.says("piece");
        first.handler.onCompleteResponse(ANSWER);

        assertThat(breaking.heard).containsExactly("piece", "error broken");
        assertThat(first.told).containsExactly("cancel");
        assertThat(events).containsExactly("cancelled");
    }

    @Test
    void should_tell_an_error_of_the_last_callback_once_and_stop_nothing() {
        Noting breaking = new Noting() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                super.onCompleteResponse(response);
                throw new AssertionError("broken");
            }

            @Override
            public void onError(Throwable error) {
                super.onError(error);
                throw new StackOverflowError("again");
            }
        };
        Relay broken = new Relay(breaking, () -> events.add("cancelled"));
        broken.run(first, HI, new Relay.Speaker(broken));

        first.handler.onCompleteResponse(ANSWER);

        assertThat(breaking.heard).containsExactly("complete", "error broken");
        assertThat(events).isEmpty();
    }

    @Test
    void should_hear_the_first_end_of_a_model_and_nothing_after_it() {
        relay.run(first, HI, new Relay.Speaker(relay) {
            @Override
            protected void failed(Throwable error) {
                relay.run(second, HI, new Relay.Speaker(relay));
            }
        });

        first.handler.onError(new IllegalStateException("cut"));
        first.says("late");
        first.handler.onError(new IllegalStateException("cut again"));
        first.handler.onCompleteResponse(ANSWER);
        second.says("piece");
        second.handler.onCompleteResponse(ANSWER);

        assertThat(user.heard).containsExactly("piece", "complete");
        assertThat(first.told).containsExactly("cancel");
        assertThat(second.told).isEmpty();
    }

    @Test
    void should_tell_what_goes_wrong_between_two_models() {
        relay.run(first, HI, new Relay.Speaker(relay) {
            @Override
            protected void answered(ChatResponse response) {
                throw new NoClassDefFoundError("of the next model");
            }
        });

        first.handler.onCompleteResponse(ANSWER);

        assertThat(user.heard).containsExactly("error of the next model");
    }
}
