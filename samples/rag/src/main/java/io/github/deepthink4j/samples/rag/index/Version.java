package io.github.deepthink4j.samples.rag.index;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One version of a file in the index.
 *
 * @param hash     of its bytes
 * @param passages how many it was split into
 */
public record Version(String hash, int passages) {

    public Version {
        Objects.requireNonNull(hash, "hash");
    }

    /** What its passages carry; it depends on the file too, since two files may have the same bytes. */
    public static String id(String file, String hash) {
        return uuid(file + "\0" + hash);
    }

    /** The ids of its passages in the store. Always the same, so that what is added twice is there once. */
    public List<String> passageIds(String file) {
        String version = id(file, hash);
        return IntStream.range(0, passages)
                .mapToObj(i -> uuid(version + "\0" + i))
                .toList();
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
