package io.github.deepthink4j.testkit.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Redacts an event stream. What one looks for is mostly spread over several pieces, so that the pieces of the thought, of the
 * text and of each call's arguments are joined first; the piece where a match begins then has the mark, and the rest of the
 * match is taken out of the pieces after it.
 */
final class StreamRedaction {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DATA = "data:";

    private final Redaction redaction;

    StreamRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /** A string within a chunk. */
    private record Piece(ObjectNode owner, String field) {

        String text() {
            return owner.path(field).asText();
        }
    }

    String apply(String events) {
        List<Supplier<String>> lines = new ArrayList<>();
        Map<String, List<Piece>> runs = new LinkedHashMap<>();
        for (String line : events.split("\n", -1)) {
            ObjectNode chunk = chunk(line);
            if (chunk == null) {
                lines.add(() -> redaction.apply(line));
            } else {
                JsonNode original = chunk.deepCopy();
                collect(chunk, runs);
                lines.add(() -> {
                    JsonNode redacted = redaction.apply(chunk);
                    return redacted.equals(original) ? line : DATA + " " + redacted;
                });
            }
        }
        runs.values().forEach(this::redact);
        return lines.stream().map(Supplier::get).collect(Collectors.joining("\n"));
    }

    /** {@code null} for a line that is no chunk. */
    private static @Nullable ObjectNode chunk(String line) {
        if (!line.startsWith(DATA)) {
            return null;
        }
        try {
            return MAPPER.readTree(line.substring(DATA.length())) instanceof ObjectNode chunk ? chunk : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void collect(ObjectNode chunk, Map<String, List<Piece>> runs) {
        int choice = 0;
        for (JsonNode one : chunk.path("choices")) {
            JsonNode delta = one.path("delta");
            collect(delta, "content", choice + "/content", runs);
            collect(delta, "reasoning_content", choice + "/reasoning_content", runs);
            for (JsonNode call : delta.path("tool_calls")) {
                collect(call.path("function"), "arguments", choice + "/" + call.path("index"), runs);
            }
            choice++;
        }
    }

    private static void collect(JsonNode owner, String field, String run, Map<String, List<Piece>> runs) {
        if (owner instanceof ObjectNode object && object.path(field).isTextual()) {
            runs.computeIfAbsent(run, name -> new ArrayList<>()).add(new Piece(object, field));
        }
    }

    private void redact(List<Piece> pieces) {
        for (Pattern pattern : redaction.patterns()) {
            StringBuilder all = new StringBuilder();
            pieces.forEach(piece -> all.append(piece.text()));
            Matcher matcher = pattern.matcher(all);
            List<int[]> matches = new ArrayList<>();
            while (matcher.find()) {
                matches.add(new int[] {matcher.start(), matcher.end()});
            }
            int start = 0;
            for (Piece piece : pieces) {
                String text = piece.text();
                piece.owner().put(piece.field(), without(text, start, matches));
                start += text.length();
            }
        }
    }

    /** The part of the whole text that begins at an offset, without the matches. */
    private static String without(String part, int offset, List<int[]> matches) {
        StringBuilder kept = new StringBuilder();
        int position = 0;
        for (int[] match : matches) {
            int from = Math.max(0, match[0] - offset);
            int to = Math.min(part.length(), match[1] - offset);
            if (from < part.length() && to > 0) {
                kept.append(part, position, from);
                kept.append(match[0] >= offset ? Redaction.MARK : "");
                position = to;
            }
        }
        return kept.append(part, position, part.length()).toString();
    }
}
