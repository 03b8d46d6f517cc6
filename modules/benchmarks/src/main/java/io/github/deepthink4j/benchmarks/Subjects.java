package io.github.deepthink4j.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;

/** The models that are compared, with the same limits as far as they have them. */
final class Subjects {

    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration TOTAL = Duration.ofSeconds(2);
    private static final String KEY = "sk-benchmark";
    private static final String MODEL = "deepseek-flash";
    private static final Timeouts TIMEOUTS =
            Timeouts.custom().firstByte(SILENCE).idle(SILENCE).total(TOTAL).build();
    private static final DecoderLimits LIMITS = DecoderLimits.custom()
            .maxEventBytes(1 << 20)
            .maxAnswerBytes(4 << 20)
            .build();

    private Subjects() {}

    static ChatModel ours(String url) {
        return ours(DeepSeekChatModel.builder(), url).build();
    }

    static StreamingChatModel oursStreaming(String url) {
        return ours(DeepSeekStreamingChatModel.builder(), url).build();
    }

    private static <B extends DeepSeekModelBuilder<B>> B ours(B builder, String url) {
        return builder.baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .timeouts(TIMEOUTS)
                .retryPolicy(RetryPolicy.NONE)
                .limits(LIMITS);
    }

    static ChatModel theirs(String url) {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .returnThinking(true)
                .timeout(SILENCE)
                .maxRetries(0)
                .build();
    }

    static StreamingChatModel theirsStreaming(String url) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .returnThinking(true)
                .timeout(SILENCE)
                .build();
    }
}
