package io.github.deepthink4j.model;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import io.github.deepthink4j.internal.request.FileReference;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that DeepSeek keeps for a key, to be spoken of in messages; it can't be downloaded again, neither as it was nor as it was read.
 *
 * @param id        under which it is kept, such as {@code file-api-0123}
 * @param fileName  as it was uploaded; {@code null} if the server does not say
 * @param bytes     its size; {@code null} if the server does not say, or says what can't be
 * @param purpose   in the server's word, see {@link FilePurpose}; {@code null} if the server does not say
 * @param createdAt when it came; {@code null} if the server does not say, or says what is no time
 * @param expiresAt until when it is kept; {@code null} if that is for good, or if the server says what is no time
 */
public record UploadedFile(
        String id,
        @Nullable String fileName,
        @Nullable Long bytes,
        @Nullable String purpose,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt) {

    /**
     * @throws IllegalArgumentException if the id is none: it has 1 to 200 letters, digits, {@code -}, {@code _} and {@code .}, and does not
     *                                  begin with a dot
     */
    public UploadedFile {
        FileReference.checked(id);
    }

    /**
     * For a user message, beside its text: an image, or, of a document, what LangChain4j calls a PDF. It holds the file's id as a url
     * ({@code deepseek-file:file-api-0123}), which memories and JSON keep, and models without {@code Feature.FILES} refuse before anything is sent.
     */
    public Content asContent() {
        return asContent(id, purpose == null || FilePurpose.USER_DATA.wireName().equals(purpose));
    }

    /**
     * The same for a file of which only the id is known.
     *
     * @param image whether it was uploaded as {@link FilePurpose#USER_DATA}
     * @throws IllegalArgumentException if the id is none
     */
    public static Content asContent(String id, boolean image) {
        URI url = FileReference.url(id);
        return image ? ImageContent.from(url) : PdfFileContent.from(url);
    }
}
