package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** A model object tells by which rules it goes. */
class ProfileOfModelTest {

    @Test
    void should_tell_the_profile_of_its_model() {
        DeepSeekChatModel blocking = DeepSeekChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-reasoner")
                .build();
        DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-v4-pro")
                .build();

        assertThat(blocking.profile()).isEqualTo(ModelProfile.R1);
        assertThat(streaming.profile()).isEqualTo(ModelProfile.V4_PRO);
    }

    @Test
    void should_tell_the_profile_that_was_set_behind_the_host_that_was_set() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("http://localhost:8000/v1")
                .modelName("ours")
                .profile(ModelProfile.V3_2)
                .dialect(ReasoningDialect.VLLM)
                .build();

        assertThat(model.profile()).isEqualTo(ModelProfile.V3_2.on(ReasoningDialect.VLLM));
    }

    @ParameterizedTest
    @CsvSource({
        ", DeepSeek V4.1-Flash, DeepSeek",
        "https://api.deepseek.com/v1, DeepSeek V4.1-Flash, DeepSeek",
        "https://API.DeepSeek.com./beta, DeepSeek V4.1-Flash, DeepSeek",
        "http://localhost:8080, DeepSeek V4.1-Flash, DeepSeek",
        "http://127.0.0.1:8080/v1, DeepSeek V4.1-Flash, DeepSeek",
        "http://[::1]:8080/v1, DeepSeek V4.1-Flash, DeepSeek",
        "https://dashscope.aliyuncs.com/compatible-mode/v1, DeepSeek V4-Flash, other host",
        "https://api.deepseek.com.example.org, DeepSeek V4-Flash, other host",
        "https://notdeepseek.com, DeepSeek V4-Flash, other host"
    })
    void should_read_an_id_as_the_host_means_it(String baseUrl, String profile, String host) {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-v4-flash")
                .build();

        assertThat(model.profile().name()).isEqualTo(profile);
        assertThat(model.profile().dialect().name()).isEqualTo(host);
    }

    @Test
    void should_take_a_gateway_for_deepseek_where_its_user_says_so() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("https://gateway.example.com")
                .modelName("deepseek-v4-flash")
                .dialect(ReasoningDialect.DEEPSEEK)
                .build();

        assertThat(model.profile()).isEqualTo(ModelProfile.V4_1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com, deepseek-reasoner, 1",
        "https://api.deepseek.com/v1, DeepSeek-Chat, 1",
        "https://api.deepseek.com, deepseek-flash, 0",
        "https://api.deepseek.com, deepseek-v4-flash, 0",
        "https://api.deepseek.com, deepseek-ai/DeepSeek-R1, 0",
        "https://gateway.example.com, deepseek-reasoner, 0",
        "http://localhost:8080, deepseek-chat, 0"
    })
    void should_say_once_that_an_id_is_retired_where_it_goes_to_deepseek(String baseUrl, String modelName, int times) {
        Logger logger = mock(Logger.class);
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName(modelName)
                .parameterCheck(ParameterCheck.IGNORE)
                .httpClientBuilder(new Unreachable())
                .retryPolicy(RetryPolicy.NONE)
                .logger(logger)
                .build();

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(ConnectionFailedException.class);
        }

        verify(logger, times(times)).warn(contains("retired"));
    }

    /** Sends nothing. */
    private static final class Unreachable implements HttpClientBuilder, HttpClient {

        private Duration timeout = Duration.ofSeconds(1);

        @Override
        public Duration connectTimeout() {
            return timeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration connectTimeout) {
            timeout = connectTimeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return timeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration readTimeout) {
            timeout = readTimeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return this;
        }

        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            throw new IllegalStateException("sends nothing");
        }

        @Override
        public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
            throw new IllegalStateException("sends nothing");
        }
    }
}
