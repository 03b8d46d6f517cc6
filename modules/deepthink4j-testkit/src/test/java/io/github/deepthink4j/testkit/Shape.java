package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The shape of JSON: names in their order, types, and nulls; lists by their first element. */
final class Shape {

    private Shape() {}

    static String of(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.isEmpty() ? "[]" : "[" + of(node.get(0)) + "]";
        }
        return node.getNodeType().name();
    }

    /** The shapes of chunks, repetitions left out. */
    static List<String> sequence(List<JsonNode> chunks) {
        List<String> shapes = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            String shape = of(chunk);
            if (shapes.isEmpty() || !shapes.get(shapes.size() - 1).equals(shape)) {
                shapes.add(shape);
            }
        }
        return shapes;
    }
}
