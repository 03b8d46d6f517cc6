package io.github.deepthink4j.samples.chat;

import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A console chat with a reasoning model. Without DEEPSEEK_API_KEY (and without DEEPSEEK_BASE_URL) it starts a simulator
 * inside and says so; DEEPSEEK_BASE_URL and DEEPSEEK_MODEL point it anywhere.
 */
public final class Main {

    private static final Duration READABLE = Duration.ofMillis(20);

    private Main() {}

    public static void main(String[] args) throws IOException {
        int exitCode;
        try (Screen screen = Screen.open()) {
            exitCode = run(screen, System.getenv(), READABLE);
        }
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static int run(Screen screen, Map<String, String> environment, Duration pace) {
        Settings settings;
        try {
            settings = Settings.from(environment);
        } catch (IllegalArgumentException e) {
            screen.line(Words.error(e));
            return 1;
        }
        if (!settings.isOffline()) {
            screen.line(settings.toString());
            return connected(screen, settings);
        }
        try (DeepSeekSimulator simulator = DeepSeekSimulator.builder()
                .generation(Generation.V4_1)
                .pace(pace)
                .build()) {
            screen.line(Words.of(
                    "No DEEPSEEK_API_KEY is set: a simulator answers, which compares decimals, counts letters and does sums.",
                    "没有设置 DEEPSEEK_API_KEY：由模拟器回答，它能比较小数、数字母、做算术。"));
            return connected(screen, settings.at(simulator.baseUrl()));
        }
    }

    private static int connected(Screen screen, Settings settings) {
        Chat chat;
        try {
            chat = new Chat(screen, settings);
        } catch (IllegalArgumentException e) {
            screen.line(Words.error(e));
            return 1;
        }
        return chat.run();
    }
}
