package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.agent.screen.PseudoTerminal;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a person runs it. */
class PseudoTerminalTest {

    private static final String CTRL_C = "\003";
    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";
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
        Map<String, String> environment = new HashMap<>(Map.of(
                "DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl(), "AGENT_STRATEGY", "route"));
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
                .map(asked -> asked.replaceFirst("(?s)\n\nOnly call the tools.*", ""))
                .toList();
    }

    @OnlyThorough
    @ParameterizedTest
    @CsvSource({
        "--help, 0, Usage: agent [--help | --version]",
        "-h, 0, DEEPSEEK_API_KEY",
        "--version, 0, agent 0.",
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

    @ParameterizedTest
    @CsvSource({"TERM,xterm,yes\r", "TERM,dumb,yes\r", "TERM,dumb,yes"})
    void should_not_pay_for_a_yes_that_was_typed_before_the_question(String name, String value, String early)
            throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100, name, value)) {
            deepSeek.respond(
                    Answer.toolCall("refundOrder", "{\"orderNumber\": 1012, \"reason\": \"DAMAGED\"}")
                            .delay(Duration.ofSeconds(3)),
                    Answer.text("So it is."));
            terminal.type("Refund order 1012, it is broken\r");
            terminal.awaitShown("[route: ");
            terminal.type(early);
            terminal.awaitAfter("Refund 175.80 EUR", "(yes/no) ");
            terminal.type("\r");
            terminal.awaitAfter("So it is.", "\n> ");
            assertThat(terminal.shown())
                    .contains("The person has not confirmed.")
                    .doesNotContain("Paid");

            deepSeek.respond(
                    Answer.toolCall("refundOrder", "{\"orderNumber\": 1012, \"reason\": \"DAMAGED\"}"),
                    Answer.text("Now it is."));
            terminal.type("Refund it all the same\r");
            terminal.awaitAfter("all the same", "(yes/no) ");
            terminal.type("yes\r");
            terminal.awaitAfter("Now it is.", "\n> ");
            assertThat(terminal.shown()).contains("Paid: 175.80 EUR");
            terminal.type(CTRL_D);
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM", "HUP"})
    void should_not_leave_the_terminal_dim_when_it_is_ended_in_a_thought(String signal) throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100)) {
            deepSeek.respond(Answer.thinking("So long ".repeat(10_000)).pause(Duration.ofMillis(50)));
            terminal.type("How long?\r");
            terminal.awaitShown("So long");
            terminal.signal(signal);

            assertThat(terminal.exitCode()).isPositive();
            assertThat(terminal.raw().lastIndexOf(NORMAL))
                    .isGreaterThan(terminal.raw().lastIndexOf(DIM));
        }
    }

    @Test
    void should_give_the_terminal_back_at_ctrl_z_and_take_it_again_when_it_goes_on() throws Exception {
        try (deepSeek;
                PseudoTerminal terminal = open(100)) {
            deepSeek.respond(Answer.thinking("So long ".repeat(10_000)).pause(Duration.ofMillis(50)));
            terminal.type("How long?\r");
            terminal.awaitShown("So long");
            terminal.awaitSetting("-echo");
            terminal.signal("TSTP");
            terminal.awaitSetting("echo");
            terminal.signal("CONT");
            terminal.awaitSetting("-echo");
            terminal.type(CTRL_C);
            terminal.awaitAfter("[stopped]", "\n> ");
            terminal.type(CTRL_D);
            assertThat(terminal.exitCode()).isZero();
            String thought = terminal.raw()
                    .substring(terminal.raw().indexOf("So long"), terminal.raw().indexOf("[stopped]"));
            assertThat(thought)
                    .as("normal at Ctrl-Z, and dim again, also before a remark")
                    .containsPattern("\033\\[0m[^\033]*\033\\[2m[^\\[]");
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
            terminal.awaitAfter("[stopped]", "\n> ");
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
