package io.github.deepthink4j.internal.request;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file that the server keeps, within a message: a url of a scheme of our own, which every store keeps as it is. */
public final class FileReference {

    private static final String SCHEME = "deepseek-file";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private FileReference() {}

    /**
     * What stands for a file.
     *
     * @throws IllegalArgumentException if this is no id of a file
     */
    public static URI url(String id) {
        return URI.create(SCHEME + ":" + checked(id));
    }

    /** Whether it can be the id of a file: it goes into urls, and is one part of their path. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches() && !id.startsWith(".");
    }

    /**
     * The same id.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String checked(String id) {
        if (!isId(requireNonNull(id, "id"))) {
            throw new IllegalArgumentException(
                    "An id of a file has 1 to 200 letters, digits, -, _ and . alone, and does not begin with a dot, such as"
                            + " file-api-0123, but this is: " + id);
        }
        return id;
    }

    /** Whether a part of a message stands for a file that the server keeps. */
    public static boolean isOne(Content content) {
        return id(content) != null;
    }

    /**
     * The file that a part of a message stands for, perhaps no id at all: nothing of the url is left out or decoded, since what
     * remained could be another file's id.
     *
     * @return {@code null} if it stands for none
     */
    static @Nullable String id(Content content) {
        URI url = content instanceof ImageContent image
                ? image.image().url()
                : content instanceof PdfFileContent pdf ? pdf.pdfFile().url() : null;
        return url != null && SCHEME.equalsIgnoreCase(url.getScheme())
                ? url.toString().substring(SCHEME.length() + 1)
                : null;
    }
}
