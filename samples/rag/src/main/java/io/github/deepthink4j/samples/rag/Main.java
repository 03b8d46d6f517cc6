package io.github.deepthink4j.samples.rag;

import io.github.deepthink4j.samples.rag.command.RagCommand;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Questions over a folder of documents. Without DEEPSEEK_API_KEY (and without DEEPSEEK_BASE_URL) it starts a simulator
 * inside and says so; DEEPSEEK_BASE_URL, DEEPSEEK_MODEL and DEEPSEEK_CHEAP_MODEL point it anywhere.
 */
public final class Main {

    private static final Duration READABLE = Duration.ofMillis(20);

    private static final int NOT_WRITTEN = 2;

    private Main() {}

    public static void main(String[] args) throws IOException {
        WrittenOutput written = new WrittenOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        int exitCode;
        try (Screen screen = Screen.open()) {
            exitCode = RagCommand.run(screen, System.getenv(), READABLE, args);
        } finally {
            System.setOut(before);
        }
        if (written.failure().isPresent()) {
            System.err.println(Words.of("Error: the output could not be written: ", "错误：无法写入输出：")
                    + written.failure().get());
            exitCode = NOT_WRITTEN;
        }
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
