package io.github.deepthink4j.samples.chat;

import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A console chat with a reasoning model. Without DEEPSEEK_API_KEY (and without DEEPSEEK_BASE_URL) it starts a simulator
 * inside and says so; DEEPSEEK_BASE_URL and DEEPSEEK_MODEL point it anywhere.
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
            exitCode = Arguments.answer(screen, help(), args).orElseGet(() -> run(screen, System.getenv(), READABLE));
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
            return connected(screen, settings.simulatedAt(simulator.baseUrl()));
        }
    }

    private static String help() {
        return Words.of("""
                Usage: reasoning-chat [--help | --version]
                A chat with a reasoning model: questions are typed, or piped in, a line each; /help lists the commands.
                DEEPSEEK_API_KEY: with it DeepSeek answers; without it, and without a base url, a simulator does.
                DEEPSEEK_BASE_URL: another server, such as http://127.0.0.1:8000/v1.
                DEEPSEEK_MODEL: another model than deepseek-flash.""", """
                用法：reasoning-chat [--help | --version]
                与推理模型聊天：问题通过键盘输入，或从管道输入，每行一个；/help 列出所有命令。
                DEEPSEEK_API_KEY：设置后由 DeepSeek 回答；没有设置它也没有设置 base url 时由模拟器回答。
                DEEPSEEK_BASE_URL：另一个服务器，例如 http://127.0.0.1:8000/v1。
                DEEPSEEK_MODEL：deepseek-flash 以外的模型。""");
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
