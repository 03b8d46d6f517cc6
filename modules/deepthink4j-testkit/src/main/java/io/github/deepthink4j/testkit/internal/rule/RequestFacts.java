package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at.
 *
 * @param model    {@code null} if the generation does not serve it
 * @param messages those of the body
 * @param thinking whether the generation thinks the request over
 * @param beta     whether the request came to the beta root
 */
public record RequestFacts(
        Generation generation,
        @Nullable ServedModel model,
        JsonNode body,
        List<JsonNode> messages,
        boolean thinking,
        boolean beta) {

    /**
     * @param path that the request came to
     */
    public static RequestFacts of(Generation generation, JsonNode body, String path) {
        ServedModel model = ModelCatalog.of(generation).find(body.path("model").asText(""));
        boolean thinking = model != null && model.thinks(body, generation);
        return new RequestFacts(
                generation, model, body, RequestJson.messages(body), thinking, path.startsWith("/beta/"));
    }

    /** The same request where it is not the generation that says whether it is thought over. */
    public RequestFacts thinking(boolean decided) {
        return new RequestFacts(generation, model, body, messages, decided, beta);
    }

    boolean hasTools() {
        return !body.path("tools").isEmpty();
    }
}
