package io.github.deepthink4j.samples.rag.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The catalog on disk. */
final class CatalogFile {

    static final String NAME = "catalog.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CatalogFile() {}

    /** Empty if there is none yet. */
    static Optional<Catalog> read(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Catalog.class));
        } catch (IOException | RuntimeException e) {
            throw FileStore.damaged(directory, e);
        }
    }

    /** Empty if there is none, or none that can be read. */
    static Optional<Catalog> readIfWhole(Path directory) {
        try {
            return read(directory);
        } catch (UsageException e) {
            return Optional.empty();
        }
    }

    static void write(Path directory, Catalog catalog) throws IOException {
        AtomicFile.write(directory.resolve(NAME), file -> JSON.writeValue(file.toFile(), catalog));
    }
}
