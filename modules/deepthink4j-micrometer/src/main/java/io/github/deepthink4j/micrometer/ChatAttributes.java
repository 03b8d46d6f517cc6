package io.github.deepthink4j.micrometer;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a span says of a call beside the tags of its meters: a string, a whole number, a number, a boolean or a list of strings for each
 * name. The names are those of OpenTelemetry's conventions for generative AI where they have one.
 */
final class ChatAttributes {

    private final Map<String, Object> attributes = new LinkedHashMap<>();

    private ChatAttributes() {}

    /** All that is known of a call that has ended. */
    static Map<String, Object> of(ChatObservationContext call) {
        ChatAttributes all = new ChatAttributes();
        all.request(call);
        ChatResponse response = call.response();
        if (response != null) {
            all.response(response.metadata());
        }
        Throwable error = call.failure();
        if (error instanceof DeepSeekError own) {
            all.put("http.response.status_code", own.httpStatus());
            all.word("deepthink4j.request.id", own.requestId());
        }
        all.usage(usage(call));
        all.cost(cost(call));
        Duration first = earlier(call.firstThought(), call.firstWord());
        if (Boolean.TRUE.equals(call.streams())) {
            all.put("gen_ai.response.time_to_first_chunk", seconds(first));
        }
        all.put("deepthink4j.first_thought", seconds(call.firstThought()));
        all.put("deepthink4j.first_word", seconds(call.firstWord()));
        all.put("deepthink4j.attempts", call.attempts() == 0 ? null : call.attempts());
        return all.attributes;
    }

    /** What it has cost; also of a call that has failed, as far as the server has said. */
    static @Nullable TokenUsage usage(ChatObservationContext call) {
        ChatResponse response = call.response();
        if (response != null) {
            return response.metadata().tokenUsage();
        }
        return call.failure() instanceof DeepSeekError own ? own.tokenUsage() : null;
    }

    /** What it has cost in money, failed attempts included; {@code null} where nobody says. */
    static @Nullable Cost cost(ChatObservationContext call) {
        Throwable failure = call.failure();
        Cost cost = failure == null ? null : cost(failure);
        return cost == null && usage(call) instanceof Priced priced ? priced.cost() : cost;
    }

    /** The error may be anybody's code. */
    static @Nullable Cost cost(Throwable failure) {
        try {
            return DeepSeekError.costOf(failure);
        } catch (Throwable e) {
            Guard.log(e);
            return null;
        }
    }

    private void cost(@Nullable Cost cost) {
        if (cost != null && cost.isKnown()) {
            put("deepthink4j.cost.amount", amount(cost.total()));
            put(
                    "deepthink4j.cost.currency",
                    cost.currency() == null ? null : cost.currency().getCurrencyCode());
            put("deepthink4j.cost.estimate", cost.isEstimate());
        }
    }

    private static @Nullable Double amount(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.doubleValue();
    }

    private void request(ChatObservationContext call) {
        ChatRequestParameters asked = call.request().parameters();
        put("gen_ai.request.stream", call.streams());
        put("gen_ai.request.temperature", asked.temperature());
        put("gen_ai.request.top_p", asked.topP());
        put("gen_ai.request.top_k", asked.topK());
        put("gen_ai.request.max_tokens", asked.maxOutputTokens());
        put("gen_ai.request.frequency_penalty", asked.frequencyPenalty());
        put("gen_ai.request.presence_penalty", asked.presencePenalty());
        List<String> stops = asked.stopSequences();
        put("gen_ai.request.stop_sequences", stops == null || stops.isEmpty() ? null : List.copyOf(stops));
        if (asked.responseFormat() != null) {
            put("gen_ai.output.type", asked.responseFormat().type() == ResponseFormatType.JSON ? "json" : "text");
        }
        if (asked instanceof DeepSeekChatRequestParameters own) {
            put("gen_ai.request.seed", own.seed());
            put("gen_ai.request.reasoning.level", own.reasoningEffort());
            put("deepthink4j.thinking", own.thinking() == null ? null : lower(own.thinking()));
        }
        put("deepthink4j.tool_round", toolRound(call.request().messages()));
    }

    /** How many rounds of tools this turn has had already: 0 for the question itself. */
    private static int toolRound(List<ChatMessage> messages) {
        int rounds = 0;
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage) {
                rounds = 0;
            } else if (message instanceof AiMessage said && said.hasToolExecutionRequests()) {
                rounds++;
            }
        }
        return rounds;
    }

    private void response(ChatResponseMetadata metadata) {
        word("gen_ai.response.id", metadata.id());
        FinishReason reason = metadata.finishReason();
        put("gen_ai.response.finish_reasons", reason == null ? null : List.of(finishReason(reason)));
        if (metadata instanceof DeepSeekChatResponseMetadata own) {
            word("deepthink4j.request.id", own.requestId());
            word("deepthink4j.response.system_fingerprint", own.systemFingerprint());
        }
    }

    static String finishReason(FinishReason reason) {
        return reason == FinishReason.TOOL_EXECUTION ? "tool_calls" : lower(reason);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void usage(@Nullable TokenUsage usage) {
        if (usage == null) {
            return;
        }
        put("gen_ai.usage.input_tokens", usage.inputTokenCount());
        put("gen_ai.usage.output_tokens", usage.outputTokenCount());
        if (usage instanceof DeepSeekTokenUsage own) {
            put("gen_ai.usage.reasoning.output_tokens", own.reasoningTokenCount());
            put("gen_ai.usage.cache_read.input_tokens", own.cacheHitTokenCount());
        }
    }

    private static @Nullable Duration earlier(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : time.toNanos() / 1e9;
    }

    /** Of the server's choice. */
    private void word(String name, @Nullable String value) {
        put(name, value == null ? null : Words.bounded(value));
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
