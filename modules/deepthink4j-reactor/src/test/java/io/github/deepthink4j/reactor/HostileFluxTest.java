package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Users' code that throws anything: the subscriber hears one end, in time, also of what Reactor takes for fatal. */
class HostileFluxTest extends Simulated {

    private enum Place {
        HEADERS,
        LISTENER_REQUEST,
        LISTENER_RESPONSE,
        LISTENER_ERROR
    }

    private static final List<Supplier<Throwable>> KINDS = List.of(
            () -> new AssertionError("broken"),
            () -> new StackOverflowError("broken"),
            () -> new NoClassDefFoundError("broken"),
            () -> new IOException("checked, and declared nowhere"));

    static Stream<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (Place place : Place.values()) {
            KINDS.forEach(kind -> all.add(Arguments.of(place, kind.get())));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void should_end_once_whatever_is_thrown_wherever(Place place, Throwable thrown) throws Exception {
        Hostile hostile = new Hostile(place, thrown);
        boolean isRefused = place == Place.LISTENER_ERROR;
        respond(isRefused ? Answer.error(401, "no") : Answer.text("here"));
        DeepSeekStreamingChatModel model = builder()
                .listeners(hostile)
                .customHeaders(() -> {
                    hostile.at(Place.HEADERS);
                    return Map.of();
                })
                .build();
        hostile.rests = false;
        List<Throwable> ends = new CopyOnWriteArrayList<>();
        CompletableFuture<Throwable> end = new CompletableFuture<>();

        ReactiveDeepSeekChatModel.from(model).stream(HI)
                .subscribeOn(Schedulers.parallel())
                .subscribe(
                        event -> {},
                        error -> {
                            ends.add(error);
                            end.complete(error);
                        },
                        () -> end.complete(null));

        Throwable told = end.get(20, TimeUnit.SECONDS);
        boolean isIgnored = place != Place.HEADERS && !(thrown instanceof Error);
        if (isRefused) {
            assertThat(told).isInstanceOf(InvalidApiKeyException.class);
        } else if (isIgnored) {
            assertThat(told).isNull();
        } else {
            assertThat(told).isSameAs(thrown);
        }
        assertThat(ends).hasSize(told == null ? 0 : 1);
    }

    /** As an AI service does whose Flux has failed while its tools ran: nobody is there for the next round. */
    @Test
    void should_not_send_what_goes_on_after_the_flux_has_failed() throws Exception {
        DeepSeekStreamingChatModel own = builder().build();
        CompletableFuture<Void> wentOn = new CompletableFuture<>();
        StreamingChatModel goesOn = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onError(new IllegalStateException("a tool"));
                own.chat(request, handler);
                wentOn.complete(null);
            }
        };
        CompletableFuture<Throwable> end = new CompletableFuture<>();

        Reasoning.flux(goesOn, HI).subscribe(event -> {}, end::complete);

        assertThat(end.get(20, TimeUnit.SECONDS)).hasMessage("a tool");
        wentOn.get(20, TimeUnit.SECONDS);
        respond(Answer.text("good"));
        assertThat(ReactiveDeepSeekChatModel.from(own)
                        .chat(HI)
                        .block()
                        .aiMessage()
                        .text())
                .isEqualTo("good");
        assertThat(deepSeek.allRequests()).hasSize(1);
    }

    /** What the subscriber begins when he hears of the failure is his own, on the same thread too. */
    @Test
    void should_send_what_the_subscriber_begins_after_the_failure() {
        respond(Answer.text("instead"));
        DeepSeekStreamingChatModel own = builder().build();
        StreamingChatModel broken = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onError(new IllegalStateException("broken"));
            }
        };
        CompletableFuture<String> answer = new CompletableFuture<>();

        Reasoning.flux(broken, HI)
                .onErrorResume(error -> {
                    own.chat(HI, new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            answer.complete(response.aiMessage().text());
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }
                    });
                    return Flux.empty();
                })
                .subscribe();

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("instead");
    }

    /** The model's callbacks run on a scheduler that is no more. */
    @Test
    void should_fail_on_a_scheduler_that_is_disposed() {
        respond(Answer.text("unheard"));
        Scheduler scheduler = Schedulers.newSingle("disposed");
        scheduler.dispose();

        StepVerifier.create(ReactiveDeepSeekChatModel.from(
                        builder().executor(scheduler::schedule).build())
                        .stream(HI))
                .expectError(ConnectionFailedException.class)
                .verify(Duration.ofSeconds(20));
    }

    /** Nothing else runs on it but what waits for the answer; its thread may block, which BlockHound forbids others. */
    @Test
    void should_keep_its_limit_on_a_scheduler_that_is_busy() {
        respond(Answer.text("unheard"));
        Scheduler scheduler = Schedulers.fromExecutorService(Executors.newSingleThreadExecutor());
        CountDownLatch over = new CountDownLatch(1);
        scheduler.schedule(() -> awaitUninterruptibly(over));

        StepVerifier.create(ReactiveDeepSeekChatModel.from(builder()
                                .executor(scheduler::schedule)
                                .timeouts(Timeouts.custom()
                                        .total(Duration.ofMillis(300))
                                        .build())
                                .build())
                        .stream(HI))
                .expectError(DeepSeekTimeoutException.class)
                .verify(Duration.ofSeconds(20));
        over.countDown();
        scheduler.dispose();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    interface Assistant {
        Flux<ReasoningEvent> chat(String message);
    }

    private static final class Tools {

        private final Throwable thrown;

        Tools(Throwable thrown) {
            this.thrown = thrown;
        }

        @Tool
        public String weather(String city) {
            HostileFluxTest.<RuntimeException>sneak(thrown);
            return city;
        }
    }

    static Stream<Arguments> tools() {
        return KINDS.stream()
                .map(Supplier::get)
                .flatMap(thrown -> Stream.of(false, true).map(concurrently -> Arguments.of(thrown, concurrently)));
    }

    /** Whether the model hears of it or the subscriber is LangChain4j's decision; that somebody does is ours. */
    @ParameterizedTest
    @MethodSource("tools")
    void should_end_when_a_tool_throws(Throwable thrown, boolean concurrently) {
        thrown.setStackTrace(new StackTraceElement[0]);
        respond(Answer.toolCall("weather", "{\"city\":\"Oslo\"}"), Answer.text("no weather"));
        AiServices<Assistant> service = AiServices.builder(Assistant.class)
                .streamingChatModel(builder().build())
                .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
                .tools(new Tools(thrown));
        if (concurrently) {
            service.executeToolsConcurrently();
        }

        Object end = service.build()
                .chat("Hi")
                .materialize()
                .filter(signal -> !signal.isOnNext())
                .blockFirst(Duration.ofSeconds(20));

        assertThat(end).isNotNull();
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    private static final class Hostile implements ChatModelListener {

        private final Place place;
        private final Throwable thrown;
        private volatile boolean rests = true;

        Hostile(Place place, Throwable thrown) {
            this.place = place;
            this.thrown = thrown;
            thrown.setStackTrace(new StackTraceElement[0]);
        }

        void at(Place here) {
            if (here == place && !rests) {
                HostileFluxTest.<RuntimeException>sneak(thrown);
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
}
