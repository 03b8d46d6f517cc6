package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import reactor.core.publisher.Flux;

/** The recipes of docs/recipes.md, against the simulator, but for those that have a test of their own. */
@Timeout(60)
class RecipesTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
    }

    private DeepSeekStreamingChatModel streaming() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
    }

    @Test
    void should_let_no_more_calls_run_than_there_are_places() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(2);
        ChatModel slow = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                await(full);
                running.decrementAndGet();
                return ChatResponse.builder().aiMessage(AiMessage.from("Fine")).build();
            }
        };
        AtMost two = new AtMost(2, slow);

        List<CompletableFuture<ChatResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> two.chat(HI)));
        }
        for (CompletableFuture<ChatResponse> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("Fine");
        }

        assertThat(most.get()).isEqualTo(2);
        assertThat(AtMost.all(ReactiveDeepSeekChatModel.from(streaming()), Flux.just(HI, HI, HI))
                        .collectList()
                        .block())
                .hasSize(3);
    }

    @Test
    void should_share_ten_places_between_both_models() throws Exception {
        deepSeek.concurrencyLimit(10);
        TenAtATime ten = TenAtATime.of(deepSeek.baseUrl(), "test");
        try (DeepSeekChatModel model = ten.model();
                DeepSeekStreamingChatModel streaming = ten.streaming()) {
            List<CompletableFuture<ChatResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(model.chatAsync(HI));
                calls.add(ReactiveDeepSeekChatModel.from(streaming).chat(HI).toFuture());
            }
            for (CompletableFuture<ChatResponse> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS).aiMessage().text()).isNotBlank();
            }
        }
        assertThat(ten.limit().refusals()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_remember_in_a_database() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:recipes;DB_CLOSE_DELAY=-1");
        JdbcChatMemoryStore store = Conversations.in(database);

        Conversations.ask(Remembering.on(model(), store), "c-1", "My name is Ada");
        // As after a restart.
        Conversations.ask(Remembering.on(model(), Conversations.in(database)), "c-1", "What is my name?");

        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(deepSeek.requests().get(1).body().path("messages").toString())
                .contains("My name is Ada", "What is my name?");
        store.deleteMessages("c-1");
        assertThat(store.getMessages("c-1")).isEmpty();
    }

    @Test
    void should_not_think_where_a_method_says_so() {
        AiServices.create(Assistant.class, model()).chat("Hi", Assistant.QUICK);

        assertThat(deepSeek.requests()
                        .get(0)
                        .body()
                        .path("thinking")
                        .path("type")
                        .asText())
                .isEqualTo("disabled");
    }

    @Test
    void should_send_events_by_an_emitter() throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Fine"));
        List<String> sent = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Emitted.connect(new SseEmitterController(ReactiveDeepSeekChatModel.from(streaming())).chat("Hi"), sent, ended);

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(String.join("", sent))
                .contains("event:thinking", "{\"text\":\"So\"}", "event:answer", "event:completed");
    }

    @Test
    void should_end_the_call_without_a_dropped_error_when_the_browser_has_gone() throws Exception {
        deepSeek.respond(Answer.text("word ".repeat(200)));
        CountDownLatch tried = new CountDownLatch(1);
        List<Throwable> dropped = new java.util.concurrent.CopyOnWriteArrayList<>();
        reactor.core.publisher.Hooks.onErrorDropped(dropped::add);
        try (DeepSeekStreamingChatModel model = streaming()) {
            var emitter = new SseEmitterController(ReactiveDeepSeekChatModel.from(model)).chat("Hi");
            var type = Class.forName(ResponseBodyEmitter.class.getName() + "$Handler");
            Object gone = java.lang.reflect.Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals("send")) {
                            tried.countDown();
                            throw new java.io.IOException("Broken pipe");
                        }
                        return null;
                    });
            var initialize = ResponseBodyEmitter.class.getDeclaredMethod("initialize", type);
            initialize.setAccessible(true);
            try {
                initialize.invoke(emitter, gone);
            } catch (java.lang.reflect.InvocationTargetException e) {
                // What it had kept until now could not be sent: Spring MVC ends the request.
                assertThat(e).hasRootCauseMessage("Broken pipe");
            }
            assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            reactor.core.publisher.Hooks.resetOnErrorDropped();
        }

        assertThat(dropped).isEmpty();
    }

    @Test
    void should_refuse_a_media_type_that_has_no_kinds_of_events() {
        ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
        new ReasoningEvents().configureHttpMessageCodecs(codecs);
        ResolvableType type = ResolvableType.forClass(io.github.deepthink4j.reactor.ReasoningEvent.class);
        for (MediaType asked : List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON)) {
            var writer = codecs.getWriters().stream()
                    .filter(each -> each.canWrite(type, asked))
                    .findFirst()
                    .orElseThrow();

            assertThat(writer).isInstanceOf(ReasoningEventWriter.class);
            assertThat(new ReasoningEventWriter()
                            .write(Flux.empty(), type, asked, new MockServerHttpResponse(), java.util.Map.of())
                            .materialize()
                            .block()
                            .getThrowable())
                    .isInstanceOf(org.springframework.web.server.NotAcceptableStatusException.class);
        }
    }

    @Test
    void should_write_a_flux_of_events_as_it_is() {
        deepSeek.respond(Answer.thinking("So").thenText("Fine"));
        ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
        new ReasoningEvents().configureHttpMessageCodecs(codecs);
        MockServerHttpResponse response = new MockServerHttpResponse();
        ResolvableType type = ResolvableType.forClass(io.github.deepthink4j.reactor.ReasoningEvent.class);
        // As WebFlux does: the first that can.
        var writer = codecs.getWriters().stream()
                .filter(each -> each.canWrite(type, MediaType.TEXT_EVENT_STREAM))
                .findFirst()
                .orElseThrow();

        assertThat(writer).isInstanceOf(ReasoningEventWriter.class);
        new ReasoningEventWriter()
                .write(
                        ReactiveDeepSeekChatModel.from(streaming()).stream(HI),
                        type,
                        MediaType.TEXT_EVENT_STREAM,
                        response,
                        java.util.Map.of())
                .block();
        assertThat(response.getBodyAsString().block())
                .contains("event:thinking", "data:{\"text\":\"So\"}", "event:answer", "event:completed");
    }

    @Test
    void should_do_only_what_a_person_has_approved() {
        List<String> asked = new ArrayList<>();
        deepSeek.respond(
                Answer.toolCall("refund", "{\"order\":\"1012\",\"amount\":20}"), Answer.text("It was refused."));

        AiServices.builder(Chat.class)
                .chatModel(model())
                .tools(new Payments(question -> !asked.add(question)))
                .build()
                .chat("Refund order 1012");

        assertThat(asked).containsExactly("Refund 20.0 EUR for order 1012?");
        assertThat(deepSeek.requests().get(1).body().path("messages").toString())
                .contains("has refused this refund");
    }

    interface Chat {

        String chat(String question);
    }

    interface Streamed {

        TokenStream chat(String question);
    }

    @Test
    void should_stream_thoughts_while_a_guardrail_holds_the_answer() throws Exception {
        deepSeek.respond(Answer.thinking("A call for help").thenText("Call 0123456789"));
        List<String> seen = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);

        AiServices.builder(Streamed.class)
                .streamingChatModel(streaming())
                .outputGuardrails(new NoPhoneNumbers())
                .build()
                .chat("Who helps?")
                .onPartialThinking(thinking -> seen.add(thinking.text()))
                .onPartialResponse(seen::add)
                .onCompleteResponse(response -> ended.countDown())
                .onError(error -> {
                    seen.add("error");
                    ended.countDown();
                })
                .start();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(String.join("", seen)).isEqualTo("A call for helperror");
    }

    /** A handler of Spring's that keeps what is sent; the interface is package-private there. */
    static final class Emitted {

        /** What Spring MVC does when the method has returned. */
        static void connect(ResponseBodyEmitter emitter, List<String> sent, CountDownLatch ended) throws Exception {
            var initialize = ResponseBodyEmitter.class.getDeclaredMethod(
                    "initialize", Class.forName(ResponseBodyEmitter.class.getName() + "$Handler"));
            initialize.setAccessible(true);
            initialize.invoke(emitter, into(sent, ended));
        }

        private static Object into(List<String> sent, CountDownLatch ended) throws Exception {
            Class<?> handler = Class.forName(ResponseBodyEmitter.class.getName() + "$Handler");
            return java.lang.reflect.Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("send")) {
                            Iterable<?> all = arguments[0] instanceof Iterable<?> many ? many : List.of(arguments[0]);
                            for (Object each : all) {
                                sent.add(String.valueOf(
                                        each instanceof ResponseBodyEmitter.DataWithMediaType data
                                                ? data.getData()
                                                : each));
                            }
                        } else if (method.getName().startsWith("complete")) {
                            ended.countDown();
                        }
                        return null;
                    });
        }
    }
}
