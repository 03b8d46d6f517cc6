package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.shape.Misfit;
import io.github.deepthink4j.testkit.internal.shape.RequestBody;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at.
 *
 * @param model    {@code null} if the generation does not serve it
 * @param messages those of the body
 * @param thinking whether the generation thinks the request over
 * @param beta     whether the request came to the beta root
 * @param fim      whether it asks for a completion in the middle
 * @param misfits  what the server's parser would not take, in the order of the body
 * @param context  the most tokens of a prompt and its completion together
 */
public record RequestFacts(
        Generation generation,
        @Nullable ServedModel model,
        JsonNode body,
        List<JsonNode> messages,
        boolean thinking,
        boolean beta,
        boolean fim,
        List<Misfit> misfits,
        int context) {

    /**
     * @param path that the request came to
     */
    public static RequestFacts of(Generation generation, RequestBody request, String path) {
        return of(generation, request, path, part -> false);
    }

    /**
     * @param path     that the request came to
     * @param answered whether a part of a content is one that an answer has had
     */
    public static RequestFacts of(
            Generation generation, RequestBody request, String path, Predicate<JsonNode> answered) {
        JsonNode body = request.object();
        ModelCatalog catalog = ModelCatalog.of(generation);
        ServedModel model = catalog.find(body.path("model").asText(""));
        boolean fim = isFim(path);
        boolean thinking = !fim && model != null && model.thinks(body, generation);
        // V4-Pro takes images, and no files (docs/protocol.md, section 2.10).
        boolean files = model == null || model.images() == ServedModel.Images.SEEN;
        boolean images = model == null || model.images() != ServedModel.Images.REFUSED;
        return new RequestFacts(
                generation,
                model,
                body,
                RequestJson.messages(body),
                thinking,
                path.startsWith("/beta/"),
                fim,
                fim
                        ? request.misfitsOfCompletion()
                        : request.misfits(generation, images, files, thinking && generation == Generation.R1, answered),
                catalog.context());
    }

    /** Whether a request to this path asks for a completion in the middle. */
    public static boolean isFim(String path) {
        return path.replaceFirst("\\?.*$", "")
                .replaceFirst("^/(beta|v1)(?=/)", "")
                .equals("/completions");
    }

    /** What is known of an answer that no request asks for. */
    public static RequestFacts without(JsonNode body, boolean thinking) {
        Generation newest = Generation.V4_1;
        int context = ModelCatalog.of(newest).context();
        return new RequestFacts(newest, null, body, List.of(), thinking, false, false, List.of(), context);
    }

    /** The same request where it is not the generation that says whether it is thought over. */
    public RequestFacts thinking(boolean decided) {
        return new RequestFacts(generation, model, body, messages, decided, beta, fim, misfits, context);
    }

    /** The same request to a model with another context. */
    public RequestFacts context(int tokens) {
        return new RequestFacts(generation, model, body, messages, thinking, beta, fim, misfits, tokens);
    }

    /** What the response calls the model. */
    public String servedAs() {
        if (model == null) {
            return body.path("model").asText("");
        }
        return model.isLeftToChat(body, generation) ? "deepseek-chat" : model.servedAs();
    }

    /** Whether the answer is audited after its last token (docs/protocol.md, section 2.12). */
    boolean isCheckedForSafety() {
        return generation == Generation.V4_1
                && body.path("safety_check").path("level").asText("").equals("high");
    }

    /** Whether it declares tools that the server runs itself. */
    boolean hasServerTools() {
        for (JsonNode tool : body.path("tools")) {
            if (!tool.has("function") && tool.hasNonNull("type")) {
                return true;
            }
        }
        return false;
    }

    boolean hasTools() {
        return !body.path("tools").isEmpty();
    }
}
