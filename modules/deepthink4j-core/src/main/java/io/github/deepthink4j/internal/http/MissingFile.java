package io.github.deepthink4j.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which uploaded file a 404 is about, where it is about one and not about the model. */
final class MissingFile {

    private static final Pattern IN_WORDS = Pattern.compile("\\bfile-[A-Za-z0-9_-]{4,100}");

    private MissingFile() {}

    /** {@code null} if the server speaks of no file. */
    static @Nullable String id(@Nullable String words) {
        Matcher named = words == null ? null : IN_WORDS.matcher(words);
        return named != null && named.find() ? named.group() : null;
    }
}
