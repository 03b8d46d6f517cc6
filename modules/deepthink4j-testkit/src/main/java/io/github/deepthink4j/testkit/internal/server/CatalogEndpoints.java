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

    private final Generation generation;
    private final ModelCatalog catalog;

    CatalogEndpoints(Generation generation) {
        this.generation = generation;
        this.catalog = ModelCatalog.of(generation);
    }

    /** {@code null} where there is nothing; a model that is not served is missing. */
    @Nullable
    JsonNode get(String endpoint) {
        if (endpoint.equals("/user/balance")) {
            return balance();
        }
        if (endpoint.equals("/models")) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            catalog.models().forEach(model -> list.withArray("data").add(description(model)));
            return list;
        }
        if (!endpoint.startsWith("/models/")) {
            return null;
        }
        ServedModel model = catalog.find(endpoint.substring(endpoint.lastIndexOf('/') + 1));
        return model == null ? JsonNodeFactory.instance.missingNode() : description(model);
    }

    private ObjectNode description(ServedModel model) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", model.name());
        entry.put("object", "model");
        entry.put("owned_by", "deepseek");
        if (generation == Generation.V4_1) {
            entry.put("name", model.name());
            entry.put("context_window", 1_048_576);
            entry.put("max_output_tokens", catalog.maxTokensThinking());
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
