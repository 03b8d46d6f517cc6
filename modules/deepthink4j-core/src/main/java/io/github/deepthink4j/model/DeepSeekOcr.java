package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.internal.http.OnceOnly;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The text of a PDF, Word or PowerPoint document or of an image, page by page: {@code POST /v1/tools/ocr} (docs/protocol.md, section
 * 2.12). Nothing is kept there. Pages are billed, failures are not.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class DeepSeekOcr implements AutoCloseable {

    private static final OnceOnly ONCE = new OnceOnly(
            "Its pages may have been read and billed all the same, and sent again they are billed again.",
            "parseTimeout");

    private final ServiceCalls calls;
    private final FilePurpose purpose;
    private final Duration parseTimeout;

    private DeepSeekOcr(Builder builder) {
        this.purpose = builder.purpose;
        this.parseTimeout = builder.parseTimeout;
        this.calls = builder.calls(DeepSeekOcr.class);
    }

    /**
     * Reads a file, and waits for its pages; an interrupt closes the connection. The file is not copied into memory, but by HTTP clients
     * of LangChain4j's SPI. Whether each page is whole says {@link OcrResult#incompletePages()}.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}: a page that is missing or has failed makes the whole a
     * {@code MalformedAnswerException}, whose {@code partialMessage()} has the text of those that came, and {@code cost()} what they cost.
     *
     * @throws InvalidRequestException if there is no such file, or if it is empty or larger than 100 MiB; before anything is sent
     */
    public OcrResult recognize(Path file) {
        return calls.call(request(FileUpload.of(file)));
    }

    /**
     * Reads what is in memory.
     *
     * @param fileName any; of which kind it is the server sees by its content
     * @param bytes    not copied, not to be changed while the call runs
     */
    public OcrResult recognize(String fileName, byte[] bytes) {
        return calls.call(request(FileUpload.of(fileName, bytes)));
    }

    /**
     * As {@link #recognize(Path)}, without a thread that waits. What is wrong with the file is thrown here, all else is told by the
     * future, whose cancel closes the connection; the pages may be billed even so.
     */
    public CompletableFuture<OcrResult> recognizeAsync(Path file) {
        return calls.start(request(FileUpload.of(file)));
    }

    /** As {@link #recognizeAsync(Path)}, of what is in memory. */
    public CompletableFuture<OcrResult> recognizeAsync(String fileName, byte[] bytes) {
        return calls.start(request(FileUpload.of(fileName, bytes)));
    }

    private ServiceRequest<OcrResult> request(FileUpload file) {
        URI uri = calls.endpoints().tool("ocr");
        return calls.form(
                        uri,
                        file.checked(FileUpload.LARGEST_DOCUMENT).form(Map.of("purpose", purpose.wireName())),
                        ONCE,
                        answer -> OcrAnswer.read(answer, pages -> calls.prices().ofService(uri, "ocr", pages)))
                .silentFor(parseTimeout);
    }

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        calls.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekOcr}. */
    public static final class Builder extends DeepSeekServiceBuilder<Builder> {

        private FilePurpose purpose = FilePurpose.TEXT_RECOGNITION;
        private Duration parseTimeout = Duration.ofMinutes(10);

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * How to read: with {@link FilePurpose#TEXT_RECOGNITION}, the default, the text of Word and PowerPoint files without images is
         * taken as it is; with {@link FilePurpose#RICH_LAYOUT_RECOGNITION} every file is recognized page by page.
         *
         * @throws IllegalArgumentException if it is for images in messages
         */
        public Builder purpose(FilePurpose purpose) {
            if (purpose == FilePurpose.USER_DATA) {
                throw new IllegalArgumentException("USER_DATA is for DeepSeekFiles: OCR takes one of the recognitions");
            }
            this.purpose = requireNonNull(purpose, "purpose");
            return this;
        }

        /**
         * How long the server may send nothing, sending included, in place of {@code Timeouts.firstByte} and {@code Timeouts.idle};
         * {@code Timeouts.total} holds as ever. 10 minutes by default; DeepSeek has
         * a limit of 180 seconds of its own.
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
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekOcr build() {
            return new DeepSeekOcr(this);
        }
    }
}
