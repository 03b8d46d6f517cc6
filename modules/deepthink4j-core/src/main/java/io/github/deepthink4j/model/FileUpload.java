package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.internal.http.MultipartForm;
import io.github.deepthink4j.internal.value.Blank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way: on disk or in memory.
 *
 * @param path  {@code null} if it is in memory
 * @param bytes {@code null} if it is on disk
 */
record FileUpload(String name, @Nullable Path path, byte @Nullable [] bytes, long size) {

    static final int MIB = 1 << 20;

    /** What DeepSeek takes of each kind (docs/protocol.md, section 2.10). */
    static final int LARGEST_IMAGE = 64 * MIB;

    static final int LARGEST_DOCUMENT = 100 * MIB;
    static final int LARGEST_TEXT = 32 * MIB;

    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "webp");
    private static final Set<String> TEXTS =
            Set.of("txt", "md", "csv", "tsv", "json", "html", "htm", "xml", "xls", "xlsx", "epub", "mobi", "azw3");

    /**
     * A file on disk, which is read while it is sent.
     *
     * @throws UncheckedIOException if it can't be read
     */
    static FileUpload of(Path path) {
        Path name = requireNonNull(path, "file").getFileName();
        if (name == null || !Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new InvalidRequestException("There is no file to be read at " + path + ".");
        }
        try {
            return new FileUpload(name.toString(), path, null, Files.size(path));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " can't be read", e);
        }
    }

    /**
     * A file in memory.
     *
     * @param bytes not copied, not to be changed while the call runs
     */
    static FileUpload of(String name, byte[] bytes) {
        if (Blank.is(requireNonNull(name, "fileName"))) {
            throw new InvalidRequestException("A file needs a name.");
        }
        return new FileUpload(name, null, requireNonNull(bytes, "bytes"), bytes.length);
    }

    /**
     * The same, if it is not too large.
     *
     * @param most in bytes
     * @throws InvalidRequestException if it is, or if it is empty
     */
    FileUpload checked(int most) {
        if (size == 0) {
            throw new InvalidRequestException("The file " + name + " is empty.");
        }
        if (size > most) {
            throw new InvalidRequestException("The file " + name + " has " + size + " bytes, and DeepSeek takes "
                    + most / MIB + " MiB at most of its kind.");
        }
        return this;
    }

    /** By its name; what it really is the server sees. */
    int largest(FilePurpose purpose) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (purpose == FilePurpose.USER_DATA || IMAGES.contains(ending)) {
            return LARGEST_IMAGE;
        }
        return TEXTS.contains(ending) ? LARGEST_TEXT : LARGEST_DOCUMENT;
    }

    MultipartForm form(Map<String, String> fields) {
        return path == null
                ? MultipartForm.of(fields, name, bytes == null ? new byte[0] : bytes)
                : MultipartForm.of(fields, name, path, size);
    }
}
