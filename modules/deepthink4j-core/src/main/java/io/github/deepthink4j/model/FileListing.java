package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads the list of files, part after part, with or without a thread that waits (docs/protocol.md, section 2.10). */
final class FileListing {

    private static final int MOST_LISTED = 1000;

    private final ServiceCalls calls;
    private final List<UploadedFile> all = new ArrayList<>();
    private final AnswerFuture<List<UploadedFile>> answer = new AnswerFuture<>();

    FileListing(ServiceCalls calls) {
        this.calls = calls;
    }

    List<UploadedFile> await() {
        while (add(calls.call(next()))) {
            continue;
        }
        return List.copyOf(all);
    }

    CompletableFuture<List<UploadedFile>> start() {
        goOn();
        return answer;
    }

    private void goOn() {
        CompletableFuture<Listed> part = calls.start(next());
        answer.stoppedBy(() -> part.cancel(true));
        part.whenComplete(this::came);
    }

    private void came(@Nullable Listed part, @Nullable Throwable error) {
        if (part == null) {
            answer.failed(error == null ? new IllegalStateException("nothing came") : AnswerFuture.unwrapped(error));
            return;
        }
        try {
            if (add(part)) {
                goOn();
            } else {
                answer.answered(List.copyOf(all));
            }
        } catch (RuntimeException e) {
            // Closed meanwhile.
            answer.failed(e);
        }
    }

    private ServiceRequest<Listed> next() {
        String before = all.isEmpty() ? null : all.get(all.size() - 1).id();
        String after = before == null ? "" : "&after=" + before;
        return calls.bare(
                "GET", calls.endpoints().files("", "limit=" + MOST_LISTED + after), answer -> listed(answer, before));
    }

    /** Whether there is more. */
    private boolean add(Listed part) {
        all.addAll(part.files());
        return part.hasMore();
    }

    /** What is known of one file. */
    static UploadedFile file(JsonNode file) throws JsonEndpoint.NotAnAnswer {
        String id = SideEndpoints.required(file, "id").asText();
        if (id.isBlank()) {
            throw new JsonEndpoint.NotAnAnswer("it holds a file without an id");
        }
        return new UploadedFile(
                id,
                text(file, "filename"),
                file.path("bytes").isIntegralNumber()
                        ? (Long) file.path("bytes").asLong()
                        : null,
                text(file, "purpose"),
                moment(file, "created_at"),
                moment(file, "expires_at"));
    }

    private static @Nullable String text(JsonNode file, String field) {
        return file.hasNonNull(field) ? file.get(field).asText() : null;
    }

    private static @Nullable Instant moment(JsonNode file, String field) {
        return file.path(field).isNumber()
                ? Instant.ofEpochSecond(file.get(field).asLong())
                : null;
    }

    private record Listed(List<UploadedFile> files, boolean hasMore) {}

    private static Listed listed(JsonNode answer, @Nullable String before) throws JsonEndpoint.NotAnAnswer {
        JsonNode data = answer.isArray() ? answer : SideEndpoints.required(answer, "data");
        if (!data.isArray()) {
            throw new JsonEndpoint.NotAnAnswer("its data is no list");
        }
        List<UploadedFile> files = new ArrayList<>();
        for (JsonNode file : data) {
            files.add(file(file));
        }
        JsonNode more = answer.path("has_more");
        boolean hasMore = more.isBoolean() ? more.asBoolean() : files.size() >= MOST_LISTED;
        if (hasMore && (files.isEmpty() || files.get(files.size() - 1).id().equals(before))) {
            throw new JsonEndpoint.NotAnAnswer("it has more, and nothing to go on from");
        }
        return new Listed(files, hasMore);
    }
}
