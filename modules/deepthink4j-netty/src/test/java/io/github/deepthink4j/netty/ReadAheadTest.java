package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes while a callback is busy. */
@Timeout(60)
class ReadAheadTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private interface Server {
        void serve(OutputStream out) throws Exception;
    }

    /** Tells what came, and waits within the first piece. */
    private static final class Slow implements StreamingChatResponseHandler {

        private final CountDownLatch mayGoOn;
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        Slow(CountDownLatch mayGoOn) {
            this.mayGoOn = mayGoOn;
        }

        @Override
        public void onPartialResponse(String piece) {
            text.append(piece);
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }

    private static String chunk(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void ask(Server server, Slow handler, CountDownLatch asked) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                        .baseUrl("http://127.0.0.1:" + socket.getLocalPort())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .retryPolicy(RetryPolicy.NONE)
                        .transport(NettyTransport.create())
                        .build()) {
            model.chat("Hi", handler);
            try (Socket connection = socket.accept()) {
                byte[] request = new byte[64 * 1024];
                assertThat(connection.getInputStream().read(request)).isPositive();
                write(connection.getOutputStream(), HEAD);
                server.serve(connection.getOutputStream());
                // A close with unread bytes would be a reset.
                while (connection.getInputStream().available() > 0) {
                    connection.getInputStream().skipNBytes(1);
                }
            }
            asked.countDown();
            handler.end.handle((text, error) -> "over").get();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_tell_all_that_had_come_before_the_end(boolean isWhole) throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        Slow handler = new Slow(sent);

        ask(
                out -> {
                    for (int i = 0; i < 500; i++) {
                        write(out, chunk(i + ","));
                    }
                    write(out, isWhole ? END : "data: {\"choi");
                },
                handler,
                sent);

        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            expected.append(i).append(',');
        }
        assertThat(handler.text).hasToString(expected.toString());
        if (isWhole) {
            assertThat(handler.end.get()).isEqualTo(expected.toString());
        } else {
            assertThat(handler.end)
                    .failsWithin(1, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StreamCutException.class);
        }
    }

    @Test
    void should_hold_up_a_server_whose_pieces_nobody_takes() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Slow handler = new Slow(mayGoOn);
        AtomicLong written = new AtomicLong();
        String megabyte = chunk("x".repeat(1 << 20));
        int megabytes = 40;

        ask(
                out -> {
                    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                        try {
                            for (int i = 0; i < megabytes; i++) {
                                write(out, megabyte);
                                written.incrementAndGet();
                            }
                            write(out, END);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    try {
                        writer.get(1, TimeUnit.SECONDS);
                        fail("nothing has held it up");
                    } catch (TimeoutException e) {
                        // What the system's own buffers take is not known, but it is bounded.
                        assertThat(written.get()).isLessThan(megabytes);
                    }
                    mayGoOn.countDown();
                    writer.get();
                },
                handler,
                mayGoOn);

        assertThat(handler.end.get()).hasSize(megabytes << 20);
    }
}
