package io.github.deepthink4j.tck;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The turn in progress.
 *
 * @param text        what the user said
 * @param results     what tools have returned since
 * @param lastResult  the last result of the whole conversation; empty if there is none
 */
public record Turn(String text, List<String> results, String lastResult) {

    public static Turn of(SimulatedRequest request) {
        List<String> results = new ArrayList<>();
        String lastResult = "";
        for (JsonNode message : request.body().path("messages")) {
            switch (message.path("role").asText()) {
                case "user" -> {
                    // Pictures of a tool's result come in a user message of their own.
                    if (!message.path("content").isArray() || results.isEmpty()) {
                        results.clear();
                    }
                }
                case "tool" -> {
                    lastResult = message.path("content").asText();
                    results.add(lastResult);
                }
                default -> {}
            }
        }
        return new Turn(request.lastUserText(), results, lastResult);
    }
}
