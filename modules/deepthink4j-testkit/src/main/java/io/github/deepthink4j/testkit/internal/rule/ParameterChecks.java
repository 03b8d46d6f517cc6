package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about everything but the messages (docs/protocol.md, sections 1.2, 1.4, 2.2 and 5). */
final class ParameterChecks {

    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MAX_TOOLS = 128;
    private static final int MAX_STOPS = 16;

    private ParameterChecks() {}

    static @Nullable Refusal knownModel(RequestFacts facts) {
        return facts.model() == null ? Refusal.invalid("Model Not Exist") : null;
    }

    static @Nullable Refusal thinkingIsObject(RequestFacts facts) {
        JsonNode thinking = facts.body().path("thinking");
        boolean fine = thinking.isMissingNode() || thinking.isNull() || thinking.isObject();
        return fine ? null : Refusal.unprocessable("thinking: invalid type: expected struct ThinkingOptions");
    }

    static @Nullable Refusal toolsSupported(RequestFacts facts) {
        boolean unsupported = facts.thinking() && facts.generation().isBefore(Generation.V3_2);
        return unsupported && facts.hasTools()
                ? Refusal.invalid("deepseek-reasoner does not support Function Calling")
                : null;
    }

    static @Nullable Refusal toolLimits(RequestFacts facts) {
        JsonNode tools = facts.body().path("tools");
        if (tools.size() > MAX_TOOLS) {
            return Refusal.invalid("Invalid 'tools': array too long. Expected an array with maximum length 128");
        }
        for (int i = 0; i < tools.size(); i++) {
            String name = tools.get(i).path("function").path("name").asText("");
            if (!TOOL_NAME.matcher(name).matches()) {
                return Refusal.invalid("Invalid 'tools[" + i
                        + "].function.name': string does not match pattern. Expected a string that matches the pattern"
                        + " '^[a-zA-Z0-9_-]+$'.");
            }
        }
        return null;
    }

    static @Nullable Refusal strictOnBeta(RequestFacts facts) {
        for (JsonNode tool : facts.body().path("tools")) {
            if (tool.path("function").path("strict").asBoolean(false) && !facts.beta()) {
                return Refusal.invalid("strict mode is only available when using beta api"
                        + " (set base_url=\"https://api.deepseek.com/beta\")");
            }
        }
        return null;
    }

    static @Nullable Refusal toolChoice(RequestFacts facts) {
        JsonNode choice = facts.body().path("tool_choice");
        boolean forced = choice.isObject() || choice.asText("").equals("required");
        if (!forced || !facts.thinking()) {
            return null;
        }
        return Refusal.invalid(
                facts.generation().isBefore(Generation.V4)
                        ? "deepseek-reasoner does not support this tool_choice"
                        : "Thinking mode does not support this tool_choice");
    }

    static @Nullable Refusal responseFormat(RequestFacts facts) {
        String type = facts.body().path("response_format").path("type").asText("text");
        boolean of2025 = facts.generation().isBefore(Generation.V4);
        return switch (type) {
            case "text" -> null;
            case "json_object" ->
                facts.thinking() && facts.generation() == Generation.R1
                        ? Refusal.invalid("deepseek-reasoner does not support Json Output")
                        : null;
            case "json_schema" ->
                of2025
                        ? Refusal.unprocessable("response_format.type `json_schema` is unavailable now")
                        : Refusal.invalid("This response_format type is unavailable now");
            default -> Refusal.unprocessable("response_format.type: unknown variant `" + type + "`");
        };
    }

    static @Nullable Refusal wordJson(RequestFacts facts) {
        boolean jsonMode =
                facts.body().path("response_format").path("type").asText("").equals("json_object");
        boolean said = facts.messages().stream()
                .anyMatch(message ->
                        RequestJson.text(message).toLowerCase(Locale.ROOT).contains("json"));
        return jsonMode && !said
                ? Refusal.invalid("Prompt must contain the word 'json' in some form to use 'response_format' of type"
                        + " 'json_object'.")
                : null;
    }

    static @Nullable Refusal logprobs(RequestFacts facts) {
        boolean wanted = facts.body().path("logprobs").asBoolean(false);
        boolean top = facts.body().hasNonNull("top_logprobs");
        if ((wanted || top) && facts.thinking() && facts.generation().isBefore(Generation.V4)) {
            return Refusal.invalid("deepseek-reasoner does not support logprobs or top_logprobs");
        }
        if (top && !wanted) {
            return Refusal.invalid("Invalid top_logprobs value, logprobs must be set to true when using top_logprobs");
        }
        int count = facts.body().path("top_logprobs").asInt(0);
        return count < 0 || count > 20
                ? Refusal.invalid("Invalid top_logprobs value, the valid range of top_logprobs is [0, 20]")
                : null;
    }

    static @Nullable Refusal ranges(RequestFacts facts) {
        JsonNode body = facts.body();
        int max = ModelCatalog.of(facts.generation()).maxTokens(facts.thinking());
        if (outside(body.path("max_tokens"), 1, max)) {
            return Refusal.invalid("Invalid max_tokens value, the valid range of max_tokens is [1, " + max + "]");
        }
        if (outside(body.path("temperature"), 0, 2)) {
            return Refusal.invalid("Invalid temperature value, the valid range of temperature is [0, 2.0]");
        }
        if (outside(body.path("top_p"), 0, 1)) {
            return Refusal.invalid("Invalid top_p value, the valid range of top_p is (0, 1.0]");
        }
        if (body.hasNonNull("n") && body.path("n").asInt(1) != 1) {
            return Refusal.invalid("Invalid n value (currently only n = 1 is supported)");
        }
        if (body.path("stop").size() > MAX_STOPS) {
            return Refusal.invalid("Invalid stop value, at most 16 stop sequences are supported");
        }
        return null;
    }

    private static boolean outside(JsonNode value, double from, double to) {
        return value.isNumber() && (value.asDouble() < from || value.asDouble() > to);
    }

    /** V4-Pro takes images, sees nothing and invents an answer (docs/protocol.md, section 2.10); so does the simulator. */
    static @Nullable Refusal images(RequestFacts facts) {
        ServedModel model = facts.model();
        boolean taken = model == null || model.images() || model.name().equals("deepseek-v4-pro");
        return !taken && facts.messages().stream().anyMatch(RequestJson::hasImage)
                ? Refusal.invalid("Model do not support image input")
                : null;
    }
}
