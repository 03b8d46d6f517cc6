package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import io.github.deepthink4j.testkit.rule.Generation;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about everything but the messages (docs/protocol.md, sections 1.2, 1.4, 2.2 and 5). */
final class ParameterChecks {

    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MAX_TOOLS = 128;
    private static final int MAX_STOPS = 16;
    private static final int MAX_USER_ID_BYTES = 512;

    private ParameterChecks() {}

    /** V4 and V4.1 name the models in their own ways (docs/protocol.md, section 12). */
    static @Nullable Refusal knownModel(RequestFacts facts) {
        if (facts.model() != null) {
            return null;
        }
        String asked = facts.body().path("model").asText("");
        return switch (facts.generation()) {
            case V4, V4_0731 -> unknownModel("deepseek-v4-pro or deepseek-v4-flash", asked);
            case V4_1 -> unknownModel("deepseek-flash, deepseek-v4-pro", asked);
            default -> Refusal.invalid("Model Not Exist");
        };
    }

    private static Refusal unknownModel(String known, String asked) {
        return Refusal.invalid("The supported API model names are " + known + ", but you passed " + asked + ".");
    }

    static @Nullable Refusal toolsSupported(RequestFacts facts) {
        ServedModel model = facts.model();
        if (model != null && model.isPro() && facts.hasServerTools()) {
            return Refusal.invalid(model.name() + " does not support server tools");
        }
        boolean unsupported = facts.thinking() && facts.generation().isBefore(Generation.V3_1);
        return unsupported && facts.hasTools()
                ? Refusal.invalid("deepseek-reasoner does not support Function Calling")
                : null;
    }

    static @Nullable Refusal toolLimits(RequestFacts facts) {
        JsonNode tools = facts.body().path("tools");
        if (tools.size() > MAX_TOOLS) {
            return Refusal.invalid("Invalid 'tools': array too long. Expected an array with maximum length 128");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            if (!tools.get(i).has("function")) {
                // One that the server runs itself.
                continue;
            }
            String name = tools.get(i).path("function").path("name").asText("");
            if (!names.add(name)) {
                return Refusal.invalid("Tool names must be unique.");
            }
            if (!TOOL_NAME.matcher(name).matches()) {
                return Refusal.invalid("Invalid 'tools[" + i
                        + "].function.name': string does not match pattern. Expected a string that matches the pattern"
                        + " '^[a-zA-Z0-9_-]+$'.");
            }
        }
        return null;
    }

    static @Nullable Refusal toolChoice(RequestFacts facts) {
        JsonNode choice = facts.body().path("tool_choice");
        boolean forced = choice.isObject() || choice.asText("").equals("required");
        if (!forced) {
            return null;
        }
        if (!facts.thinking()) {
            return facts.isCheckedForSafety()
                    ? Refusal.invalid("safety_check does not support this tool_choice")
                    : null;
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
            default -> null;
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
                ? Refusal.invalid("Invalid top_logprobs value, the valid range of top_logprobs is [0, 20].")
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
        if (outside(body.path("top_p"), Double.MIN_VALUE, 1)) {
            return Refusal.invalid("Invalid top_p value, the valid range of top_p is (0, 1.0]");
        }
        if (body.hasNonNull("n") && body.path("n").asInt(1) != 1) {
            return Refusal.invalid("Invalid n value (currently only n = 1 is supported)");
        }
        if (body.path("stop").size() > MAX_STOPS) {
            return Refusal.invalid("Invalid stop value, at most 16 stop sequences are supported");
        }
        String userId = body.path("user_id").asText("");
        if (!facts.generation().isBefore(Generation.V4)
                && userId.getBytes(StandardCharsets.UTF_8).length > MAX_USER_ID_BYTES) {
            return Refusal.invalid("Invalid user_id value, at most 512 bytes of UTF-8 are supported");
        }
        return null;
    }

    private static boolean outside(JsonNode value, double from, double to) {
        return value.isNumber() && (value.asDouble() < from || value.asDouble() > to);
    }

    /** As a whole prompt is counted only where it may be too long: no token is shorter than a character. */
    static @Nullable Refusal contextLength(RequestFacts facts) {
        int completion = facts.body().path("max_tokens").asInt(0);
        if (RequestJson.longestPrompt(facts.body()) + completion <= facts.context()) {
            return null;
        }
        String text = RequestJson.prompt(facts.body());
        if (text.length() + (long) completion <= facts.context()) {
            return null;
        }
        int prompt = SimpleTokenizer.count(text);
        long all = (long) prompt + completion;
        return all <= facts.context()
                ? null
                : Refusal.invalid("This model's maximum context length is " + facts.context()
                        + " tokens. However, you requested " + all + " tokens (" + prompt + " in the messages, "
                        + completion + " in the completion). Please reduce the length of the messages or completion.");
    }
}
