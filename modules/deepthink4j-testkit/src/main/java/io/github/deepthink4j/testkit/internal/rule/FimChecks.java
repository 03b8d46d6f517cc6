package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Rule;
import org.jspecify.annotations.Nullable;

/** The rules of completion in the middle (docs/protocol.md, section 2.9). */
final class FimChecks {

    private static final int MAX_TOKENS = 4096;
    private static final int MAX_LOGPROBS = 20;

    private FimChecks() {}

    static @Nullable Refusal breach(Rule rule, RequestFacts facts) {
        return switch (rule) {
            case KNOWN_MODEL -> ParameterChecks.knownModel(facts);
            case CONTEXT_LENGTH -> ParameterChecks.contextLength(facts);
            case RANGES -> ParameterChecks.ranges(facts);
            case FIM_ON_BETA ->
                facts.beta()
                        ? null
                        : Refusal.invalid("completions api is only available when using beta api "
                                + "(set base_url=\"https://api.deepseek.com/beta\")");
            case FIM_MODEL -> model(facts);
            case FIM_PARAMETERS -> parameters(facts.body());
            default -> null;
        };
    }

    private static @Nullable Refusal model(RequestFacts facts) {
        ServedModel model = facts.model();
        return model != null && model.thinking() == ServedModel.Thinking.ALWAYS
                ? Refusal.invalid(model.name() + " does not support completions")
                : null;
    }

    private static @Nullable Refusal parameters(JsonNode body) {
        if (body.path("max_tokens").asInt(1) > MAX_TOKENS) {
            return Refusal.invalid(
                    "Invalid max_tokens value, the valid range of max_tokens is [1, " + MAX_TOKENS + "]");
        }
        int logprobs = body.path("logprobs").asInt(0);
        if (logprobs < 0 || logprobs > MAX_LOGPROBS) {
            return Refusal.invalid("Invalid logprobs value, the valid range of logprobs is [0, " + MAX_LOGPROBS + "]");
        }
        boolean echo = body.path("echo").asBoolean(false);
        if (echo && (body.hasNonNull("suffix") || body.hasNonNull("logprobs"))) {
            return Refusal.invalid("echo is not supported together with suffix or logprobs");
        }
        return null;
    }
}
