package io.github.deepthink4j.testkit.internal.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.recording.Equivalence;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the recorded response to a request. */
final class Replay {

    private final List<RecordedExchange> exchanges;
    private final Equivalence equivalence;
    private final Map<RecordedExchange, Integer> played = new HashMap<>();

    Replay(List<RecordedExchange> exchanges, Equivalence equivalence) {
        this.exchanges = List.copyOf(exchanges);
        this.equivalence = equivalence;
    }

    /** Of several that match, the one that was played the least: the same request again gets what it got then. */
    synchronized @Nullable RecordedExchange find(SimulatedRequest request) {
        RecordedExchange found = null;
        for (RecordedExchange exchange : exchanges) {
            boolean matches = differences(exchange, request).isEmpty();
            if (matches && (found == null || played(exchange) < played(found))) {
                found = exchange;
            }
        }
        if (found != null) {
            played.merge(found, 1, Integer::sum);
        }
        return found;
    }

    private int played(RecordedExchange exchange) {
        return played.getOrDefault(exchange, 0);
    }

    synchronized void rewind() {
        played.clear();
    }

    String nearest(SimulatedRequest request) {
        RecordedExchange nearest = exchanges.get(0);
        for (RecordedExchange exchange : exchanges) {
            if (differences(exchange, request).size()
                    < differences(nearest, request).size()) {
                nearest = exchange;
            }
        }
        return "The nearest of " + exchanges.size() + " recordings is " + nearest.name() + ":\n  "
                + String.join("\n  ", differences(nearest, request));
    }

    private List<String> differences(RecordedExchange exchange, SimulatedRequest request) {
        JsonNode body = request.body();
        return equivalence.differences(exchange.request(), request.method(), request.path(), body);
    }
}
