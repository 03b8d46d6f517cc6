package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeepSeekChatModelTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("sk-test-of-deepthink4j")
                .modelName("deepseek-flash");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_give_answer_and_reasoning_apart(boolean streamOnWire) {
        deepSeek.respond(
                Answer.thinking("Nine point eight is nine point eighty.").thenText("9.8 is greater."));

        ChatResponse response =
                model().streamOnWire(streamOnWire).build().chat(UserMessage.from("9.11 or 9.8, which is greater?"));

        assertThat(deepSeek.lastRequest().stream()).isEqualTo(streamOnWire);
        assertThat(response.aiMessage().text()).isEqualTo("9.8 is greater.");
        assertThat(response.aiMessage().thinking()).isEqualTo("Nine point eight is nine point eighty.");
        DeepSeekChatResponseMetadata metadata = (DeepSeekChatResponseMetadata) response.metadata();
        assertThat(metadata.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(metadata.modelName()).isEqualTo("deepseek-flash");
        assertThat(metadata.id()).isNotBlank();
        assertThat(metadata.created()).isPositive();
        assertThat(metadata.systemFingerprint()).isEqualTo("fp_simulator");
        assertThat(metadata.requestId()).startsWith("simulated-");
        DeepSeekTokenUsage usage = metadata.tokenUsage();
        assertThat(usage.reasoningTokenCount()).isPositive();
        assertThat(usage.answerTokenCount() + usage.reasoningTokenCount()).isEqualTo(usage.outputTokenCount());
        assertThat(usage.cacheHitTokenCount() + usage.cacheMissTokenCount()).isEqualTo(usage.inputTokenCount());
    }

    @Test
    void should_work_over_any_http_client_of_langchain4j() {
        deepSeek.respond(Answer.thinking("Easy.").thenText("Berlin"));

        ChatResponse response = model().httpClientBuilder(JdkHttpClient.builder())
                .build()
                .chat(UserMessage.from("What is the capital of Germany?"));

        assertThat(response.aiMessage().text()).isEqualTo("Berlin");
        assertThat(response.aiMessage().thinking()).isEqualTo("Easy.");
    }

    @Test
    void should_send_what_was_set_and_nothing_else() {
        deepSeek.respond(Answer.text("Hello"));

        model().thinking(true)
                .reasoningEffort("xhigh")
                .maxOutputTokens(1000)
                .stopSequences(List.of("END"))
                .userId("user-1")
                .customParameters(Map.of("service_tier", "flex"))
                .customHeaders(Map.of("X-Tenant", "one"))
                .build()
                .chat(SystemMessage.from("Be brief."), UserMessage.from("Hi"));

        SimulatedRequest request = deepSeek.lastRequest();
        assertThat(request.body().toString()).isEqualTo("""
                        {"model":"deepseek-flash",\
                        "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],\
                        "stream":true,"stream_options":{"include_usage":true},\
                        "max_tokens":1000,"stop":["END"],"user_id":"user-1",\
                        "thinking":{"type":"enabled"},"reasoning_effort":"high","service_tier":"flex"}""");
        assertThat(request.headers()).containsEntry("x-tenant", "one").containsEntry("accept", "text/event-stream");
    }

    @Test
    void should_turn_thinking_off_and_on_again_by_request() {
        deepSeek.respond(
                Answer.thinking("a").thenText("1"), Answer.thinking("b").thenText("2"));
        DeepSeekChatModel model = model().thinking(false).build();

        String off = model.chat(UserMessage.from("Hi")).aiMessage().thinking();
        String on = model.chat(ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .parameters(DeepSeekChatRequestParameters.builder()
                                .thinking(ThinkingMode.MODEL_DEFAULT)
                                .build())
                        .build())
                .aiMessage()
                .thinking();

        assertThat(off).isNull();
        assertThat(on).isEqualTo("b");
    }

    @Test
    void should_take_effort_none_for_thinking_off() {
        deepSeek.respond(Answer.thinking("a").thenText("1"));

        ChatResponse response = model().reasoningEffort("none").build().chat(UserMessage.from("Hi"));

        assertThat(response.aiMessage().thinking()).isNull();
        assertThat(deepSeek.lastRequest().body().path("thinking").path("type").asText())
                .isEqualTo("disabled");
        assertThat(deepSeek.lastRequest().body().has("reasoning_effort")).isFalse();
    }

    @Test
    void should_complete_a_prefix_on_the_beta_root() {
        deepSeek.respond(Answer.text(" are red"));

        ChatResponse response = model().thinking(false)
                .build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("Write a poem"), AiMessage.from("Roses"))
                        .parameters(DeepSeekChatRequestParameters.builder()
                                .prefix(true)
                                .build())
                        .build());

        assertThat(response.aiMessage().text()).isEqualTo(" are red");
        assertThat(deepSeek.lastRequest().path()).isEqualTo("/beta/chat/completions");
        assertThat(deepSeek.lastRequest().lastMessage().path("prefix").asBoolean())
                .isTrue();
    }

    @Test
    void should_return_logprobs_of_answer_and_reasoning() {
        deepSeek.respond(Answer.thinking("So").thenText("Yes no"));

        ChatResponse response = model().logprobs(true).topLogprobs(1).build().chat(UserMessage.from("Hi"));

        var logprobs = ((DeepSeekChatResponseMetadata) response.metadata()).logprobs();
        assertThat(logprobs.path("content")).hasSize(2);
        assertThat(logprobs.path("reasoning_content")).hasSize(1);
    }

    @Test
    void should_find_the_json_in_fences_and_prose() {
        deepSeek.respond(Answer.text("Here it is:\n```json\n{\"a\": {\"b\": 1}}\n```\nAnything else?"));

        ChatResponse response =
                model().responseFormat(ResponseFormat.JSON).build().chat(UserMessage.from("Give me anything"));

        assertThat(response.aiMessage().text()).isEqualTo("{\"a\": {\"b\": 1}}");
        assertThat(deepSeek.lastRequest()
                        .body()
                        .path("response_format")
                        .path("type")
                        .asText())
                .isEqualTo("json_object");
    }

    @Test
    void should_refuse_on_the_callers_thread_what_the_model_lacks() {
        DeepSeekChatModel r1 = model().modelName("deepseek-reasoner").build();

        assertThatThrownBy(() -> r1.chat(ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .responseFormat(ResponseFormat.JSON)
                        .build()))
                .isExactlyInstanceOf(UnsupportedFeatureException.class);
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_say_what_is_wrong_with_a_key_and_with_a_model() {
        DeepSeekChatModel wrongKey = model().apiKey("wrong-key").build();
        DeepSeekChatModel wrongModel = model().modelName("deepseek-r9").build();

        assertThatThrownBy(() -> wrongKey.chat("Hi"))
                .isExactlyInstanceOf(InvalidApiKeyException.class)
                .hasMessageContaining("Check the key")
                .hasMessageNotContaining("wrong-key");
        assertThatThrownBy(() -> wrongModel.chat("Hi"))
                .isExactlyInstanceOf(UnknownModelException.class)
                .hasMessageContaining("deepseek-r9");
    }

    @Test
    void should_show_the_callers_place_in_the_stack_trace() {
        DeepSeekChatModel wrongKey = model().apiKey("wrong-key").build();

        assertThatThrownBy(() -> wrongKey.chat("Hi"))
                .satisfies(error -> assertThat(error.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(DeepSeekChatModelTest.class.getName())));
    }

    @Test
    void should_stop_when_the_thread_is_interrupted() throws Exception {
        deepSeek.respond(Answer.thinking("a long thought ".repeat(1000))
                .thenText("never")
                .pause(Duration.ofMillis(20)));
        DeepSeekChatModel model = model().build();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                model.chat("Hi");
            } catch (RuntimeException e) {
                thrown.set(e);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        while (deepSeek.requests().isEmpty()) {
            Thread.sleep(5);
        }

        caller.interrupt();

        assertThat(flag.get()).isTrue();
        assertThat(thrown.get()).isExactlyInstanceOf(CallInterruptedException.class);
        while (!deepSeek.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
    }

    @Test
    void should_ask_for_what_is_missing_when_built() {
        DeepSeekChatModel.Builder keyless = DeepSeekChatModel.builder().modelName("deepseek-flash");
        DeepSeekChatModel.Builder noUrl = model().baseUrl("api.deepseek.com");

        assertThatThrownBy(keyless::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiKey");
        assertThatThrownBy(noUrl::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl");
        assertThatThrownBy(() -> DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .build()
                        .chat("Hi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("modelName");
    }

    @Test
    void should_list_models_and_tell_the_balance() {
        var catalog = DeepSeekModelCatalog.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .build();
        var account = DeepSeekAccount.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .build();

        assertThat(catalog.listModels())
                .extracting(model -> model.name() + " " + model.maxOutputTokens())
                .contains("deepseek-flash 393216", "deepseek-v4-pro 393216");
        assertThat(account.balance().available()).isTrue();
        assertThat(account.balance().amounts())
                .singleElement()
                .satisfies(amount -> assertThat(amount.toppedUp()).isEqualByComparingTo("100"));
    }
}
