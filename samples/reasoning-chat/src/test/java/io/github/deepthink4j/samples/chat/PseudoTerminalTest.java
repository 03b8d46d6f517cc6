package io.github.deepthink4j.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.chat.screen.PseudoTerminal;
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
    private static final String ALT_ENTER = "\033\r";
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

    @TempDir
    private Path folder;

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    private PseudoTerminal open(int columns, String... variables) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        PseudoTerminal terminal = PseudoTerminal.run(Main.class, environment, columns);
        terminal.awaitAfter("Ctrl-D", "\n> ");
        return terminal;
    }

    private List<String> asked() {
        return deepSeek.requests().stream()
                .map(request -> request.body().path("messages"))
                .map(messages ->
                        messages.get(messages.size() - 1).path("content").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "--help, 0, Usage: reasoning-chat [--help | --version]",
        "-h, 0, DEEPSEEK_API_KEY",
        "--version, 0, reasoning-chat 0.",
        "--verbose, 2, Error: --verbose is not understood."
    })
    void should_say_what_it_is_and_that_it_understands_no_more(String argument, int exitCode, String expected)
            throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = PseudoTerminal.run(Main.class, Map.of(), 90, argument)) {
            assertThat(terminal.exitCode()).isEqualTo(exitCode);
            terminal.awaitShown(expected);
            assertThat(terminal.raw()).doesNotContain("\033", "${", "\n> ");
        }
    }

    @Test
    void should_send_what_is_typed_and_what_is_pasted_byte_for_byte() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100)) {
            for (int i = 0; i < TYPED.size(); i++) {
                deepSeek.respond(Answer.text("Answer no " + i + "."));
                terminal.type(TYPED.get(i) + "\r");
                terminal.awaitAfter("Answer no " + i + ".", "\n> ");
            }
            deepSeek.respond(Answer.text("Answer to the paste."), Answer.text("Answer to two lines."));
            terminal.type(String.format(PASTE, "first:\r\tsecond \\ !!\r\r  third 'x") + "\r");
            terminal.awaitAfter("Answer to the paste.", "\n> ");
            terminal.type("one" + ALT_ENTER + "two\r");
            terminal.awaitAfter("Answer to two lines.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked().subList(0, TYPED.size())).isEqualTo(TYPED);
            assertThat(asked().subList(TYPED.size(), asked().size()))
                    .containsExactly("first:\n\tsecond \\ !!\n\n  third 'x", "one\ntwo");
        }
    }

    @OnlyThorough
    @Test
    void should_find_earlier_lines_complete_commands_and_save_to_a_file() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100)) {
            deepSeek.respond(
                    Answer.thinking("Hm.\nHm!").thenText("Answer one."),
                    Answer.text("Answer two."),
                    Answer.text("Answer three."));
            terminal.type("the first\\!!\r");
            terminal.awaitAfter("Answer one.", "\n> ");
            // The arrow as an xterm sends it in the mode that line editors choose.
            terminal.type("\033OA\r");
            terminal.awaitAfter("Answer two.", "\n> ");
            terminal.type("\022first\r\r");
            terminal.awaitAfter("Answer three.", "\n> ");
            Path file = folder.resolve("it is.md");
            terminal.type("/sav\t" + file + "\r");
            terminal.awaitShown("Saved to ");
            terminal.type("/quit\r");

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly("the first\\!!", "the first\\!!", "the first\\!!");
            assertThat(Files.readString(file))
                    .startsWith(
                            "## Question\n\nthe first\\!!\n\n> Hm.\n> Hm!\n\n## Answer\n\nAnswer one.\n\n## Question");
        }
    }

    /** As in a container, whose terminals speak UTF-8 all the same. */
    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"xterm,C", "xterm,POSIX", "dumb,C"})
    void should_send_chinese_as_it_is_typed_where_there_is_no_locale(String type, String locale) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100, "TERM", type, "LANG", locale)) {
            deepSeek.respond(Answer.thinking("先想一想。").thenText("好的。"));
            terminal.type("9.11和9.8哪个大？😀\r");
            terminal.awaitAfter("好的。", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly("9.11和9.8哪个大？😀");
            assertThat(terminal.shown()).contains("先想一想。", "好的。");
        }
    }

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
            terminal.awaitAfter("[stopped", "\n> ");
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
            terminal.awaitAfter("[stopped after ", "\n> ");
            terminal.type("half a line" + CTRL_C);
            terminal.awaitAfter("(Ctrl-D ends)", "\n> ");
            terminal.type("How short?\r");
            terminal.awaitAfter("It is short.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(asked()).containsExactly("How long?", "How short?");
        }
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({"TERM,dumb", "TERM,''", "NO_COLOR,1"})
    void should_send_no_escape_where_none_is_wanted_and_still_tell_the_thought_from_the_answer(
            String name, String value) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(60, name, value)) {
            deepSeek.respond(
                    Answer.thinking("One thought.\n\nAnd another.\n").thenText("The answer."),
                    Answer.text("Once more."));
            terminal.type("C:\\new!!\r");
            terminal.awaitAfter("The answer.", "\n> ");
            terminal.type("/think off\r");
            terminal.awaitShown("thinking off.");
            terminal.type("Again\r");
            terminal.awaitAfter("Once more.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.raw()).doesNotContain("\033");
            assertThat(terminal.shown())
                    .contains("\n(thinking) One thought.\n| \n| And another.\n  The answer.\n[tokens");
            assertThat(asked()).containsExactly("C:\\new!!", "Again");
            assertThat(deepSeek.lastRequest()
                            .body()
                            .path("thinking")
                            .path("type")
                            .asText())
                    .isEqualTo("disabled");
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

    /** Each move of a window's edge is told many times: a prompt of several lines would push up, or eat, what stands above it. */
    @Test
    void should_draw_nothing_but_the_line_of_its_prompt_anew_when_the_window_is_resized() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(90)) {
            int before = terminal.raw().length();
            terminal.resize(60);
            terminal.resize(80);

            assertThat(terminal.raw().substring(before)).contains("> ").doesNotContain("\n", "\033[A", "\033[1A");
            terminal.type(CTRL_D);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @Test
    void should_name_the_proxy_that_is_unread_and_not_only_the_server() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(
                        200,
                        "DEEPSEEK_BASE_URL",
                        "http://127.0.0.1:1",
                        "HTTPS_PROXY",
                        "http://bob:hunter2@proxy.example:3128")) {
            terminal.type("How long?\r");
            terminal.awaitAfter("HTTPS_PROXY is set, but Java does not read it.", "\n> ");
            terminal.type(CTRL_D);

            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.shown()).doesNotContain("hunter2");
        }
    }

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
