package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.request.FileReference;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of files, part after part, with or without a thread that waits (docs/protocol.md, section 2.10). It ends whatever the
 * server says: each part must bring a file that was not there before, and the limit on a call holds for all parts together.
 */
final class FileListing {

    private static final int MOST_LISTED = 1000;

    /** Ten times what DeepSeek keeps for a key; a list that goes on behind them is taken for a fault. */
    static final int MOST_FILES = 100_000;

    /** Enough where a server gives ten files at a time, of as many as DeepSeek keeps. */
    static final int MOST_PARTS = 1000;

    private static final Set<String> YES = Set.of("true", "1", "1.0", "yes");
    private static final Set<String> NO = Set.of("false", "0", "0.0", "no");

    /** The year 3000, in seconds: what lies behind it is told in milliseconds, or is no time. */
    private static final long LAST_SECOND = 32_503_680_000L;

    private final ServiceCalls calls;
    private final long startNanos;

    /** By their ids: a file that comes again, since the list has moved meanwhile, is one file. */
    private final Map<String, UploadedFile> all = new LinkedHashMap<>();

    private final Set<String> cursors = new HashSet<>();
    /** The last file that was read, behind which the next part begins; {@code null} before the first one. */
    private @Nullable String cursor;

    private final AnswerFuture<List<UploadedFile>> answer = new AnswerFuture<>();

    FileListing(ServiceCalls calls) {
        this.calls = calls;
        this.startNanos = calls.scheduler().nanoTime();
    }

    List<UploadedFile> await() {
        while (add(calls.call(next()))) {
            continue;
        }
        return List.copyOf(all.values());
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
                answer.answered(List.copyOf(all.values()));
            }
        } catch (RuntimeException e) {
            // Closed meanwhile.
            answer.failed(e);
        }
    }

    private ServiceRequest<Listed> next() {
        String after = cursor == null ? "" : "&after=" + cursor;
        return calls.bare("GET", calls.endpoints().files("", "limit=" + MOST_LISTED + after), this::checked)
                .since(startNanos);
    }

    /** Whether there is more. */
    private boolean add(Listed part) {
        part.files().forEach(file -> all.putIfAbsent(file.id(), file));
        cursor = part.last();
        if (cursor != null) {
            cursors.add(cursor);
        }
        return part.hasMore();
    }

    /** That it has an end: nothing else is known of a server that says each time that it has more. */
    private Listed checked(JsonNode answer) throws JsonEndpoint.NotAnAnswer {
        Listed part = listed(answer);
        if (!part.hasMore()) {
            return part;
        }
        if (part.last() == null || cursors.contains(part.last())) {
            throw new JsonEndpoint.NotAnAnswer("it has more, and nothing to go on from");
        }
        if (part.files().stream().allMatch(file -> all.containsKey(file.id()))) {
            throw new JsonEndpoint.NotAnAnswer("it has more, and brings no file that was not there before");
        }
        if (cursors.size() + 1 >= MOST_PARTS || all.size() + part.files().size() > MOST_FILES) {
            throw new JsonEndpoint.NotAnAnswer(
                    "it goes on behind " + MOST_FILES + " files or " + MOST_PARTS + " parts");
        }
        return part;
    }

    /** What is known of the file of this id. */
    static UploadedFile file(JsonNode answer, String id) throws JsonEndpoint.NotAnAnswer {
        UploadedFile file = uploaded(answer);
        if (!file.id().equals(id)) {
            throw new JsonEndpoint.NotAnAnswer("it tells of another file, " + file.id());
        }
        return file;
    }

    /** The one file that an answer is about. */
    static UploadedFile uploaded(JsonNode answer) throws JsonEndpoint.NotAnAnswer {
        UploadedFile file = file(answer);
        if (answer.path("deleted").asBoolean()) {
            throw new JsonEndpoint.NotAnAnswer("it says that the file " + file.id() + " is deleted");
        }
        return file;
    }

    /** What is known of one file. */
    private static UploadedFile file(JsonNode file) throws JsonEndpoint.NotAnAnswer {
        String id = SideEndpoints.required(file, "id").asText();
        if (!FileReference.isId(id)) {
            // It could be asked for, sent and deleted by no call; whoever has uploaded it finds it by these words.
            throw new JsonEndpoint.NotAnAnswer(
                    id.isBlank()
                            ? "it holds a file without an id"
                            : "it holds a file whose id is none: " + HttpErrors.readable(id));
        }
        return new UploadedFile(
                id,
                text(file, "filename"),
                whole(file, "bytes"),
                text(file, "purpose"),
                moment(file, "created_at"),
                moment(file, "expires_at"));
    }

    private static @Nullable String text(JsonNode file, String field) {
        return file.hasNonNull(field) ? file.get(field).asText() : null;
    }

    private static @Nullable Long whole(JsonNode file, String field) {
        JsonNode value = file.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0
                ? Long.valueOf(value.asLong())
                : null;
    }

    /** What is no time is left out: the file is there, is billed, and must not be lost with its id. */
    private static @Nullable Instant moment(JsonNode file, String field) {
        JsonNode value = file.path(field);
        if (!value.isNumber() || !value.canConvertToLong()) {
            return null;
        }
        long time = value.asLong();
        if (time > LAST_SECOND) {
            return time / 1000 > LAST_SECOND ? null : Instant.ofEpochMilli(time);
        }
        return time < 0 ? null : Instant.ofEpochSecond(time);
    }

    /** As yes or no in any form that servers have for them: a first part that is taken for the whole misses files that are billed. */
    private static boolean hasMore(JsonNode more, int files) throws JsonEndpoint.NotAnAnswer {
        if (more.isMissingNode() || more.isNull()) {
            return files >= MOST_LISTED;
        }
        String said = more.isValueNode() ? more.asText().strip().toLowerCase(Locale.ROOT) : "";
        if (YES.contains(said)) {
            return true;
        }
        if (NO.contains(said)) {
            return false;
        }
        throw new JsonEndpoint.NotAnAnswer("its has_more is neither true nor false");
    }

    private record Listed(List<UploadedFile> files, boolean hasMore) {

        @Nullable
        String last() {
            return files.isEmpty() ? null : files.get(files.size() - 1).id();
        }
    }

    private static Listed listed(JsonNode answer) throws JsonEndpoint.NotAnAnswer {
        JsonNode data = answer.isArray() ? answer : SideEndpoints.required(answer, "data");
        if (!data.isArray()) {
            throw new JsonEndpoint.NotAnAnswer("its data is no list");
        }
        List<UploadedFile> files = new ArrayList<>();
        for (JsonNode file : data) {
            files.add(file(file));
        }
        return new Listed(files, hasMore(answer.path("has_more"), files.size()));
    }
}
