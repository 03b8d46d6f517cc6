package io.github.deepthink4j.samples.rag;

import io.github.deepthink4j.samples.rag.command.RagCommand;
import io.github.deepthink4j.samples.rag.screen.Screen;
import java.io.IOException;
import java.time.Duration;

/**
 * Questions over a folder of documents. Without DEEPSEEK_API_KEY (and without DEEPSEEK_BASE_URL) it starts a simulator
 * inside and says so; DEEPSEEK_BASE_URL, DEEPSEEK_MODEL and DEEPSEEK_CHEAP_MODEL point it anywhere.
 */
public final class Main {

    private static final Duration READABLE = Duration.ofMillis(20);

    private Main() {}

    public static void main(String[] args) throws IOException {
        int exitCode;
        try (Screen screen = Screen.open()) {
            exitCode = RagCommand.run(screen, System.getenv(), READABLE, args);
        }
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
