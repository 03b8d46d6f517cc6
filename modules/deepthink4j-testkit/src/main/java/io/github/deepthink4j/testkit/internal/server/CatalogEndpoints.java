package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.rule.ModelCatalog;
import io.github.deepthink4j.testkit.internal.rule.ServedModel;
import io.github.deepthink4j.testkit.rule.Generation;
import org.jspecify.annotations.Nullable;

/** What is answered beside chats: the models that a generation serves, and a balance. */
final class CatalogEndpoints {

    private static final String BALANCE = "/user/balance";
    private static final String MODELS = "/models";

    private final Generation generation;
    private final ModelCatalog catalog;

    CatalogEndpoints(Generation generation) {
        this.generation = generation;
        this.catalog = ModelCatalog.of(generation);
    }

    /** Whether there is something to get. */
    boolean has(String endpoint) {
        return endpoint.equals(BALANCE) || endpoint.equals(MODELS) || endpoint.startsWith(MODELS + "/");
    }

    /** {@code null} for a model that is not served. */
    @Nullable
    JsonNode get(String endpoint) {
        if (endpoint.equals(BALANCE)) {
            return balance();
        }
        if (endpoint.equals(MODELS)) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            catalog.modelList().forEach(model -> list.withArray("data").add(description(model)));
            return list;
        }
        ServedModel model = catalog.find(endpoint.substring(MODELS.length() + 1));
        return model == null ? null : description(model);
    }

    /**
     * What late 2026 adds besides, {@code api_capabilities}, is left out: its shape is not known (docs/protocol.md, section 2.1).
     */
    private ObjectNode description(ServedModel model) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", model.name());
        entry.put("object", "model");
        entry.put("owned_by", "deepseek");
        if (generation == Generation.V4_1) {
            entry.put("name", model.name());
            entry.put("context_window", 1_048_576);
            entry.put("max_output_tokens", catalog.maxTokensThinking());
            entry.putArray("input_modalities").add("text");
            if (model.images() == ServedModel.Images.SEEN) {
                entry.withArray("input_modalities").add("image");
            }
            entry.putArray("output_modalities").add("text");
            ObjectNode effort = entry.putObject("effort");
            effort.putArray("supported_levels");
            model.efforts(generation).forEach(effort.withArray("supported_levels")::add);
            effort.put("default_level", "high");
        }
        return entry;
    }

    private static ObjectNode balance() {
        ObjectNode balance = JsonNodeFactory.instance.objectNode().put("is_available", true);
        balance.putArray("balance_infos")
                .addObject()
                .put("currency", "CNY")
                .put("total_balance", "110.00")
                .put("granted_balance", "10.00")
                .put("topped_up_balance", "100.00");
        return balance;
    }
}
