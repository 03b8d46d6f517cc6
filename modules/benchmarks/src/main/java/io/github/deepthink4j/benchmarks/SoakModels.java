package io.github.deepthink4j.benchmarks;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;

/** The models that all threads share, without retries, so that a good call that a bad one has harmed is seen. */
final class SoakModels implements AutoCloseable {

    /** Long enough for a good call on a busy machine. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration TOTAL = Duration.ofSeconds(30);

    private final String url;
    private final DeepSeekChatModel[] blocking = new DeepSeekChatModel[2];
    private final DeepSeekStreamingChatModel[] streaming = new DeepSeekStreamingChatModel[2];

    SoakModels(String url) {
        this.url = url;
        for (int i = 0; i < 2; i++) {
            blocking[i] = newBlocking(i == 1);
            streaming[i] =
                    configured(DeepSeekStreamingChatModel.builder(), i == 1).build();
        }
    }

    DeepSeekChatModel blocking(boolean spi) {
        return blocking[spi ? 1 : 0];
    }

    DeepSeekStreamingChatModel streaming(boolean spi) {
        return streaming[spi ? 1 : 0];
    }

    /** A tenant's own. */
    DeepSeekChatModel newBlocking(boolean spi) {
        return configured(DeepSeekChatModel.builder(), spi).build();
    }

    private <B extends DeepSeekModelBuilder<B>> B configured(B builder, boolean spi) {
        builder.baseUrl(url)
                .apiKey("sk-benchmark")
                .modelName("deepseek-flash")
                .timeouts(Timeouts.custom()
                        .firstByte(SILENCE)
                        .idle(SILENCE)
                        .total(TOTAL)
                        .build())
                .retryPolicy(RetryPolicy.NONE)
                .limits(DecoderLimits.custom()
                        .maxEventBytes(1 << 20)
                        .maxAnswerBytes(4 << 20)
                        .build());
        return spi ? builder.httpClientBuilder(JdkHttpClient.builder()) : builder;
    }

    @Override
    public void close() {
        for (int i = 0; i < 2; i++) {
            blocking[i].close();
            streaming[i].close();
        }
    }
}
