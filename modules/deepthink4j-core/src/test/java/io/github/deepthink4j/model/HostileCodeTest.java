package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.thorough.Thorough;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/**
 * Users' code that throws anything, anywhere: the call has one end, in time, and the next call is as good as ever. What of it
 * ends the call stands in docs/errors.md.
 */
@Timeout(120)
class HostileCodeTest {

    private static final ChatRequest REQUEST = ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .toolSpecifications(ToolSpecification.builder().name("now").build())
            .build();

    /** What has to become of the call. */
    private enum Rule {
        /** It is an answer all the same. */
        IGNORED,
        /** What was thrown is the end, or its cause. */
        THE_END,
        /** The failure that the call has anyway has it as a suppressed one. */
        JOINS_THE_FAILURE
    }

    private enum Place {
        THINKING,
        TEXT,
        TOOL_CALL_PIECE,
        TOOL_CALL,
        COMPLETE,
        ON_ERROR,
        LISTENER_REQUEST,
        LISTENER_RESPONSE,
        LISTENER_ERROR,
        ON_ATTEMPT,
        REQUEST_LISTENER,
        HEADERS,
        LOGGER,
        EXECUTOR;

        boolean isCallback() {
            return ordinal() <= ON_ERROR.ordinal();
        }

        boolean isListener() {
            return name().startsWith("LISTENER");
        }

        boolean needsFailure() {
            return this == LISTENER_ERROR || this == ON_ERROR;
        }

        Rule rule(Throwable thrown) {
            return switch (this) {
                case THINKING, TEXT, TOOL_CALL_PIECE, TOOL_CALL, COMPLETE, HEADERS -> Rule.THE_END;
                case LISTENER_REQUEST, LISTENER_RESPONSE -> thrown instanceof Error ? Rule.THE_END : Rule.IGNORED;
                case LISTENER_ERROR -> thrown instanceof Error ? Rule.JOINS_THE_FAILURE : Rule.IGNORED;
                case ON_ERROR, ON_ATTEMPT, REQUEST_LISTENER, LOGGER -> Rule.IGNORED;
                case EXECUTOR -> Rule.THE_END;
            };
        }
    }

    private enum Way {
        BLOCKING,
        ASYNC,
        STREAMING,
        STREAMING_OVER_SPI;

        boolean isStreaming() {
            return this == STREAMING || this == STREAMING_OVER_SPI;
        }
    }

    private static final List<Supplier<Throwable>> KINDS = List.of(
            () -> new IllegalStateException("broken"),
            () -> new AssertionError("broken"),
            () -> new StackOverflowError("broken"),
            () -> new NoClassDefFoundError("broken"),
            () -> new OutOfMemoryError("broken"),
            () -> new IOException("checked, and declared nowhere"));

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
            .brain(request -> Answer.thinking("hm").thenText("here").andToolCall("now", "{}"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    static Stream<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (Place place : Place.values()) {
            for (Way way : Way.values()) {
                if (place.isCallback() && !way.isStreaming()) {
                    continue;
                }
                for (Supplier<Throwable> kind : KINDS) {
                    Throwable thrown = kind.get();
                    // Hundreds of them go to the log.
                    thrown.setStackTrace(new StackTraceElement[0]);
                    all.add(Arguments.of(place, way, thrown));
                }
            }
        }
        // There are six kinds: with every fifth, all of them go round.
        return Thorough.orEvery(5, all.stream());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void should_end_once_whatever_is_thrown_wherever(Place place, Way way, Throwable thrown) throws Exception {
        Hostile hostile = new Hostile(place, thrown);
        if (place.needsFailure()) {
            deepSeek.respond(Answer.error(401, "no"));
        }
        try (AutoCloseable model = model(way, hostile)) {
            // when
            hostile.rests = false;
            Ends ends = call(way, model, hostile);
            // then
            Throwable end = ends.only();
            assertThat(hostile.times).as("it was thrown").isPositive();
            switch (place.rule(thrown)) {
                case THE_END -> {
                    if (place == Place.EXECUTOR) {
                        assertThat(end).isInstanceOf(DeepSeekError.class);
                    } else {
                        assertThat(end).matches(told -> told == thrown || told.getCause() == thrown);
                    }
                }
                case JOINS_THE_FAILURE ->
                    assertThat(end).isInstanceOf(DeepSeekError.class).hasSuppressedException(thrown);
                case IGNORED -> {
                    if (place.needsFailure()) {
                        assertThat(end).isInstanceOf(DeepSeekError.class);
                    } else {
                        assertThat(end).isNull();
                    }
                }
            }
            // and then a good call
            hostile.rests = true;
            assertThat(call(way, model, hostile).only()).isNull();
        }
    }

    private AutoCloseable model(Way way, Hostile hostile) {
        return !way.isStreaming()
                ? configured(DeepSeekChatModel.builder(), way, hostile).build()
                : configured(DeepSeekStreamingChatModel.builder(), way, hostile).build();
    }

    private <B extends DeepSeekModelBuilder<B>> B configured(B builder, Way way, Hostile hostile) {
        RetryPolicy.Builder retries = RetryPolicy.custom().maxAttempts(1);
        if (hostile.place == Place.ON_ATTEMPT) {
            retries.maxAttempts(2).baseDelay(Duration.ofMillis(1)).onAttempt(event -> hostile.at(Place.ON_ATTEMPT));
            deepSeek.respond(Answer.error(503, "busy"));
        }
        builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(retries.build())
                .httpClientBuilder(way == Way.STREAMING_OVER_SPI ? JdkHttpClient.builder() : null);
        if (hostile.place.isListener()) {
            builder.listeners(hostile);
        }
        switch (hostile.place) {
            case REQUEST_LISTENER -> builder.requestListener(sent -> hostile.at(Place.REQUEST_LISTENER));
            case HEADERS ->
                builder.customHeaders(() -> {
                    hostile.at(Place.HEADERS);
                    return Map.of();
                });
            case LOGGER ->
                builder.logger(new BrokenLogger(hostile)).logRequests(true).logResponses(true);
            case EXECUTOR ->
                builder.executor(task -> {
                    hostile.at(Place.EXECUTOR);
                    new Thread(task).start();
                });
            default -> {
                return builder;
            }
        }
        return builder;
    }

    private static Ends call(Way way, AutoCloseable model, Hostile hostile) {
        Ends ends = new Ends(hostile);
        if (way == Way.ASYNC) {
            ((DeepSeekChatModel) model)
                    .chatAsync(REQUEST)
                    .whenComplete((response, error) -> ends.ended(error, response));
        } else if (model instanceof DeepSeekChatModel blocking) {
            CompletableFuture.runAsync(() -> ends.run(() -> ends.ended(null, blocking.chat(REQUEST))));
        } else if (model instanceof DeepSeekStreamingChatModel streaming) {
            ends.run(() -> streaming.chat(REQUEST, ends));
        }
        return ends;
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    /** Throws at one place, as long as it does not rest. */
    private static final class Hostile implements ChatModelListener {

        private final Place place;
        private final Throwable thrown;
        private volatile boolean rests = true;
        private volatile int times;

        Hostile(Place place, Throwable thrown) {
            this.place = place;
            this.thrown = thrown;
        }

        void at(Place here) {
            if (here == place && !rests) {
                times++;
                HostileCodeTest.<RuntimeException>sneak(thrown);
            }
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

    /** The ends of a call. After an exception of a callback LangChain4j goes on with the stream, to a second one. */
    private static final class Ends implements StreamingChatResponseHandler {

        private final Hostile hostile;
        private final List<Throwable> errors = new CopyOnWriteArrayList<>();
        private final List<ChatResponse> responses = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Throwable> first = new CompletableFuture<>();

        Ends(Hostile hostile) {
            this.hostile = hostile;
        }

        void run(Runnable call) {
            try {
                call.run();
            } catch (Throwable e) {
                ended(e, null);
            }
        }

        void ended(Throwable error, ChatResponse response) {
            if (error != null) {
                errors.add(error);
            } else {
                responses.add(response);
            }
            first.complete(error);
        }

        Throwable only() throws InterruptedException, ExecutionException, TimeoutException {
            Throwable end = first.get(10, TimeUnit.SECONDS);
            boolean isSlip = hostile.place.isCallback() && !(hostile.thrown instanceof Error);
            if (!isSlip) {
                assertThat(errors.size() + responses.size()).as("ends").isEqualTo(1);
            }
            return end;
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            hostile.at(Place.THINKING);
        }

        @Override
        public void onPartialResponse(String piece) {
            hostile.at(Place.TEXT);
        }

        @Override
        public void onPartialToolCall(PartialToolCall piece) {
            hostile.at(Place.TOOL_CALL_PIECE);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            hostile.at(Place.TOOL_CALL);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            hostile.at(Place.COMPLETE);
            ended(null, response);
        }

        @Override
        public void onError(Throwable error) {
            try {
                hostile.at(Place.ON_ERROR);
            } finally {
                ended(error, null);
            }
        }
    }

    /** An appender that breaks. */
    private static final class BrokenLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;
        private final transient Hostile hostile;

        BrokenLogger(Hostile hostile) {
            this.hostile = hostile;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return BrokenLogger.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
            hostile.at(Place.LOGGER);
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
