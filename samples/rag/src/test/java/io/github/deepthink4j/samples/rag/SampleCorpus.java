package io.github.deepthink4j.samples.rag;

import io.github.deepthink4j.samples.rag.command.RagCommand;
import io.github.deepthink4j.samples.rag.screen.PipeScreen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The corpus of the sample, ingested once for all tests that only read it; and the program, run through pipes. */
public final class SampleCorpus {

    /** How the program makes passages. */
    public static final String PIPELINE = "5, all-MiniLM-L6-v2 + bge-small-zh-v1.5, words, 200 tokens";

    public static final Path FOLDER = Path.of("corpus");

    /** @param exitCode of the program */
    public record Run(int exitCode, String output) {}

    private static Path index;

    private SampleCorpus() {}

    public static synchronized Path index() {
        if (index == null) {
            try {
                Path made = Files.createTempDirectory("rag-sample").resolve("index");
                Run run = run(Map.of(), "", "ingest", "--index", made.toString(), FOLDER.toString());
                if (run.exitCode() != 0) {
                    throw new IllegalStateException(run.output());
                }
                index = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return index;
    }

    public static Run run(Map<String, String> environment, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipeScreen screen = new PipeScreen(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        int exitCode = RagCommand.run(screen, environment, Duration.ZERO, args);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8));
    }
}
