package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a breach of one rule. */
@FunctionalInterface
interface RuleCheck {

    /** {@code null} if the request is within the rule. */
    @Nullable
    Refusal breach(Facts facts);

    /**
     * What the rules look at.
     *
     * @param model    {@code null} if the generation does not serve it
     * @param messages those of the body
     * @param beta     whether the request came to the beta root
     */
    record Facts(
            Generation generation,
            @Nullable ServedModel model,
            JsonNode body,
            List<JsonNode> messages,
            boolean thinking,
            boolean beta) {

        /**
         * @param path that the request came to
         */
        static Facts of(Generation generation, JsonNode body, String path) {
            ServedModel model = generation.model(body);
            boolean thinking = model != null && model.thinks(body, generation);
            return new Facts(generation, model, body, Messages.of(body), thinking, path.startsWith("/beta/"));
        }

        boolean hasTools() {
            return !body.path("tools").isEmpty();
        }
    }
}
