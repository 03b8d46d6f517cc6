package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Once an answer was refused it stays so, whatever becomes of its stream: what was shown of it must not be gone on with. */
@Timeout(60)
class RefusalThenTroubleTest {

    private static final String SHOWN = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Take 5\"}}]}");
    private static final String SHOWN_OF_FIM = event("{\"choices\":[{\"index\":0,\"text\":\"Take 5\"}]}");
    private static final String FILTERED =
            event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"content_filter\"}]}");
    private static final String DECLINED = event("{\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"No\"}}]}");
    private static final String DONE = event("[DONE]");

    enum Way {
        BLOCKING,
        FUTURE,
        STREAMING,
        FIM,
        FIM_FUTURE,
        FIM_STREAMING;

        boolean isFim() {
            return ordinal() >= FIM.ordinal();
        }
    }

    enum Trouble {
        LOST(StreamCutException.class, ""),
        STALL(DeepSeekTimeoutException.class, ""),
        ENDED(StreamCutException.class, ""),
        ERROR(StreamErrorException.class, event("{\"error\":{\"message\":\"Oh\"}}")),
        GARBAGE(MalformedAnswerException.class, event("garbage"));

        private final Class<? extends Throwable> type;
        private final String behind;

        Trouble(Class<? extends Throwable> type, String behind) {
            this.type = type;
            this.behind = behind;
        }
    }

    private static Stream<Arguments> all() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Trouble.values())
                        .flatMap(trouble ->
                                Stream.of(FILTERED, DECLINED).map(sign -> Arguments.of(way, trouble, sign))));
    }

    private static <B extends DeepSeekConnectionBuilder<B>> B set(B builder, String url) {
        return builder.baseUrl(url)
                .apiKey("key-for-tests-0123456789")
                .timeouts(Timeouts.custom().idle(Duration.ofSeconds(1)).build());
    }

    private static Throwable failure(Way way, String url) {
        Throwable thrown = catchThrowable(() -> call(way, url));
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    private static void call(Way way, String url) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        CompletableFuture<Object> end = new CompletableFuture<>();
        switch (way) {
            case BLOCKING, FUTURE -> {
                try (DeepSeekChatModel model = set(DeepSeekChatModel.builder(), url)
                        .modelName("deepseek-flash")
                        .build()) {
                    Object answer = way == Way.BLOCKING
                            ? model.chat(request)
                            : model.chatAsync(request).join();
                    assertThat(answer).isNotNull();
                }
            }
            case STREAMING -> {
                try (DeepSeekStreamingChatModel model = set(DeepSeekStreamingChatModel.builder(), url)
                        .modelName("deepseek-flash")
                        .build()) {
                    model.start(request, new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            end.complete(response);
                        }

                        @Override
                        public void onError(Throwable error) {
                            end.completeExceptionally(error);
                        }
                    });
                    end.join();
                }
            }
            case FIM, FIM_FUTURE -> {
                try (DeepSeekFimModel model = set(DeepSeekFimModel.builder(), url)
                        .modelName("deepseek-flash")
                        .build()) {
                    Object answer = way == Way.FIM
                            ? model.generate("a")
                            : model.generateAsync("a").join();
                    assertThat(answer).isNotNull();
                }
            }
            case FIM_STREAMING -> {
                try (DeepSeekStreamingFimModel model = set(DeepSeekStreamingFimModel.builder(), url)
                        .modelName("deepseek-flash")
                        .build()) {
                    model.generate("a", new StreamingResponseHandler<>() {
                        @Override
                        public void onNext(String piece) {}

                        @Override
                        public void onComplete(dev.langchain4j.model.output.Response<String> response) {
                            end.complete(response);
                        }

                        @Override
                        public void onError(Throwable error) {
                            end.completeExceptionally(error);
                        }
                    });
                    end.join();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_stay_refused_whatever_comes_behind(Way way, Trouble trouble, String sign) throws Exception {
        String said = (way.isFim() ? SHOWN_OF_FIM : SHOWN) + sign + trouble.behind;

        try (Wire wire = new Wire(said, trouble)) {
            assertThat(failure(way, wire.url())).isInstanceOfSatisfying(ContentRefusedException.class, e -> {
                assertThat(e.mustWithdraw()).isTrue();
                assertThat(e.partialMessage().text()).isEqualTo("Take 5");
                assertThat(e).hasMessageContaining("Withdraw").message().doesNotContain("Try again");
                assertThat(e.details().providerMessage()).isEqualTo(sign.equals(DECLINED) ? "No" : null);
                assertThat(e).hasCauseInstanceOf(trouble.type);
            });
            assertThat(wire.requests.get()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}],"error":{"message":"Oh"}}
        {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter","error":{"message":"Oh"}}]}
        {"choices":[{"index":0,"delta":{"refusal":"No","error":"Oh"},"finish_reason":"stop"}]}
        {"choices":[{"delta":{},"finish_reason":"stop"},{"delta":{},"finish_reason":"content_filter"}]}
        {"choices":[{"delta":{},"finish_reason":"stop"},{"delta":{"refusal":"No"},"finish_reason":"stop"}]}
        {"choices":[{"index":0,"delta":{"content":[["x"]]},"finish_reason":"content_filter"}]}
        {"choices":[{"index":0,"delta":{"content":[["x"]],"refusal":"No"}}]}
        {"choices":[{"delta":{},"finish_reason":"aborted"},{"delta":{},"finish_reason":"content_filter"}]}
        """)
    void should_know_a_refusal_beside_something_else(String last) {
        try (CannedServer server = new CannedServer(new Canned(200, SHOWN + event(last) + DONE))) {
            for (Way way : new Way[] {Way.BLOCKING, Way.STREAMING}) {
                assertThat(failure(way, server.url()))
                        .isInstanceOfSatisfying(
                                ContentRefusedException.class,
                                e -> assertThat(e.mustWithdraw()).isTrue());
            }
            assertThat(server.bodies()).hasSize(2);
        }
    }

    @Test
    void should_know_a_refusal_in_a_body_of_its_own_with_an_error_beside_it() {
        String body = "{\"choices\":[{\"message\":{\"content\":\"Take 5\"},\"finish_reason\":\"content_filter\"}],"
                + "\"error\":{\"message\":\"Oh\"}}";
        try (CannedServer server = new CannedServer(new Canned(200, body))) {
            assertThat(failure(Way.BLOCKING, server.url()))
                    .isInstanceOfSatisfying(
                            ContentRefusedException.class,
                            e -> assertThat(e.mustWithdraw()).isTrue());
        }
    }

    /** A choice with an index of its own was not asked for, and is not this answer. */
    @Test
    void should_leave_another_choice_alone_that_says_it_is_one() {
        String other = event("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"content_filter\"}]}");
        String stop = event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        try (CannedServer server = new CannedServer(new Canned(200, SHOWN + other + stop + DONE))) {
            assertThat(failure(Way.BLOCKING, server.url())).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKING", "STREAMING"})
    void should_have_nothing_to_withdraw_where_nothing_was_shown(Way way) throws Exception {
        try (Wire wire = new Wire(FILTERED, Trouble.LOST)) {
            assertThat(failure(way, wire.url()))
                    .isInstanceOfSatisfying(
                            ContentRefusedException.class,
                            e -> assertThat(e.mustWithdraw()).isFalse());
            assertThat(wire.requests.get()).isOne();
        }
    }

    /** A server that says something and then hangs up in the midst of the body, or goes silent. */
    private static final class Wire implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        Wire(String said, Trouble trouble) throws IOException {
            Thread thread = new Thread(() -> {
                while (closed.getCount() > 0) {
                    try (Socket socket = server.accept()) {
                        answer(socket, said, trouble);
                    } catch (IOException | InterruptedException e) {
                        return;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private void answer(Socket socket, String said, Trouble trouble) throws IOException, InterruptedException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
            in.readNBytes(length);
            requests.incrementAndGet();
            boolean isWhole = trouble != Trouble.LOST && trouble != Trouble.STALL;
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            String start = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nContent-Length: "
                    + (body.length + (isWhole ? 0 : 100)) + "\r\n\r\n";
            socket.getOutputStream().write(start.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            if (trouble == Trouble.STALL) {
                closed.await();
            }
        }

        String url() {
            return "http://localhost:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            server.close();
        }
    }
}
