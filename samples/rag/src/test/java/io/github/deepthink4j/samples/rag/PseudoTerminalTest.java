package io.github.deepthink4j.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.screen.PseudoTerminal;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a person runs it. */
class PseudoTerminalTest {

    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String PASTE = "\033[200~%s\033[201~";

    private static final List<String> TYPED = List.of(
            "C:\\new\\temp 1 + 2",
            "Great!!",
            "!1 !$ !-1 ^a^b^ and it's \"open",
            "^\\d+(?:\\.\\d*)?$ \\\\ or /^a+$/ ends with \\",
            "  if x:  $E = mc^2$ \\frac{1}{2} \\( y \\)  ",
            "`a` $(b) ${HOME} $1 && c | d > e < f; {{it}} {{g}} %s %n #h ~/i *",
            "{{current_date}} {{current_time}} {{current_date_time}} {{question}} {{query}} {{}}",
            "/usr/bin/env is what?",
            "a\ttab",
            "9.11和9.8哪个大？\uD83D\uDE00");

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    private PseudoTerminal open(int columns, String... variables) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        PseudoTerminal terminal = PseudoTerminal.run(
                Main.class,
                environment,
                columns,
                "ask",
                "--min-score",
                "0",
                "--index",
                SampleCorpus.index().toString());
        terminal.awaitAfter("Ctrl-D", "\n> ");
        return terminal;
    }

    private List<String> asked() {
        return deepSeek.requests().stream()
                .map(request -> request.body().path("messages"))
                .map(messages ->
                        messages.get(messages.size() - 1).path("content").asText())
                .map(asked -> asked.replaceFirst("(?s).*</passages>\n\n(?:Question: |问题：)", ""))
                .toList();
    }

    @OnlyThorough
    @Test
    void should_keep_what_an_ingest_has_done_at_ctrl_c_and_do_the_rest_the_next_time(@TempDir Path folder)
            throws Exception {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(
                    documents.resolve("document-" + i + ".md"),
                    "# Cup " + i + "\n\nIt holds three litres.\n".repeat(20));
        }
        String index = folder.resolve("index").toString();
        try (PseudoTerminal terminal =
                PseudoTerminal.run(Main.class, Map.of(), 40, "ingest", "--index", index, documents.toString())) {
            terminal.awaitShown("] 20 of");
            terminal.type(CTRL_C);

            assertThat(terminal.exitCode()).isEqualTo(1);
            assertThat(terminal.shown())
                    .contains("Reading 300 files; Ctrl-C stops it")
                    .containsPattern("Stopped: \\d+ added, 0 changed\\.");
        }
        try (PseudoTerminal terminal =
                PseudoTerminal.run(Main.class, Map.of(), 40, "ingest", "--index", index, documents.toString())) {
            terminal.awaitShown("] 20 of");
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).isEqualTo(1);
        }
        assertThat(Index.contents(Path.of(index)).orElseThrow().files()).hasSizeGreaterThan(19);
    }

    @OnlyThorough
    @Test
    void should_show_how_far_it_is_in_a_large_file_and_keep_what_is_done_of_it_at_ctrl_c(@TempDir Path folder)
            throws Exception {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            large.append("# Cup ").append(i).append("\n\nIt holds three litres.\n\n");
        }
        Files.writeString(documents.resolve("a-file-with-a-long-name.md"), large);
        String index = folder.resolve("index").toString();
        try (PseudoTerminal terminal =
                PseudoTerminal.run(Main.class, Map.of(), 40, "ingest", "--index", index, documents.toString())) {
            terminal.awaitShown(" 64/3000");
            terminal.type(CTRL_C);

            assertThat(terminal.exitCode()).isEqualTo(1);
            terminal.awaitShown("Stopped: 0 added, 0 changed.");
            assertThat(terminal.shown()).contains(" 0/3000", "[-------------] 0 of 1  ");
        }
        try (PseudoTerminal terminal =
                PseudoTerminal.run(Main.class, Map.of(), 40, "ingest", "--index", index, documents.toString())) {
            terminal.awaitShown("/3000");
            terminal.type(CTRL_C);

            assertThat(terminal.exitCode()).isEqualTo(1);
            assertThat(terminal.shown()).doesNotContain(" 0/3000", " 32/3000");
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"--help,Usage: rag", "--version,rag ", "ask --help,Usage: rag ask"})
    void should_show_help_and_version_without_escapes(String arguments, String expected) throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.run(Main.class, Map.of(), 90, arguments.split(" "))) {
            assertThat(terminal.exitCode()).isZero();
            terminal.awaitShown(expected);
            assertThat(terminal.shown()).doesNotContain("\033", "[1m", "[0m", "[33m");
        }
    }

    /** What is asked next is then no follow-up, which another model would have to rewrite first. */
    private static void forget(PseudoTerminal terminal) throws Exception {
        terminal.type("/forget\r");
        terminal.awaitAfter("[forgotten]", "\n> ");
    }

    @Test
    void should_send_what_is_typed_and_what_is_pasted_byte_for_byte() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100)) {
            for (int i = 0; i < TYPED.size(); i++) {
                deepSeek.respond(Answer.text("Answer no " + i + "."));
                terminal.type(TYPED.get(i) + "\r");
                terminal.awaitAfter("Answer no " + i + ".", "\n> ");
                forget(terminal);
            }
            deepSeek.respond(Answer.text("Answer to the paste."));
            terminal.type(String.format(PASTE, "first:\r\tsecond \\ !!\r\r  third 'x") + "\r");
            terminal.awaitAfter("Answer to the paste.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked().subList(0, TYPED.size())).isEqualTo(TYPED);
            assertThat(asked().subList(TYPED.size(), asked().size()))
                    .containsExactly("first:\n\tsecond \\ !!\n\n  third 'x");
        }
    }

    /** As in a container, whose terminals speak UTF-8 all the same. */
    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"xterm,C", "xterm,POSIX", "dumb,C"})
    void should_send_chinese_as_it_is_typed_where_there_is_no_locale(String type, String locale) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100, "TERM", type, "LANG", locale)) {
            deepSeek.respond(Answer.thinking("先想一想。").thenText("它不防水。[1]"));
            terminal.type(TYPED.get(TYPED.size() - 1) + "\r");
            terminal.awaitAfter("它不防水。", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly(TYPED.get(TYPED.size() - 1));
            assertThat(terminal.shown()).contains("先想一想。", "它不防水。");
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"TERM,xterm", "TERM,dumb"})
    void should_stay_usable_whether_ctrl_c_is_held_down_at_the_prompt_or_in_an_answer(String name, String value)
            throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100, name, value)) {
            deepSeek.respond(
                    Answer.thinking("So long ".repeat(10_000)).pause(Duration.ofMillis(50)),
                    Answer.text("It is short."));
            terminal.hold(CTRL_C, 30);
            terminal.type("How long?\r");
            terminal.awaitShown("So long");
            terminal.hold(CTRL_C, 30);
            terminal.awaitAfter("[stopped]", "\n> ");
            terminal.type("How short?\r");
            terminal.awaitAfter("It is short.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly("How long?", "How short?");
            assertThat(terminal.shown()).doesNotContain("Error", "Exception", "\tat ");
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"TERM,xterm", "TERM,dumb", "NO_COLOR,1"})
    void should_end_the_answer_at_ctrl_c_and_not_the_program(String name, String value) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100, name, value)) {
            deepSeek.respond(
                    Answer.thinking("So long ".repeat(10_000)).pause(Duration.ofMillis(50)),
                    Answer.text("It is short."));
            terminal.type("How long?\r");
            terminal.awaitShown("So long");
            terminal.type(CTRL_C);
            terminal.awaitAfter("[stopped]", "\n> ");
            forget(terminal);
            terminal.type("How short?\r");
            terminal.awaitAfter("It is short.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly("How long?", "How short?");
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"TERM,dumb", "NO_COLOR,1"})
    void should_send_no_escape_where_none_is_wanted_and_still_tell_the_thought_from_the_answer(
            String name, String value) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(60, name, value)) {
            deepSeek.respond(Answer.thinking("One thought.\n\nAnd another.\n").thenText("The answer."));
            terminal.type("C:\\new!!\r");
            terminal.awaitAfter("The answer.", "\n> ");
            terminal.type("/nonsense\r");
            terminal.awaitShown("There is no command /nonsense; /help lists those there are.");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.raw()).doesNotContain("\033");
            assertThat(terminal.shown()).contains("\n(thinking) One thought.\n| \n| And another.\n  The answer.\n");
            assertThat(asked()).containsExactly("C:\\new!!");
        }
    }

    @OnlyThorough
    @Test
    void should_break_lines_between_words_in_a_narrow_window_and_in_one_that_is_resized() throws Exception {
        String words = "comprehensive reasoning, 中文的句子没有空格，也要完整。 ";
        try (deepSeek;
                PseudoTerminal terminal = open(40)) {
            deepSeek.respond(Answer.thinking(words.repeat(5)).thenText(words.repeat(20) + "EndOne."));
            terminal.type("Say a lot\r");
            terminal.awaitAfter("EndOne.", "\n> ");
            assertWhole(terminal.shown().substring(terminal.shown().indexOf("Say a lot")), 40);

            forget(terminal);
            terminal.resize(64);
            deepSeek.respond(Answer.text(words.repeat(20) + "EndTwo."));
            terminal.type("Say it again\r");
            terminal.awaitAfter("EndTwo.", "\n> ");
            String wide = terminal.shown().substring(terminal.shown().indexOf("Say it again"));
            assertWhole(wide, 64);
            assertThat(wide.lines().mapToInt(PseudoTerminalTest::width).max().orElse(0))
                    .isGreaterThan(40);

            terminal.type(CTRL_D);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"TERM,xterm", "TERM,dumb"})
    void should_break_lines_at_the_new_edge_when_the_window_is_resized_in_the_midst_of_an_answer(
            String name, String value) throws Exception {
        String words = "comprehensive reasoning, 中文的句子没有空格，也要完整。 ";
        try (deepSeek;
                PseudoTerminal terminal = open(90, name, value)) {
            deepSeek.respond(Answer.thinking("Hm.")
                    .thenText("Begun. " + words.repeat(60) + "Ended.")
                    .pieces(20)
                    .pause(Duration.ofMillis(20)));
            terminal.type("Say a lot\r");
            terminal.awaitShown("Begun.");
            terminal.resizeMeanwhile(40);
            terminal.awaitAfter("Ended.", "\n> ");

            String answer = terminal.shown();
            String end = answer.substring(answer.indexOf("Begun."), answer.indexOf("Ended."));
            String half = end.substring(end.indexOf('\n', end.length() / 2));
            assertWhole(half, 40);
            assertThat(half.lines().mapToInt(PseudoTerminalTest::width).max().orElse(0))
                    .isGreaterThan(30);
            terminal.type(CTRL_D);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @OnlyThorough
    @Test
    void should_name_the_proxy_that_is_down_and_not_the_server_behind_it() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(
                        100,
                        "DEEPSEEK_BASE_URL",
                        "http://api.example.com/v1",
                        "JAVA_TOOL_OPTIONS",
                        "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1")) {
            terminal.type("How long?\r");
            terminal.awaitAfter("Error: Nothing listens at the proxy 127.0.0.1:1.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown()).doesNotContain("Exception", "\tat ");
        }
    }

    @OnlyThorough
    @Test
    void should_show_each_character_that_is_typed_once_at_the_edge_of_a_narrow_window() throws Exception {
        String typed = "这是一个很长很长的问题，超过四十列的宽度，看看汉字会不会被切成两半x，以及“引号”和《书名号》都在，再长一点";
        try (deepSeek;
                PseudoTerminal terminal = open(40)) {
            deepSeek.respond(Answer.text("The answer."));
            for (int i = 0; i < typed.length(); i++) {
                String character = typed.substring(i, i + 1);
                terminal.type(character);
                terminal.awaitAfter("\n> ", character);
            }
            terminal.type("\r");
            terminal.awaitAfter("The answer.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown().replaceAll("\\s", "")).contains(typed);
            assertThat(asked()).containsExactly(typed);
        }
    }

    private static void assertWhole(String shown, int columns) {
        assertThat(shown.lines().skip(1)).allSatisfy(line -> {
            assertThat(width(line)).isLessThanOrEqualTo(columns);
            assertThat(line).doesNotStartWith("，").doesNotStartWith("。");
        });
        assertThat(shown).doesNotContainPattern("compre\n|\nhensive|reaso\n|\nning");
    }

    /** In columns, of which an ideograph takes two. */
    private static int width(String line) {
        return line.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
    }
}
