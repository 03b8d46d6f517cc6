package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is no stream, and that the server neither ends nor goes on with. */
@Timeout(60)
class UnendedBodyTest {

    private static final String ANSWER = """
            {"id":"1","object":"chat.completion","model":"deepseek-flash","choices":[{"index":0,"finish_reason":"stop",\
            "message":{"role":"assistant","content":"here"}}]}""";

    private static final Timeouts SHORT =
            Timeouts.custom().idle(Duration.ofMillis(300)).build();

    /** Sends the head and this much of the body, and waits for the client to hang up. */
    private static ServerSocket server(String status, String lengthHeader, String sent) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String answer =
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + lengthHeader + "\r\n\r\n" + sent;
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        InputStream in = socket.getInputStream();
                        while (in.read() >= 0) {
                            // the request, and then nothing until the client hangs up
                        }
                    } catch (IOException e) {
                        // it has hung up
                    }
                },
                "unended-body");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static String url(ServerSocket server) {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private static Throwable failure(String url, boolean streaming) throws Exception {
        if (!streaming) {
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(url)
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .timeouts(SHORT)
                    .retryPolicy(RetryPolicy.NONE)
                    .build();
            return catchThrowable(() -> model.chat("Hi"));
        }
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        DeepSeekStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey("test")
                .modelName("deepseek-flash")
                .timeouts(SHORT)
                .retryPolicy(RetryPolicy.NONE)
                .build()
                .chat("Hi", new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        told.completeExceptionally(new AssertionError("an answer: " + response));
                    }

                    @Override
                    public void onError(Throwable error) {
                        told.complete(error);
                    }
                });
        return told.get(30, TimeUnit.SECONDS);
    }

    /** Whether its JSON is whole cannot matter: the server has promised more of it. */
    @ParameterizedTest
    @CsvSource({"false,1.0", "false,0.5", "true,1.0", "true,0.5"})
    void should_end_by_the_idle_limit(boolean streaming, double part) throws Exception {
        String sent = ANSWER.substring(0, (int) (ANSWER.length() * part));
        String chunk = Integer.toHexString(sent.length()) + "\r\n" + sent + "\r\n";

        for (ServerSocket server : new ServerSocket[] {
            server("200 OK", "Content-Length: " + (ANSWER.length() + 10), sent),
            server("200 OK", "Transfer-Encoding: chunked", chunk)
        }) {
            try (server) {
                assertThat(failure(url(server), streaming))
                        .isInstanceOfSatisfying(
                                DeepSeekTimeoutException.class,
                                timeout -> assertThat(timeout.phase()).isEqualTo(DeepSeekTimeoutException.Phase.IDLE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_still_say_what_the_status_has_said(boolean streaming) throws Exception {
        try (ServerSocket server = server("402 Payment Required", "Content-Length: 500", "{\"error\":")) {
            assertThat(failure(url(server), streaming)).isInstanceOf(InsufficientBalanceException.class);
        }
    }

    /** Where either is enough, the finish reason says that nothing is missing. */
    @Test
    void should_take_an_answer_that_is_whole_but_for_its_end() throws Exception {
        String stream =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"here\"},\"finish_reason\":\"stop\"}]}\n\n";
        String chunk = Integer.toHexString(stream.length()) + "\r\n" + stream + "\r\n";
        try (ServerSocket server = server("200 OK", "Transfer-Encoding: chunked", chunk);
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(url(server))
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .dialect(ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                                .doneMarkerRequired(false)
                                .build())
                        .timeouts(SHORT)
                        .retryPolicy(RetryPolicy.NONE)
                        .build()) {

            assertThat(model.chat("Hi")).isEqualTo("here");
        }
    }
}
