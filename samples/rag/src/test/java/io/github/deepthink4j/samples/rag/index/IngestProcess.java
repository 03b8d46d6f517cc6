package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An ingest in a process of its own, to be killed. */
final class IngestProcess {

    private static final int WAITS = 6_000;

    private final Path index;
    private final Path output;
    private final Process process;

    private IngestProcess(Path index, Path output, Process process) {
        this.index = index;
        this.output = output;
        this.process = process;
    }

    static IngestProcess start(Path root, Path index, Path documents, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "ingest",
                "--index",
                index.toString(),
                documents.toString()));
        command.addAll(List.of(options));
        Path output = root.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new IngestProcess(index, output, process);
    }

    /** Waits, for a minute at most, until the catalog on disk is like this. */
    void await(Predicate<Catalog> state) throws Exception {
        for (int i = 0; i < WAITS; i++) {
            Optional<Catalog> catalog = CatalogFile.readIfWhole(index);
            if (catalog.isPresent() && state.test(catalog.get())) {
                return;
            }
            if (!process.isAlive()) {
                throw new AssertionError("it has ended: " + Files.readString(output));
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it has not come that far in a minute: " + Files.readString(output));
    }

    /** Gives it no time for anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() == 0) {
            throw new AssertionError("it was done before it was killed");
        }
    }
}
