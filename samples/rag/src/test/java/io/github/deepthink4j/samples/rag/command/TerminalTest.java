package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.screen.TerminalScreen;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a terminal: keys in, screen out. */
class TerminalTest {

    private static final String DIM = "\033[2m";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private Terminal terminal;

    @BeforeEach
    void open() throws IOException {
        terminal = new ExternalTerminal("test", "xterm", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 30));
    }

    @AfterEach
    void close() throws IOException {
        keys.close();
        terminal.close();
    }

    private CompletableFuture<Integer> run(Map<String, String> environment, String... args) {
        return CompletableFuture.supplyAsync(
                () -> RagCommand.run(TerminalScreen.on(terminal), environment, Duration.ZERO, args));
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void awaitShown(String text) throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            if (shown().contains(text)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("'" + text + "' was not shown, but: " + shown());
    }

    @Test
    void should_show_a_bar_while_it_ingests_and_take_it_away() throws Exception {
        int exitCode = run(
                        Map.of(), "ingest", "--index", folder.resolve("i").toString(), SampleCorpus.FOLDER.toString())
                .get(1, TimeUnit.MINUTES);

        assertThat(exitCode).isZero();
        assertThat(shown())
                .containsPattern("\r\033\\[K\\[#-{29}] 1 of 24  battery\\.md")
                .containsPattern("\r\033\\[K\\[#{28}-{2}] 23 of 24 ")
                .contains("\r\033[K24 added");
    }

    @Test
    void should_answer_what_is_typed_with_the_thought_dimmed() throws Exception {
        CompletableFuture<Integer> program =
                run(Map.of(), "ask", "--index", SampleCorpus.index().toString());
        awaitShown("> ");

        type("Is the Ostro 2 waterproof?\r");
        awaitShown("[1] water-and-dust.md, Water and dust > Protection class");
        type(CTRL_D);

        assertThat(program.get(1, TimeUnit.MINUTES)).isZero();
        assertThat(shown()).contains(DIM + "I am").contains("It is not waterproof. [1]");
    }

    @Test
    void should_stop_an_answer_at_ctrl_c_and_remember_nothing_of_it() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            // given an answer that takes hours
            deepSeek.respond(
                    Answer.thinking("So long ".repeat(10_000)).pause(Duration.ofMillis(100)),
                    Answer.text("It weighs 148 g [1]."));
            Map<String, String> environment =
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl());
            CompletableFuture<Integer> program =
                    run(environment, "ask", "--index", SampleCorpus.index().toString());
            awaitShown("> ");
            type("How high is the Ostro 2?\r");
            awaitShown("So long");

            // when
            type(CTRL_C);
            awaitShown("[stopped]");
            type("How much does the Ostro 2 weigh?\r");
            awaitShown("It weighs 148 g [1].");
            type(CTRL_D);

            // then
            assertThat(program.get(1, TimeUnit.MINUTES)).isZero();
            assertThat(deepSeek.requests()).hasSize(2);
            assertThat(deepSeek.lastRequest().body().path("messages"))
                    .as("system and question only")
                    .hasSize(2);
        }
    }

    @Test
    void should_stop_a_research_between_two_hops_at_ctrl_c_and_spend_nothing_more() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            // given a tool caller that takes hours for its second call
            deepSeek.respond(
                    Answer.text("search, then search again"),
                    Answer.toolCall("search", Map.of("query", "How much does the Ostro 2 weigh?")),
                    Answer.text("done ".repeat(10_000)).pause(Duration.ofMillis(100)));
            Map<String, String> environment =
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl());
            CompletableFuture<Integer> program = run(
                    environment,
                    "ask",
                    "--research",
                    "--index",
                    SampleCorpus.index().toString());
            awaitShown("> ");
            type("How much does the Ostro 2 weigh?\r");
            awaitShown("<- 6 passages");
            SimulatedRequest hop = deepSeek.awaitRequests(3, Duration.ofMinutes(1));

            // when
            type(CTRL_C);
            awaitShown("[stopped]");
            type(CTRL_D);

            // then
            assertThat(program.get(1, TimeUnit.MINUTES)).isZero();
            assertThat(hop.awaitEnd(Duration.ofMinutes(1))).isTrue();
            assertThat(hop.cancelled()).isTrue();
            assertThat(deepSeek.requests()).hasSize(3);
        }
    }
}
