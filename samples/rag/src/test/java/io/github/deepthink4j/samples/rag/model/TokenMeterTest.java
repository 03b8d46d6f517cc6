package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenMeterTest {

    private final TokenMeter meter = new TokenMeter(true);

    private void hears(TokenUsage usage) {
        meter.onResponse(new ChatModelResponseContext(
                ChatResponse.builder()
                        .aiMessage(AiMessage.from("Yes."))
                        .tokenUsage(usage)
                        .build(),
                ChatRequest.builder().messages(UserMessage.from("Well?")).build(),
                ModelProvider.OTHER,
                Map.of()));
    }

    private static DeepSeekTokenUsage usage(int in, int out, Integer thinking) {
        return DeepSeekTokenUsage.builder()
                .inputTokenCount(in)
                .outputTokenCount(out)
                .reasoningTokenCount(thinking)
                .build();
    }

    @Test
    void should_add_up_what_is_known() {
        assertThat(meter).hasToString("0 requests, 0 tokens in, 0 out, 0 of them thinking");

        hears(usage(10, 5, 2));
        assertThat(meter).hasToString("1 request, 10 tokens in, 5 out, 2 of them thinking");

        hears(usage(Integer.MAX_VALUE, 1, 0));
        assertThat(meter).hasToString("2 requests, 2147483657 tokens in, 6 out, 2 of them thinking");
    }

    @Test
    void should_take_no_unknown_usage_for_none() {
        hears(null);
        assertThat(meter).hasToString("1 request, tokens unknown");

        hears(usage(10, 5, null));
        assertThat(meter).hasToString("2 requests, at least 10 tokens in, at least 5 out, unknown of them thinking");

        hears(new TokenUsage(7, null));
        assertThat(meter).hasToString("3 requests, at least 17 tokens in, at least 5 out, unknown of them thinking");
    }

    @Test
    void should_say_nothing_of_thinking_where_there_is_none() {
        TokenMeter cheap = new TokenMeter(false);

        assertThat(cheap).hasToString("0 requests, 0 tokens in, 0 out");
    }
}
