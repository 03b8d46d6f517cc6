package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** An answer is one entry in the log, however it has come and ended. */
@Timeout(60)
class LoggedResponseTest {

    private static final String CHUNK =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u4f60\u597d \ud83d\ude00\"},\"finish_reason\":\"stop\"}]}";

    private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
    private final Logger logger = mock();

    @BeforeEach
    void listen() {
        doAnswer(call -> logged.add(MessageFormatter.basicArrayFormat(
                        call.getArgument(0), Arrays.copyOfRange(call.getArguments(), 1, call.getArguments().length))))
                .when(logger)
                .info(anyString(), any(Object[].class));
    }

    private DeepSeekStreamingChatModel.Builder streaming(String url) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey("test")
                .modelName("deepseek-flash")
                .logResponses(true)
                .logger(logger);
    }

    private DeepSeekChatModel blocking(String url) {
        return DeepSeekChatModel.builder()
                .baseUrl(url)
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .timeout(Duration.ofSeconds(20))
                .logResponses(true)
                .logger(logger)
                .build();
    }

    @Test
    void should_log_a_stream_once_with_its_request_id_and_no_character_in_two() throws Exception {
        byte[] body = (event(CHUNK) + event("[DONE]")).getBytes(StandardCharsets.UTF_8);
        for (int cut = 60; cut < 78; cut++) {
            Canned canned = new Canned(
                            200,
                            Map.of(),
                            List.of(Arrays.copyOf(body, cut), Arrays.copyOfRange(body, cut, body.length)))
                    .with("X-Request-Id", "r-17");
            try (CannedServer server = new CannedServer(canned);
                    DeepSeekChatModel model = blocking(server.url())) {
                assertThat(model.chat("Hi")).isEqualTo("\u4f60\u597d \ud83d\ude00");
            }

            assertThat(logged.poll(10, TimeUnit.SECONDS))
                    .contains("status code: 200", "request id: r-17", "end: complete", CHUNK, "data: [DONE]");
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void should_log_a_refusal_once() throws Exception {
        try (CannedServer server = new CannedServer(
                        new Canned(400, "{\"error\":{\"message\":\"no\"}}").with("X-Request-Id", "r-18"));
                DeepSeekChatModel model = blocking(server.url())) {
            assertThat(catchThrowable(() -> model.chat("Hi"))).isNotNull();
        }

        assertThat(logged.poll(10, TimeUnit.SECONDS))
                .contains("status code: 400", "request id: r-18", "{\"error\":{\"message\":\"no\"}}");
        assertThat(logged).isEmpty();
    }

    @Test
    void should_log_what_has_come_where_there_is_no_server_any_more() throws Exception {
        try (DeepSeekChatModel model = blocking("http://localhost:1")) {
            assertThat(catchThrowable(() -> model.chat("Hi"))).isNotNull();
        }

        assertThat(logged.poll(10, TimeUnit.SECONDS)).contains("status code: none", "end: failed: ");
        assertThat(logged).isEmpty();
    }

    @Test
    void should_log_what_had_come_before_a_cancel() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.thinking("abc".repeat(50)).pieces(3).fault(Fault.STALL_SILENT, 2));
            try (DeepSeekStreamingChatModel model =
                    streaming(deepSeek.baseUrl()).build()) {
                CountDownLatch begun = new CountDownLatch(1);
                StreamingHandle handle = model.start(
                        ChatRequest.builder().messages(UserMessage.from("Hi")).build(),
                        new StreamingChatResponseHandler() {

                            @Override
                            public void onPartialThinking(PartialThinking thinking) {
                                begun.countDown();
                            }

                            @Override
                            public void onCompleteResponse(ChatResponse response) {}

                            @Override
                            public void onError(Throwable error) {}
                        });
                assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                handle.cancel();

                assertThat(logged.poll(10, TimeUnit.SECONDS)).contains("status code: 200", "end: cancelled", "abc");
            }
        }
        assertThat(logged).isEmpty();
    }
}
