package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.invalid;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Findings about the schemas of strict functions on DeepSeek's own API; other hosts have rules of their own. */
final class StrictRules {

    private StrictRules() {}

    static Optional<Finding> check(ModelProfile profile, RequestDraft draft, ModeRules rules) {
        boolean held = draft.strictTools()
                && rules.features().contains(Feature.STRICT_TOOLS)
                && profile.dialect().deepSeekApi();
        if (!held) {
            return Optional.empty();
        }
        List<String> breaches = new ArrayList<>();
        for (ToolSpecification tool : draft.tools()) {
            breaches.addAll(SchemaJson.breaches(tool));
        }
        // All functions of a request are strict, or none is.
        return breaches.isEmpty()
                ? Optional.empty()
                : Optional.of(invalid(
                        "strict functions can't have such schemas: " + String.join("; ", breaches)
                                + ". Change them, or leave strictTools out",
                        it -> it.withStrictTools(false)));
    }
}
