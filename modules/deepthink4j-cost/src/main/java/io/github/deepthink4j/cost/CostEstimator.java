package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says before a request is sent what it will cost, by a price list and a count of tokens that asks nobody. Thread-safe. */
public final class CostEstimator {

    private static final String ASSUMPTION = "the tokens are estimated, and all of the call is at one moment";

    private final PriceList prices;
    private final ModelProfile profile;
    private final DeepSeekTokenCountEstimator tokens;

    private CostEstimator(PriceList prices, ModelProfile profile, DeepSeekTokenCountEstimator tokens) {
        this.prices = requireNonNull(prices, "prices");
        this.profile = requireNonNull(profile, "profile");
        this.tokens = requireNonNull(tokens, "tokens");
    }

    /**
     * An estimator for requests to one model.
     *
     * @param profile its rules, which say what {@code maxOutputTokens} bounds: on R1 the answer alone, beside a thought of 32,768 tokens at most
     */
    public static CostEstimator of(PriceList prices, ModelProfile profile) {
        return of(prices, profile, DeepSeekTokenCountEstimator.of(profile));
    }

    /**
     * As {@link #of(PriceList, ModelProfile)}.
     *
     * @param tokens counts the input; one that is among the model's listeners gets better with each answer
     */
    public static CostEstimator of(PriceList prices, ModelProfile profile, DeepSeekTokenCountEstimator tokens) {
        return new CostEstimator(prices, profile, tokens);
    }

    /**
     * What a request costs at the prices of a moment. An image of a model of DeepSeek's that sees images counts as the most that it can have,
     * {@value DeepSeekTokenCountEstimator#MOST_OF_IMAGE} tokens. Of what can't be counted, such as a sound or the image of another model, the
     * input is unknown; and so is the most that it costs where the server may read more than the request, by tools of its own.
     *
     * @param model of which the prices are, whatever the request names
     */
    public CostEstimate estimate(String model, ChatRequest request, Instant moment) {
        CountableParts parts = CountableParts.of(model, profile, request);
        Integer most = profile.whileThinking().mostOutputTokens(request.maxOutputTokens());
        int input = tokens.estimateTokenCountInRequest(request) + parts.lacking(tokens);
        CostEstimate all = estimate(model, input, most, moment);
        return new CostEstimate(
                all.inputTokens(),
                all.maxOutputTokens(),
                input(all.allCached(), parts),
                parts.readsMore()
                        ? input(all.noneCached(), parts).add(Cost.unknown("what the server's tools read is not known"))
                        : input(all.noneCached(), parts),
                all.longestAnswer());
    }

    private static Cost input(Cost cost, CountableParts parts) {
        if (!parts.uncountable().isEmpty()) {
            return Cost.unknown(
                    "how many tokens this model makes of it is not known: " + String.join(", ", parts.uncountable()));
        }
        return parts.images() == 0
                ? cost
                : cost.assuming("each image is counted as " + DeepSeekTokenCountEstimator.MOST_OF_IMAGE
                        + " tokens, the most that it can have");
    }

    /**
     * As {@link #estimate(String, ChatRequest, Instant)}, of tokens that are known.
     *
     * @param maxOutputTokens the most that the answer may have, the thought included; {@code null} if nothing bounds it
     */
    public CostEstimate estimate(String model, int inputTokens, @Nullable Integer maxOutputTokens, Instant moment) {
        Cost longest = maxOutputTokens == null ? null : cost(model, 0, 0, maxOutputTokens, moment);
        return new CostEstimate(
                inputTokens,
                maxOutputTokens,
                cost(model, inputTokens, inputTokens, 0, moment),
                cost(model, inputTokens, 0, 0, moment),
                longest);
    }

    private Cost cost(String model, int input, int cached, int output, Instant moment) {
        DeepSeekTokenUsage usage = DeepSeekTokenUsage.builder()
                .inputTokenCount(input)
                .cacheHitTokenCount(cached)
                .outputTokenCount(output)
                .build();
        return prices.cost(model, usage, moment).assuming(ASSUMPTION);
    }
}
