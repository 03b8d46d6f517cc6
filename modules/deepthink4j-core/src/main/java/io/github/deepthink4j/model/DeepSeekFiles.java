package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.internal.http.OnceOnly;
import io.github.deepthink4j.internal.request.FileReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The files that DeepSeek keeps for a key: upload, list, look up, delete (docs/protocol.md, section 2.10). What is uploaded is read there
 * at once, for the messages of {@code deepseek-flash}: {@link UploadedFile#asContent()}. For the text of a document there is
 * {@link DeepSeekOcr}.
 *
 * <p>An upload <b>sends nothing until the file has been read</b>, and is billed by pages even if the caller has gone meanwhile: then the
 * file is there all the same, and {@link #list()} shows it. So an upload that was lost on the way is not sent again by itself.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class DeepSeekFiles implements AutoCloseable {

    private static final long SHORTEST_LIFE = 3_600;
    private static final long LONGEST_LIFE = 2_592_000;

    private static final OnceOnly UPLOAD = new OnceOnly(
            "It may have been done and billed all the same: look into list() before you upload again.", "parseTimeout");

    private static final OnceOnly DELETION =
            new OnceOnly("It may have been done all the same: look into list() before you delete again.", null);

    private final ServiceCalls calls;
    private final Duration parseTimeout;
    private final @Nullable Duration expiresAfter;

    private DeepSeekFiles(Builder builder) {
        this.parseTimeout = builder.parseTimeout;
        this.expiresAfter = builder.expiresAfter;
        this.calls = builder.calls(DeepSeekFiles.class);
    }

    /**
     * Uploads a file, and waits until it has been read there; an interrupt closes the connection. The file is not copied into memory, but
     * by HTTP clients of LangChain4j's SPI.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}.
     *
     * @throws InvalidRequestException if there is no such file, or if it is empty or larger than DeepSeek takes (images 64 MiB, PDF, Word
     *                                 and PowerPoint 100 MiB, text, tables and e-books 32 MiB); before anything is sent
     */
    public UploadedFile upload(Path file, FilePurpose purpose) {
        return calls.call(request(FileUpload.of(file), purpose));
    }

    /**
     * Uploads what is in memory.
     *
     * @param fileName as it shall be called; its ending tells of which kind it is
     * @param bytes    not copied, not to be changed while the call runs
     */
    public UploadedFile upload(String fileName, byte[] bytes, FilePurpose purpose) {
        return calls.call(request(FileUpload.of(fileName, bytes), purpose));
    }

    /**
     * As {@link #upload(Path, FilePurpose)}, without a thread that waits. What is wrong with the file is thrown here, all else is told by
     * the future, whose cancel closes the connection; the upload may be billed even so.
     */
    public CompletableFuture<UploadedFile> uploadAsync(Path file, FilePurpose purpose) {
        return calls.start(request(FileUpload.of(file), purpose));
    }

    /** As {@link #uploadAsync(Path, FilePurpose)}, of what is in memory. */
    public CompletableFuture<UploadedFile> uploadAsync(String fileName, byte[] bytes, FilePurpose purpose) {
        return calls.start(request(FileUpload.of(fileName, bytes), purpose));
    }

    private ServiceRequest<UploadedFile> request(FileUpload file, FilePurpose purpose) {
        // The purpose stands before the file, or the server does not know what to do with what comes.
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("purpose", requireNonNull(purpose, "purpose").wireName());
        if (expiresAfter != null) {
            fields.put("expires_after[anchor]", "created_at");
            fields.put("expires_after[seconds]", String.valueOf(expiresAfter.toSeconds()));
        }
        return calls.form(
                        calls.endpoints().files("", ""),
                        file.checked(file.largest(purpose)).form(fields),
                        UPLOAD,
                        FileListing::uploaded)
                .silentFor(parseTimeout);
    }

    /** All files, in the server's order; asks for as many parts of the list as there are. */
    public List<UploadedFile> list() {
        return new FileListing(calls).await();
    }

    /** As {@link #list()}, without a thread that waits; a cancel stops the part that is asked for. */
    public CompletableFuture<List<UploadedFile>> listAsync() {
        return new FileListing(calls).start();
    }

    /** What there is, and what there is room for; asks for the whole list, since the API tells no quota by itself. */
    public Quota quota() {
        return quota(list());
    }

    /** As {@link #quota()}, without a thread that waits. A cancel stops nothing: whoever wants that takes {@link #listAsync()}. */
    public CompletableFuture<Quota> quotaAsync() {
        return listAsync().thenApply(DeepSeekFiles::quota);
    }

    private static Quota quota(List<UploadedFile> all) {
        long bytes = all.stream()
                .mapToLong(file -> file.bytes() == null ? 0 : file.bytes())
                .reduce(0, (sum, more) -> sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more);
        return new Quota(all.size(), bytes, Quota.MOST_FILES, Quota.MOST_BYTES);
    }

    /**
     * What is known of a file.
     *
     * <p>Throws {@code RequestRejectedException} if there is none under this id.
     */
    public UploadedFile get(String id) {
        return calls.call(look(id));
    }

    /** As {@link #get}, without a thread that waits. */
    public CompletableFuture<UploadedFile> getAsync(String id) {
        return calls.start(look(id));
    }

    private ServiceRequest<UploadedFile> look(String id) {
        return calls.bare("GET", one(id), answer -> FileListing.file(answer, id))
                .explained(error -> missing(error, id));
    }

    /**
     * Deletes a file; waits until that is done.
     *
     * <p>Throws {@code RequestRejectedException} if there is none under this id. What was lost on the way is not sent again by itself,
     * since it may have been done; nor is an answer that does not say that this file is deleted, which is a {@code MalformedAnswerException}.
     */
    public void delete(String id) {
        calls.call(deletion(id));
    }

    /** As {@link #delete}, without a thread that waits; tells the id. */
    public CompletableFuture<String> deleteAsync(String id) {
        return calls.start(deletion(id));
    }

    private ServiceRequest<String> deletion(String id) {
        return calls.bare("DELETE", one(id), answer -> deleted(answer, id))
                .explained(error -> missing(error, id))
                .once(DELETION);
    }

    private URI one(String id) {
        return calls.endpoints().files(FileReference.checked(id), "");
    }

    private static RuntimeException missing(RuntimeException error, String id) {
        return error instanceof UnknownModelException
                ? new RequestRejectedException(
                        ((DeepSeekError) error)
                                .details()
                                .describe(
                                        "There is no file " + id + " of this key.",
                                        "It may have been deleted, or have come to its end; or check the base url."),
                        ((DeepSeekError) error).details(),
                        error)
                : error;
    }

    private static String deleted(JsonNode answer, String id) throws JsonEndpoint.NotAnAnswer {
        if (!answer.path("deleted").isBoolean() || !answer.path("deleted").asBoolean()) {
            throw new JsonEndpoint.NotAnAnswer("it does not say that the file is deleted");
        }
        if (!SideEndpoints.required(answer, "id").asText().equals(id)) {
            throw new JsonEndpoint.NotAnAnswer("it tells of another file");
        }
        return id;
    }

    /**
     * How full the room of a key is.
     *
     * @param files    how many there are
     * @param bytes    how large they are together
     * @param maxFiles how many there may be
     * @param maxBytes how large they may be together
     */
    public record Quota(int files, long bytes, int maxFiles, long maxBytes) {

        private static final int MOST_FILES = 10_000;
        private static final long MOST_BYTES = 25L << 30;
    }

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        calls.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link DeepSeekFiles}. */
    public static final class Builder extends DeepSeekServiceBuilder<Builder> {

        private Duration parseTimeout = Duration.ofMinutes(10);
        private @Nullable Duration expiresAfter;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * How long an upload may take until the first byte comes back, sending and reading together, in place of {@code Timeouts.firstByte}
         * and {@code Timeouts.idle}: DeepSeek sends nothing while it reads, for 120 seconds and more. {@code Timeouts.total} holds as ever, the
         * half hour that it has by default and what is shorter than this. 10 minutes by default; proxies
         * on the way need as long.
         *
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder parseTimeout(Duration parseTimeout) {
            if (requireNonNull(parseTimeout, "parseTimeout").isZero() || parseTimeout.isNegative()) {
                throw new IllegalArgumentException("parseTimeout must be longer than zero");
            }
            this.parseTimeout = parseTimeout;
            return this;
        }

        /**
         * How long files are kept, from an hour to 30 days; {@code null}, as by default, keeps them until they are deleted.
         *
         * @throws IllegalArgumentException if it is shorter or longer
         */
        public Builder expiresAfter(@Nullable Duration expiresAfter) {
            long seconds = expiresAfter == null ? SHORTEST_LIFE : expiresAfter.toSeconds();
            if (seconds < SHORTEST_LIFE || seconds > LONGEST_LIFE) {
                throw new IllegalArgumentException("expiresAfter must be between an hour and 30 days");
            }
            this.expiresAfter = expiresAfter;
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekFiles build() {
            return new DeepSeekFiles(this);
        }
    }
}
