package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.consensus.ConsensusChatModel;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.thorough.Thorough;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Users' code that throws anything, in models made of several: one end, in time, an end for each step, and the next call is as good
 * as ever. What of it ends the call stands in docs/errors.md.
 */
@Timeout(120)
class HostileStepsTest {

    private enum Place {
        STEP_START,
        STEP_END,
        LISTENER_REQUEST,
        LISTENER_RESPONSE,
        LISTENER_ERROR,
        PART,
        PART_LATER,
        TEXT,
        COMPLETE;

        boolean isOfStreams() {
            return this == PART_LATER || this == TEXT || this == COMPLETE;
        }

        boolean endsTheCall(Throwable thrown) {
            return switch (this) {
                case STEP_START, STEP_END, LISTENER_ERROR -> false;
                case LISTENER_REQUEST, LISTENER_RESPONSE -> thrown instanceof Error;
                case PART, PART_LATER, TEXT, COMPLETE -> true;
            };
        }
    }

    private enum Made {
        FAILOVER,
        ROUTING,
        CONSENSUS,
        STRUCTURE,
        FAILOVER_STREAM,
        ROUTING_STREAM;

        boolean streams() {
            return name().endsWith("STREAM");
        }

        Object model(Hostile hostile) {
            return switch (this) {
                case FAILOVER ->
                    FailoverChatModel.builder()
                            .namedPart("a", hostile.blocking())
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
                case ROUTING ->
                    ToolRoutingChatModel.builder()
                            .reasoner(hostile.blocking())
                            .toolCaller(hostile.blocking())
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
                case CONSENSUS ->
                    ConsensusChatModel.builder()
                            .part(hostile.blocking())
                            .samples(3)
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
                case STRUCTURE ->
                    ReasonThenStructure.builder()
                            .reasoner(hostile.blocking())
                            .structurer(hostile.blocking(), EnumSet.allOf(Feature.class))
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
                case FAILOVER_STREAM ->
                    FailoverStreamingChatModel.builder()
                            .namedPart("a", hostile.streaming())
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
                case ROUTING_STREAM ->
                    ToolRoutingStreamingChatModel.builder()
                            .reasoner(hostile.streaming())
                            .toolCaller(hostile.streaming())
                            .stepListener(hostile)
                            .listeners(hostile)
                            .build();
            };
        }
    }

    private static final List<Supplier<Throwable>> KINDS = List.of(
            () -> new IllegalStateException("broken"),
            () -> new AssertionError("broken"),
            () -> new StackOverflowError("broken"),
            () -> new NoClassDefFoundError("broken"),
            () -> new IOException("checked, and declared nowhere"));

    static Stream<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (Made made : Made.values()) {
            for (Place place : Place.values()) {
                if (place.isOfStreams() && !made.streams()) {
                    continue;
                }
                for (Supplier<Throwable> kind : KINDS) {
                    Throwable thrown = kind.get();
                    thrown.setStackTrace(new StackTraceElement[0]);
                    all.add(Arguments.of(made, place, thrown));
                }
            }
        }
        // There are five kinds: with every fourth, all of them go round.
        return Thorough.orEvery(4, all.stream());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void should_end_once_whatever_is_thrown_wherever(Made made, Place place, Throwable thrown) throws Exception {
        Hostile hostile = new Hostile(place, thrown);
        Object model = made.model(hostile);

        Ends ends = new Ends(hostile);
        ends.of(model);

        Throwable end = ends.first();
        assertThat(hostile.times).as("it was thrown").hasPositiveValue();
        if (place.endsTheCall(thrown)) {
            assertThat(end).matches(told -> told == thrown || told.getCause() == thrown);
        } else if (place == Place.LISTENER_ERROR) {
            assertThat(end).isInstanceOf(UnsupportedOperationException.class);
        } else {
            assertThat(end).isNull();
        }
        hostile.rests = true;
        Ends good = new Ends(hostile);
        good.of(model);
        assertThat(good.first()).isNull();
        // Those of the failure, too: a sample that nobody needs any more ends where the vote is counted.
        for (int i = 0; i < 1_000 && hostile.openSteps.get() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(hostile.openSteps).hasValue(0);
        boolean goesOn = place == Place.TEXT && !(thrown instanceof Error);
        assertThat(ends.count).hasValue(goesOn ? 2 : 1);
    }

    static Stream<Arguments> cancelled() {
        return Stream.of(Made.FAILOVER_STREAM, Made.ROUTING_STREAM)
                .flatMap(made -> KINDS.stream().map(kind -> Arguments.of(made, kind.get())));
    }

    @ParameterizedTest
    @MethodSource("cancelled")
    void should_tell_nothing_after_a_cancel_whose_callback_throws(Made made, Throwable thrown) throws Exception {
        thrown.setStackTrace(new StackTraceElement[0]);
        Hostile hostile = new Hostile(Place.TEXT, thrown);
        Object model = made.model(hostile);
        Ends ends = new Ends(hostile) {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                context.streamingHandle().cancel();
                hostile.at(Place.TEXT);
            }
        };

        ends.of(model);
        hostile.partDone.get(10, TimeUnit.SECONDS);

        assertThat(hostile.times).hasValue(1);
        assertThat(ends.count).hasValue(0);
        assertThat(hostile.openSteps).hasValue(0);
        hostile.rests = true;
        Ends good = new Ends(hostile);
        good.of(model);
        assertThat(good.first()).isNull();
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    private static class Ends implements StreamingChatResponseHandler {

        private final Hostile hostile;
        private final AtomicInteger count = new AtomicInteger();
        private final CompletableFuture<Throwable> first = new CompletableFuture<>();
        private final List<ChatResponse> responses = new CopyOnWriteArrayList<>();

        Ends(Hostile hostile) {
            this.hostile = hostile;
        }

        void of(Object model) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("6 times 7?"))
                    .build();
            CompletableFuture.runAsync(() -> {
                try {
                    if (model instanceof ChatModel blocking) {
                        onCompleteResponse(blocking.chat(request));
                    } else {
                        ((StreamingChatModel) model).chat(request, this);
                    }
                } catch (Throwable e) {
                    ended(e);
                }
            });
        }

        Throwable first() throws Exception {
            return first.get(10, TimeUnit.SECONDS);
        }

        private void ended(Throwable error) {
            count.incrementAndGet();
            first.complete(error);
        }

        @Override
        public void onPartialResponse(String piece) {
            hostile.at(Place.TEXT);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            hostile.at(Place.COMPLETE);
            responses.add(response);
            ended(null);
        }

        @Override
        public void onError(Throwable error) {
            ended(error);
        }
    }

    /** Throws at one place, as long as it does not rest. */
    private static final class Hostile implements StepListener, ChatModelListener {

        private final Place place;
        private final Throwable thrown;
        private final AtomicInteger times = new AtomicInteger();
        private final AtomicInteger openSteps = new AtomicInteger();
        private final CompletableFuture<Void> partDone = new CompletableFuture<>();
        private volatile boolean rests;

        Hostile(Place place, Throwable thrown) {
            this.place = place;
            this.thrown = thrown;
        }

        void at(Place here) {
            if (here == place && !rests) {
                times.incrementAndGet();
                HostileStepsTest.<RuntimeException>sneak(thrown);
            }
        }

        private void answerOrThrow() {
            at(Place.PART);
            if (place == Place.LISTENER_ERROR && !rests) {
                throw new UnsupportedOperationException("no");
            }
        }

        private static ChatResponse answer() {
            return ChatResponse.builder().aiMessage(AiMessage.from("42")).build();
        }

        ChatModel blocking() {
            return new ChatModel() {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    answerOrThrow();
                    return answer();
                }
            };
        }

        StreamingChatModel streaming() {
            return new StreamingChatModel() {
                @Override
                public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                    at(Place.PART);
                    new Thread(() -> {
                                if (place == Place.LISTENER_ERROR && !rests) {
                                    handler.onError(new UnsupportedOperationException("no"));
                                } else if (place == Place.PART_LATER && !rests) {
                                    times.incrementAndGet();
                                    handler.onError(thrown);
                                } else {
                                    handler.onPartialResponse("42");
                                    handler.onCompleteResponse(answer());
                                }
                                partDone.complete(null);
                            })
                            .start();
                }
            };
        }

        @Override
        public void onStart(StepKind kind, String part, String modelName) {
            openSteps.incrementAndGet();
            at(Place.STEP_START);
        }

        @Override
        public void onEnd(Step step, ChatResponse response) {
            openSteps.decrementAndGet();
            at(Place.STEP_END);
        }

        @Override
        public void onRequest(ChatModelRequestContext context) {
            at(Place.LISTENER_REQUEST);
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            at(Place.LISTENER_RESPONSE);
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            at(Place.LISTENER_ERROR);
        }
    }
}
