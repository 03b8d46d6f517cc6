package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embeddings of a large file as far as they are made, one behind the other. A file is in the index when all of it is, which takes
 * minutes of a large one: whoever stops or kills an ingest in the midst of it does not wait for the same passages again.
 */
final class Unfinished {

    private static final String PREFIX = "unfinished-";

    /** A folder of somebody's choice may hold files of his own with such a name. */
    private static final Pattern OURS = Pattern.compile(PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path file;
    private final int dimension;

    /**
     * @param dimension of an embedding
     * @param version   of the document, see {@link Version#id}; another pipeline makes other passages of it
     */
    Unfinished(Path directory, int dimension, String pipeline, String version) {
        this.file = directory.resolve(name(pipeline, version));
        this.dimension = dimension;
    }

    private static String name(String pipeline, String version) {
        return PREFIX + UUID.nameUUIDFromBytes((pipeline + "\0" + version).getBytes(StandardCharsets.UTF_8));
    }

    /** How many there are; a kill in the midst of a write leaves a part of one more, which is cut off. */
    int count() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long size = (long) dimension * Float.BYTES;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / size * size);
            return (int) (channel.size() / size);
        }
    }

    /** Those of the passages from this one on, without the last. */
    List<Embedding> read(int from, int to) throws IOException {
        int size = dimension * Float.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * size);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, (long) from * size + bytes.position()) >= 0) {
                // As much as there is at once.
            }
        }
        FloatBuffer numbers = bytes.flip().asFloatBuffer();
        List<Embedding> embeddings = new ArrayList<>();
        while (numbers.remaining() >= dimension) {
            float[] vector = new float[dimension];
            numbers.get(vector);
            embeddings.add(Embedding.from(vector));
        }
        return embeddings;
    }

    void add(List<Embedding> embeddings) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(embeddings.size() * dimension * Float.BYTES);
        embeddings.forEach(embedding -> {
            for (float number : embedding.vector()) {
                bytes.putFloat(number);
            }
        });
        Files.write(file, bytes.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Removes those of documents that are in the index now. */
    static void clearAway(Path directory, Catalog catalog) throws IOException {
        List<Path> files = all(directory);
        if (!files.isEmpty()) {
            Set<String> whole = catalog.files().entrySet().stream()
                    .filter(file -> file.getValue().current() != null)
                    .map(file ->
                            Version.id(file.getKey(), file.getValue().current().hash()))
                    .map(version -> name(catalog.pipeline(), version))
                    .collect(Collectors.toSet());
            remove(files.stream()
                    .filter(file -> whole.contains(file.getFileName().toString())));
        }
    }

    static void clearAwayAll(Path directory) throws IOException {
        remove(all(directory).stream());
    }

    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> OURS.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static void remove(Stream<Path> files) throws IOException {
        for (Path file : files.toList()) {
            Files.deleteIfExists(file);
        }
    }
}
