package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.catalog.ModelType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models that a key can use: {@code GET /models} (docs/protocol.md, section 2.1). */
public final class DeepSeekModelCatalog implements ModelCatalog, AutoCloseable {

    private final SideEndpoints side;

    private DeepSeekModelCatalog(Builder builder) {
        this.side = SideEndpoints.of(builder, DeepSeekModelCatalog.class);
    }

    /**
     * Asks the server. Names and limits beyond the id are there since late 2026, and on other hosts may never be.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}, such as {@code InvalidApiKeyException}.
     */
    @Override
    public List<ModelDescription> listModels() {
        return side.get(side.endpoints().models(), DeepSeekModelCatalog::read);
    }

    /** OpenAI's list; some hosts send it bare, or names alone, and Ollama sends {@code null} for an empty one. */
    private static List<ModelDescription> read(JsonNode answer) throws JsonEndpoint.NotAnAnswer {
        boolean emptyList = "list".equals(answer.path("object").asText())
                && answer.path("data").isNull();
        JsonNode list = answer.isArray() || emptyList ? answer : SideEndpoints.required(answer, "data");
        if (!list.isArray() && !emptyList) {
            throw new JsonEndpoint.NotAnAnswer("its data is no list");
        }
        List<ModelDescription> models = new ArrayList<>();
        for (JsonNode model : emptyList ? MissingNode.getInstance() : list) {
            String id = (model.isTextual() ? model : SideEndpoints.required(model, "id")).asText();
            if (id.isBlank()) {
                throw new JsonEndpoint.NotAnAnswer("it holds a model without an id");
            }
            Integer contextWindow = integer(model, "context_window");
            models.add(ModelDescription.builder()
                    .name(id)
                    .displayName(text(model, "name"))
                    .provider(ModelProvider.OTHER)
                    .type(ModelType.CHAT)
                    .owner(text(model, "owned_by"))
                    .maxInputTokens(contextWindow)
                    .maxOutputTokens(integer(model, "max_output_tokens"))
                    .build());
        }
        return models;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    private static @Nullable Integer integer(JsonNode node, String field) {
        return node.path(field).canConvertToInt() ? (Integer) node.get(field).asInt() : null;
    }

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        side.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekModelCatalog}. */
    public static final class Builder extends DeepSeekConnectionBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekModelCatalog build() {
            return new DeepSeekModelCatalog(this);
        }
    }
}
