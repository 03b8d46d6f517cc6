package io.github.deepthink4j.cost.budget;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a budget counts. */
interface Measure {

    /** DeepSeek's documented ratios are 0.3 tokens for a letter and 0.6 for a Chinese character, which has three bytes. */
    double TOKENS_PER_BYTE = 0.3;

    /**
     * The most that an attempt is expected to take, none of its input from the cache.
     *
     * @param whose for the error
     * @throws UnknownCostException if it is not known, and nobody has said what to count instead
     */
    BigDecimal estimate(CallFacts call, Instant now, Whose whose);

    /**
     * What it took; {@code null} if that is not known.
     *
     * @param modelName that has answered, perhaps another than was asked
     */
    @Nullable
    BigDecimal of(CallFacts call, String modelName, TokenUsage usage, Instant sent, Instant finished);

    /** An image has its most tokens, beside its bytes or its address. */
    private static long input(CallFacts call) {
        return (long) Math.ceil(call.bodyBytes() * TOKENS_PER_BYTE)
                + DeepSeekTokenCountEstimator.MOST_OF_IMAGE * images(call.request());
    }

    private static long images(ChatRequest request) {
        return request.messages().stream()
                .flatMap(message -> contents(message).stream())
                .filter(ImageContent.class::isInstance)
                .count();
    }

    private static List<Content> contents(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.contents();
        }
        return message instanceof ToolExecutionResultMessage result ? result.contents() : List.of();
    }

    /** With a thought that {@code max_tokens} does not count. */
    private static long output(CallFacts call, int assumed) {
        Integer most = call.mostOutput();
        return most == null ? Math.max(assumed, asked(call)) : most;
    }

    private static int asked(CallFacts call) {
        Integer asked = call.request().maxOutputTokens();
        return asked == null ? 0 : asked;
    }

    /** Input and output together. */
    record Tokens(int assumedOutput) implements Measure {

        @Override
        public BigDecimal estimate(CallFacts call, Instant now, Whose whose) {
            return BigDecimal.valueOf(input(call) + output(call, assumedOutput));
        }

        @Override
        public @Nullable BigDecimal of(
                CallFacts call, String modelName, TokenUsage usage, Instant sent, Instant finished) {
            Integer input = usage.inputTokenCount();
            Integer output = usage.outputTokenCount();
            if (input != null && output != null && (input | output) != 0) {
                return BigDecimal.valueOf(input.longValue() + output);
            }
            // Of one part alone LangChain4j makes a total as well.
            Integer total = input == null && output == null ? usage.totalTokenCount() : null;
            return total == null || total == 0 ? null : BigDecimal.valueOf(total);
        }
    }

    /**
     * By a price list.
     *
     * @param unknown what counts where there is no price; {@code null} to refuse
     */
    record Money(
            Currency currency,
            Pricing pricing,
            int assumedOutput,
            @Nullable BigDecimal unknown) implements Measure {

        @Override
        public BigDecimal estimate(CallFacts call, Instant now, Whose whose) {
            Cost cost = price(BilledCall.builder()
                    .endpoint(call.endpoint())
                    .modelName(call.modelName())
                    .inputTokens(input(call))
                    .cacheHitTokens(0L)
                    .outputTokens(output(call, assumedOutput))
                    .finished(now)
                    .build());
            BigDecimal total = total(cost);
            if (total != null) {
                return total;
            }
            if (unknown != null) {
                return unknown;
            }
            throw new UnknownCostException(
                    "What this call to " + call.modelName() + " will cost is not known ("
                            + (cost.isKnown()
                                    ? "it is not in " + currency.getCurrencyCode()
                                    : String.join("; ", cost.unknown()))
                            + "), so " + whose.words()
                            + " can't answer for it. Nothing was sent. Give the budget prices that"
                            + " know the model (pricing), or an amount to count instead (unknownCostsCountAs).",
                    whose);
        }

        @Override
        public @Nullable BigDecimal of(
                CallFacts call, String modelName, TokenUsage usage, Instant sent, Instant finished) {
            Integer input = usage.inputTokenCount();
            Integer output = usage.outputTokenCount();
            if (input == null || output == null || (input | output) == 0) {
                return null;
            }
            Integer hits = usage instanceof DeepSeekTokenUsage own ? own.cacheHitTokenCount() : null;
            Integer thought = usage instanceof DeepSeekTokenUsage own ? own.reasoningTokenCount() : null;
            return total(price(BilledCall.builder()
                    .endpoint(call.endpoint())
                    .modelName(modelName)
                    .reportedTokens(input, hits, output, thought)
                    .sent(sent)
                    .finished(finished)
                    .build()));
        }

        /** A price list that throws knows nothing. */
        private Cost price(BilledCall call) {
            try {
                return pricing.price(call);
            } catch (Throwable e) {
                return Cost.unknown("the price list has thrown " + e.getClass().getName());
            }
        }

        private @Nullable BigDecimal total(Cost cost) {
            BigDecimal total = currency.equals(cost.currency()) ? cost.total() : null;
            return total == null ? null : Amounts.counted(total);
        }
    }
}
