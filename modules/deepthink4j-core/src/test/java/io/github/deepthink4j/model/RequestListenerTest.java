package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

@Timeout(60)
class RequestListenerTest {

    private static final String KEY = "a-key-that-looks-like-none";
    private static final RetryPolicy SOON = RetryPolicy.from(RetryPolicy.DEFAULT)
            .baseDelay(Duration.ofMillis(1))
            .build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<SentRequest> sent = new CopyOnWriteArrayList<>();
    private final Logger logger = mock();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model(Consumer<SentRequest> listener) {
        return prepared(DeepSeekChatModel.builder(), listener).build();
    }

    private DeepSeekStreamingChatModel streamingModel(Consumer<SentRequest> listener) {
        return prepared(DeepSeekStreamingChatModel.builder(), listener).build();
    }

    private <B extends DeepSeekModelBuilder<B>> B prepared(B builder, Consumer<SentRequest> listener) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey(KEY)
                .modelName("deepseek-flash")
                .retryPolicy(SOON)
                .requestListener(listener)
                .logger(logger);
    }

    private static String stream(DeepSeekStreamingChatModel model, ChatRequest request) throws Exception {
        CompletableFuture<ChatResponse> response = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {

            @Override
            public void onCompleteResponse(ChatResponse complete) {
                response.complete(complete);
            }

            @Override
            public void onError(Throwable error) {
                response.completeExceptionally(error);
            }
        });
        return response.get(30, TimeUnit.SECONDS).aiMessage().text();
    }

    private String lastBody() {
        return new String(deepSeek.lastRequest().rawBody(), StandardCharsets.UTF_8);
    }

    @Test
    void should_show_what_a_blocking_call_sends() {
        deepSeek.respond(Answer.text("Hello"));

        model(sent::add).chat("\u4F60\u597D, bearer of \uD83D\uDE00");

        assertThat(sent).hasSize(1);
        SentRequest request = sent.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString(deepSeek.baseUrl() + "/chat/completions");
        assertThat(request.headers()).containsEntry("Accept", "text/event-stream");
        assertThat(request.body()).isEqualTo(lastBody()).contains("\u4F60\u597D, bearer of");
        assertThatThrownBy(() -> request.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void should_show_what_a_stream_sends_and_that_an_earlier_thought_stays_behind() throws Exception {
        deepSeek.respond(Answer.text("Hello"));
        ChatRequest request = ChatRequest.builder()
                .messages(
                        UserMessage.from("Hi"),
                        AiMessage.builder().text("Hi").thinking("A greeting").build(),
                        UserMessage.from("And now?"))
                .build();

        assertThat(stream(streamingModel(sent::add), request)).isEqualTo("Hello");

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).body())
                .isEqualTo(lastBody())
                .contains("And now?")
                .doesNotContain("A greeting");
    }

    @Test
    void should_tell_of_each_attempt() throws Exception {
        Answer busy = Answer.error(503, "busy");
        deepSeek.respond(busy, busy, Answer.text("one"), busy, Answer.text("two"), busy, busy, busy);

        assertThat(model(sent::add).chat("Hi")).isEqualTo("one");
        assertThat(sent).hasSize(3);
        sent.clear();

        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        assertThat(stream(streamingModel(sent::add), request)).isEqualTo("two");
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
        sent.clear();

        assertThat(catchThrowable(() -> model(sent::add).chat("Hi"))).isInstanceOf(ServerOverloadedException.class);
        assertThat(sent).hasSize(3);
    }

    static List<Throwable> thrown() {
        return List.of(new IllegalStateException("of the listener"), new AssertionError("of the listener"));
    }

    /** On the caller's thread, and on that of the retries. */
    @ParameterizedTest
    @MethodSource("thrown")
    void should_go_on_whatever_the_listener_throws_and_log_it_once(Throwable thrown) throws Exception {
        Answer busy = Answer.error(503, "busy");
        deepSeek.respond(busy, Answer.text("one"), busy, Answer.text("two"), busy, Answer.text("three"));
        Consumer<SentRequest> throwing = request -> RequestListenerTest.<RuntimeException>sneak(thrown);

        DeepSeekChatModel model = model(throwing);
        assertThat(model.chat("Hi")).isEqualTo("one");
        assertThat(model.chat("Hi")).isEqualTo("two");
        verify(logger, times(1)).warn(anyString(), same(thrown));

        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        assertThat(stream(streamingModel(throwing), request)).isEqualTo("three");
        verify(logger, times(2)).warn(anyString(), any(Throwable.class));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void should_show_no_secret() {
        deepSeek.respond(Answer.text("Hello"));
        DeepSeekChatModel model = prepared(DeepSeekChatModel.builder(), sent::add)
                .customHeaders(Map.of("X-Gateway-Token", "token-of-a-gateway", "X-Copy", "of " + KEY))
                .build();

        model.chat("My key is " + KEY + ", and sk-0123456789 is another's.");

        assertThat(sent).hasSize(1);
        SentRequest request = sent.get(0);
        assertThat(request.headers())
                .containsEntry("Authorization", "***")
                .containsEntry("X-Gateway-Token", "***")
                .containsEntry("X-Copy", "of ***");
        assertThat(request.body()).contains("My key is ***, and sk-0123456789 is another's.");
        assertThat(request.body() + request.headers() + request).doesNotContain(KEY, "token-of-a-gateway");
        assertThat(request.toString()).doesNotContain("My key is");
    }

    @Test
    void should_mask_no_word_for_a_key_that_is_none() {
        deepSeek.respond(Answer.text("Hello"));
        DeepSeekChatModel model =
                prepared(DeepSeekChatModel.builder(), sent::add).apiKey("any").build();

        model.chat("In any company");

        assertThat(sent.get(0).body()).isEqualTo(lastBody()).contains("In any company");
    }

    @Test
    void should_do_without_a_listener() {
        deepSeek.respond(Answer.text("Hello"));

        assertThat(model(null).chat("Hi")).isEqualTo("Hello");
    }

    @Test
    void should_show_the_requests_of_an_account_which_have_no_body() {
        DeepSeekAccount account = DeepSeekAccount.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey(KEY)
                .requestListener(sent::add)
                .build();

        account.balance();

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).method()).isEqualTo("GET");
        assertThat(sent.get(0).uri().getPath()).endsWith("/user/balance");
        assertThat(sent.get(0).body()).isEmpty();
    }
}
