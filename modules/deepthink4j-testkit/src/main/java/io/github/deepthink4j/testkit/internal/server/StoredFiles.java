package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a key has, in the order of their coming. Thread-safe. */
public final class StoredFiles {

    /** Of one key (docs/protocol.md, section 2.10). */
    private static final int MOST_FILES = 10_000;

    private static final long MOST_BYTES = 25L << 30;

    private final Map<String, ObjectNode> files = new LinkedHashMap<>();
    private int number;
    private int mostFiles = MOST_FILES;
    private long mostBytes = MOST_BYTES;

    /** How much there is room for. */
    public synchronized void quota(int newMostFiles, long newMostBytes) {
        mostFiles = newMostFiles;
        mostBytes = newMostBytes;
    }

    /** The ids of those that are there. */
    public synchronized List<String> ids() {
        return List.copyOf(files.keySet());
    }

    synchronized boolean has(String id) {
        return files.containsKey(id);
    }

    /** A message that speaks of a file which is not there; the server's words were not seen. {@code null} if all are there. */
    @Nullable
    Refusal breach(List<JsonNode> messages) {
        for (JsonNode message : messages) {
            for (JsonNode part : message.path("content")) {
                JsonNode file = part.path("file");
                String id = file.path("file_id").asText("");
                if (part.path("type").asText("").equals("file") && !file.has("file_data") && !has(id)) {
                    return Refusal.invalid("No such File object: " + id);
                }
            }
        }
        return null;
    }

    /**
     * A file that is kept.
     *
     * @param lifeSeconds {@code null} for one that is kept for good
     * @return {@code null} if there is no room for it
     */
    synchronized @Nullable ObjectNode add(String name, long bytes, String purpose, @Nullable Long lifeSeconds) {
        long all = files.values().stream()
                .mapToLong(file -> file.path("bytes").asLong())
                .sum();
        if (files.size() >= mostFiles || all + bytes > mostBytes) {
            return null;
        }
        long now = 1_790_000_000L + number;
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("id", "file-api-%016x".formatted(++number)).put("object", "file");
        file.put("bytes", bytes).put("created_at", now);
        file.put("filename", name).put("purpose", purpose);
        if (lifeSeconds != null) {
            file.put("expires_at", now + lifeSeconds);
        }
        files.put(file.path("id").asText(), file);
        return file.deepCopy();
    }

    synchronized @Nullable JsonNode get(String id) {
        return files.get(id);
    }

    synchronized boolean remove(String id) {
        return files.remove(id) != null;
    }

    /**
     * A part of the list.
     *
     * @param after the id of the last one before it; {@code null} for the first part
     */
    synchronized ObjectNode list(@Nullable String after, int limit) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        List<String> ids = ids();
        int start = after == null ? 0 : ids.indexOf(after) + 1;
        int end = Math.min(ids.size(), start + limit);
        ids.subList(start, end).forEach(id -> list.withArray("data").add(files.get(id)));
        list.withArray("data");
        list.put("has_more", end < ids.size());
        return list;
    }

    public synchronized void clear() {
        files.clear();
        mostFiles = MOST_FILES;
        mostBytes = MOST_BYTES;
    }
}
