package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What DeepSeek takes and ignores (docs/protocol.md, sections 1.4, 1.5 and 2.10). The server says nothing about it; the words
 * are the test kit's, and are sent only where the simulator is strict.
 */
final class IgnoredParameters {

    private static final List<String> FOREIGN_SWITCHES =
            List.of("enable_thinking", "chat_template_kwargs", "thinking_budget", "include_reasoning");
    private static final double LEAST_TOP_P = 0.95;

    private IgnoredParameters() {}

    static @Nullable Refusal temperature(RequestFacts facts) {
        return facts.thinking() && facts.body().hasNonNull("temperature")
                ? ignored("temperature has no effect while thinking")
                : null;
    }

    static @Nullable Refusal topP(RequestFacts facts) {
        JsonNode topP = facts.body().path("top_p");
        if (!topP.isNumber()) {
            return null;
        }
        boolean flash = facts.generation() == Generation.V4_1 && !isPro(facts);
        if (facts.thinking() && !flash) {
            return ignored("top_p has no effect while thinking");
        }
        if (facts.thinking() && topP.asDouble() < LEAST_TOP_P) {
            return ignored("top_p is raised to 0.95 while thinking, so that " + topP + " has no effect");
        }
        return flash && !facts.thinking() && topP.asDouble() != 1
                ? ignored("top_p is 1.0 while not thinking, so that " + topP + " has no effect")
                : null;
    }

    static @Nullable Refusal penalties(RequestFacts facts) {
        boolean never = facts.generation() == Generation.V4_1;
        if (!never && !facts.thinking()) {
            return null;
        }
        for (String penalty : List.of("presence_penalty", "frequency_penalty")) {
            if (facts.body().hasNonNull(penalty)) {
                return ignored(penalty + (never ? " has no effect any more" : " has no effect while thinking"));
            }
        }
        return null;
    }

    static @Nullable Refusal seed(RequestFacts facts) {
        return facts.body().hasNonNull("seed") ? ignored("seed has no effect") : null;
    }

    static @Nullable Refusal effort(RequestFacts facts) {
        String effort = facts.body().path("reasoning_effort").asText("");
        if (effort.isEmpty() || effort.equals("none")) {
            return null;
        }
        if (facts.generation().isBefore(Generation.V4)) {
            return ignored("reasoning_effort has no effect before V4");
        }
        return facts.thinking() ? null : ignored("reasoning_effort has no effect where thinking is off");
    }

    static @Nullable Refusal mappedEffort(RequestFacts facts) {
        String effort = facts.body().path("reasoning_effort").asText("");
        if (effort.isEmpty() || facts.generation().isBefore(Generation.V4)) {
            return null;
        }
        boolean off = effort.equals("none") && facts.generation() == Generation.V4_1;
        ServedModel model = facts.model();
        if (off || model == null || model.efforts(facts.generation()).contains(effort)) {
            return null;
        }
        return ignored("reasoning_effort \"" + effort + "\" is served as another: this model has "
                + String.join(
                        ", ",
                        model.efforts(facts.generation()).stream().sorted().toList()));
    }

    static @Nullable Refusal thinkingSwitch(RequestFacts facts) {
        for (String name : FOREIGN_SWITCHES) {
            if (facts.body().hasNonNull(name)) {
                return ignored(name + " has no effect here: DeepSeek's own API has thinking.type");
            }
        }
        String type = facts.body().path("thinking").path("type").asText("");
        boolean wanted = type.equals("enabled");
        boolean asWanted = type.isEmpty() || facts.model() == null || wanted == facts.thinking();
        return asWanted ? null : ignored("thinking has no effect on this model: its id decides");
    }

    static @Nullable Refusal images(RequestFacts facts) {
        ServedModel model = facts.model();
        if (model == null || model.images() != ServedModel.Images.TAKEN) {
            return null;
        }
        return facts.messages().stream().anyMatch(RequestJson::hasImage)
                ? ignored(model.name() + " takes images, does not see them and invents an answer")
                : null;
    }

    /** Three recorded requests of June 2026 passed; the documentation asks for the beta root (docs/protocol.md, section 2.4). */
    static @Nullable Refusal strictOffBeta(RequestFacts facts) {
        for (JsonNode tool : facts.body().path("tools")) {
            if (tool.path("function").path("strict").asBoolean(false) && !facts.beta()) {
                return ignored("strict functions are promised on the beta root only"
                        + " (set base_url=\"https://api.deepseek.com/beta\"): here the schema may not be kept to");
            }
        }
        return null;
    }

    static @Nullable Refusal thoughtLostToTools(RequestFacts facts) {
        ServedModel model = facts.model();
        return model != null && model.isLeftToChat(facts.body(), facts.generation())
                ? ignored("tools have " + model.name() + " answered by deepseek-chat, without a thought")
                : null;
    }

    private static boolean isPro(RequestFacts facts) {
        ServedModel model = facts.model();
        return model != null && model.isPro();
    }

    private static Refusal ignored(String message) {
        return Refusal.invalid(message);
    }
}
