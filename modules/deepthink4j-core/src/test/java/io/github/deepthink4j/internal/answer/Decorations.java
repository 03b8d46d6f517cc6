package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a server may add to a stream without changing the answer: the rows of docs/tolerance.md, one place at a time. */
final class Decorations {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Changes a list of events, each without the blank line behind it. */
    interface Decoration {

        /**
         * @param place from 0 to the number of events; where this can't be decorated nothing is changed
         */
        void at(int place, List<String> events);
    }

    static final Map<String, Decoration> ALL = all();

    private Decorations() {}

    private static Map<String, Decoration> all() {
        Map<String, Decoration> all = new LinkedHashMap<>();
        for (String between : List.of(
                ": keep-alive",
                ":",
                "",
                "\n",
                "data:",
                "data: ",
                "data: \t ",
                "data",
                "data:\ndata:",
                "data: null",
                "data: []",
                "data: {}",
                "data: {\"choices\":[]}",
                "data: {\"choices\":null,\"usage\":null}",
                "data: {\"choices\":[null]}",
                "data: {\"choices\":[{}]}",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":null}]}",
                "data: {\"type\":\"ping\",\"id\":\"p\",\"created\":9}",
                "event: ping",
                "event: ping\ndata:",
                "event: ping\ndata: {}",
                "event: ping\ndata: {\"type\": \"ping\"}",
                "event: ping\ndata: ping",
                "event: heartbeat\ndata: 2026-11-28T09:00:00Z",
                "event:keepalive\ndata:1764320400",
                "event: open\ndata: \"connected\"",
                "event: tool.progress\ndata: {\"status\":\"running\",\"message\":\"searching\"}",
                "data: \"\"",
                "id: 7",
                "retry: 3000",
                "id: 7\nretry: 3000\n: all of it",
                "unknown: field")) {
            all.put("between events: " + between, (place, events) -> events.add(place, between));
        }
        for (String line : List.of(": in between", "id: 3", "retry: 10", "event: message", "event:", "event: chunk")) {
            all.put("before the data: " + line, ofEvent(event -> line + "\n" + event));
            all.put("behind the data: " + line, ofEvent(event -> event + "\n" + line));
        }
        all.put("no blank", ofEvent(event -> event.replaceFirst("^data: ", "data:")));
        all.put("blanks before", ofEvent(event -> event.replaceFirst("^data: ", "data: \t  ")));
        all.put("blanks behind", ofEvent(event -> event + " \t "));
        all.put("an indented line", ofEvent(event -> "  " + event));
        all.put("the field twice", ofEvent(event -> "data:" + event));
        all.put("a mark of UTF-8", ofEvent(event -> "\ufeff" + event));
        all.put("a further line without data", ofEvent(event -> event + "\ndata: "));
        all.put("no field", ofEvent(event -> ": relayed as it came\n" + event.substring("data: ".length())));
        for (String empty : List.of("null", "[]", "{}", "\"\"", "false", "0")) {
            all.put("usage " + empty, ofChunk(chunk -> putIfAbsent(chunk, "usage", empty)));
            all.put("error " + empty, ofChunk(chunk -> putIfAbsent(chunk, "error", empty)));
        }
        all.put("a null choice before", ofChunk(chunk -> list(chunk.get("choices"), 0, "null")));
        all.put("a null choice behind", ofChunk(chunk -> list(chunk.get("choices"), -1, "null")));
        all.put("an empty choice behind", ofChunk(chunk -> list(chunk.get("choices"), -1, "{}")));
        all.put("an empty list as choice", ofChunk(chunk -> list(chunk.get("choices"), -1, "[]")));
        for (String empty : List.of("null", "[]", "[null]", "[{}]", "[null,{\"index\":0,\"function\":null}]", "\"\"")) {
            all.put("tool calls " + empty, ofChunk(chunk -> putIfAbsent(delta(chunk), "tool_calls", empty)));
        }
        all.put("a null call before", ofChunk(chunk -> list(delta(chunk).get("tool_calls"), 0, "null")));
        all.put("a null call behind", ofChunk(chunk -> list(delta(chunk).get("tool_calls"), -1, "null")));
        all.put("an empty call behind", ofChunk(chunk -> list(delta(chunk).get("tool_calls"), -1, "{}")));
        all.put("fields that are null", ofChunk(chunk -> {
            for (String name : List.of("content", "role", "refusal", "audio", "function_call", "annotations")) {
                putIfAbsent(delta(chunk), name, "null");
            }
        }));
        all.put("texts that are empty", ofChunk(chunk -> putIfAbsent(delta(chunk), "content", "\"\"")));
        for (String none : List.of("null", "\"\"", "\"null\"", "\"None\"")) {
            all.put("no finish reason: " + none, ofChunk(chunk -> {
                if (choice(chunk).path("finish_reason").isNull()) {
                    put(choice(chunk), "finish_reason", none);
                }
            }));
        }
        otherWords()
                .forEach((word, others) -> others.forEach(other -> all.put(word + " as " + other, ofChunk(chunk -> {
                    if (choice(chunk).path("finish_reason").asText().equals(word)) {
                        choice(chunk).put("finish_reason", other);
                    }
                }))));
        for (String done : List.of("[DONE] ", " [DONE]", "\t[DONE]\t", "[done]", "\"[DONE]\"", "[DONE]\ndata:")) {
            all.put(
                    "the end as '" + done + "'",
                    ofEvent(event -> event.equals("data: [DONE]") ? "data: " + done : event));
        }
        return all;
    }

    static Map<String, List<String>> otherWords() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put(
                "stop",
                List.of(
                        "STOP",
                        "Stop",
                        "eos",
                        "EOS",
                        "eos_token",
                        "eosFound",
                        "end_turn",
                        "stop_sequence",
                        "STOP_SEQUENCE",
                        "COMPLETE",
                        "FINISH_REASON_STOP",
                        "FinishReason.STOP"));
        words.put("length", List.of("max_tokens", "MAX_TOKENS", "max_output_tokens", "LENGTH", "model_length"));
        words.put("tool_calls", List.of("tool_use", "TOOL_CALL", "function_call", "stop"));
        return words;
    }

    private static Decoration ofEvent(UnaryOperator<String> change) {
        return (place, events) -> {
            if (place < events.size() && events.get(place).startsWith("data: ")) {
                events.set(place, change.apply(events.get(place)));
            }
        };
    }

    private static Decoration ofChunk(Consumer<ObjectNode> change) {
        return ofEvent(event -> {
            String payload = event.substring("data: ".length());
            if (!payload.startsWith("{") || payload.contains("\n")) {
                return event;
            }
            ObjectNode chunk = (ObjectNode) read(payload);
            change.accept(chunk);
            return "data: " + chunk;
        });
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return chunk.path("choices").path(0) instanceof ObjectNode choice ? choice : JSON.objectNode();
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return choice(chunk).path("delta") instanceof ObjectNode delta ? delta : JSON.objectNode();
    }

    private static void putIfAbsent(ObjectNode object, String name, String json) {
        if (object.path(name).isMissingNode() || object.path(name).isNull()) {
            put(object, name, json);
        }
    }

    private static void put(ObjectNode object, String name, String json) {
        object.set(name, read(json));
    }

    /**
     * @param place -1 for the end
     */
    private static void list(JsonNode list, int place, String json) {
        if (list instanceof ArrayNode members) {
            members.insert(place < 0 ? members.size() : place, read(json));
        }
    }

    /** The events of a stream, without the blank lines. */
    static List<String> events(String body) {
        return new ArrayList<>(Arrays.asList(body.strip().split("\n\n")));
    }

    static String body(List<String> events) {
        return String.join("\n\n", events) + "\n\n";
    }

    static String decorated(String body, Decoration decoration, int place) {
        List<String> events = events(body);
        decoration.at(place, events);
        return body(events);
    }

    /** Several decorations at several places, and the line ends of any system. */
    static String decorated(String body, Random random) {
        List<String> events = events(body);
        List<Decoration> decorations = List.copyOf(ALL.values());
        for (int count = 1 + random.nextInt(10); count > 0; count--) {
            decorations.get(random.nextInt(decorations.size())).at(random.nextInt(events.size() + 1), events);
        }
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
        String[] ends = {"\n", "\r\n", "\r"};
        String end = ends[random.nextInt(ends.length)];
        boolean mixed = random.nextInt(4) == 0;
        for (String line : body(events).split("\n", -1)) {
            text.append(line).append(mixed ? ends[random.nextInt(2)] : end);
        }
        return text.toString();
    }
}
