package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.samples.agent.screen.Words;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A support agent over a database. Without DEEPSEEK_API_KEY (and without base urls) it starts a simulator inside and says so. By
 * environment: DEEPSEEK_API_KEY, DEEPSEEK_BASE_URL and DEEPSEEK_MODEL for both models; REASONER_MODEL, REASONER_BASE_URL, REASONER_API_KEY and
 * TOOLS_MODEL, TOOLS_BASE_URL, TOOLS_API_KEY for each; AGENT_STRATEGY=route to do without plans; AGENT_DATABASE, a JDBC url of H2.
 */
public final class Main {

    private static final Duration READABLE = Duration.ofMillis(10);
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(10);

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

    static String help() {
        return Words.of("""
                Usage: agent [--help | --version]
                A support agent over a database: questions are typed, or piped in, a line each; /help lists the commands.
                DEEPSEEK_API_KEY, DEEPSEEK_BASE_URL, DEEPSEEK_MODEL: for both models; without any a simulator plays both.
                REASONER_API_KEY, REASONER_BASE_URL, REASONER_MODEL: for the reasoner, before those.
                TOOLS_API_KEY, TOOLS_BASE_URL, TOOLS_MODEL: for the tool caller, before those.
                AGENT_STRATEGY: plan (the default) or route.
                AGENT_DATABASE: a JDBC url of H2, such as jdbc:h2:./shop; without it the database is in memory.""", """
                用法：agent [--help | --version]
                数据库上的客服智能体：问题通过键盘输入，或从管道输入，每行一个；/help 列出所有命令。
                DEEPSEEK_API_KEY、DEEPSEEK_BASE_URL、DEEPSEEK_MODEL：用于两个模型；都不设置时由模拟器扮演两个模型。
                REASONER_API_KEY、REASONER_BASE_URL、REASONER_MODEL：用于推理模型，优先于上面三个。
                TOOLS_API_KEY、TOOLS_BASE_URL、TOOLS_MODEL：用于工具调用模型，优先于上面三个。
                AGENT_STRATEGY：plan（默认）或 route。
                AGENT_DATABASE：H2 的 JDBC 地址，例如 jdbc:h2:./shop；不设置时数据库在内存里。""");
    }

    static int run(Screen screen, Map<String, String> environment, Duration pace) {
        Settings settings;
        try {
            settings = Settings.from(environment);
        } catch (IllegalArgumentException e) {
            return failed(screen, e);
        }
        try (Shop shop = Shop.open(settings.database())) {
            return run(screen, settings, new ShopTools(shop, screen::confirm), pace);
        } catch (SQLException e) {
            return failed(screen, UnusableDatabase.because(e));
        }
    }

    private static int run(Screen screen, Settings settings, ShopTools tools, Duration pace) {
        if (!settings.isOffline()) {
            screen.line(Words.of(
                    "Reasoner: " + settings.reasoner() + "; tool caller: " + settings.toolCaller() + ".",
                    "推理模型：" + settings.reasoner() + "；工具调用模型：" + settings.toolCaller() + "。"));
            return talk(screen, settings, tools);
        }
        try (DeepSeekSimulator simulator = DeepSeekSimulator.builder()
                .generation(Generation.R1)
                .brain(new SupportBrain())
                .pace(pace)
                .build()) {
            screen.line(Words.of(
                    "No DEEPSEEK_API_KEY is set: a simulator plays R1, which reasons but has no tools, and chat, which"
                            + " calls them.",
                    "没有设置 DEEPSEEK_API_KEY：模拟器扮演 R1（会推理，不会用工具）和 chat（调用工具）。"));
            return talk(screen, settings.simulatedAt(simulator.baseUrl()), tools);
        }
    }

    private static int failed(Screen screen, Exception e) {
        screen.line(Words.error(e));
        return 1;
    }

    private static int talk(Screen screen, Settings settings, ShopTools tools) {
        Agent agent;
        try {
            agent = new Agent(screen, settings, tools, TOOL_LIMIT);
        } catch (IllegalArgumentException e) {
            return failed(screen, e);
        }
        return agent.run();
    }
}
