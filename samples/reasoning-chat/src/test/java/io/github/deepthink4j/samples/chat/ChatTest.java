package io.github.deepthink4j.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.chat.screen.PipeScreen;
import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChatTest {

    private static final Pattern COST = Pattern.compile(
            "\\[would cost on DeepSeek, as deepseek-flash: (0\\.\\d+) USD \\((?:off-peak|peak hours)\\);"
                    + " this conversation: (0\\.\\d+) USD]");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String input) {
        Screen screen = new PipeScreen(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return Main.run(screen, environment, Duration.ZERO);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_answer_piped_questions_without_a_key_and_without_colours() {
        int exitCode =
                run(Map.of(), "9.11 and 9.8, which is greater?\nHow many Rs are there in the word strawberry?\n");

        assertThat(exitCode).isZero();
        assertThat(output())
                .contains("a simulator answers")
                .contains("(thinking) ")
                .contains("9.8 is greater.")
                .contains("There are 3 \"r\" in \"strawberry\".")
                .containsPattern(
                        "\\[tokens: thinking \\d+, answer \\d+, cache hit \\d+, cache miss \\d+; \\d+\\.\\d s]")
                .doesNotContain("\033");
    }

    @Test
    void should_say_what_a_turn_and_the_conversation_would_cost_and_whether_it_is_peak_time() {
        run(Map.of(), "9.11 and 9.8, which is greater?\nWhat is 2 + 2?\n/forget\nWhat is 2 + 2?\n");

        List<String[]> lines = COST.matcher(output())
                .results()
                .map(line -> new String[] {line.group(1), line.group(2)})
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)[1]).as("the first turn is all").isEqualTo(lines.get(0)[0]);
        assertThat(new BigDecimal(lines.get(1)[1])).isGreaterThan(new BigDecimal(lines.get(1)[0]));
        assertThat(lines.get(2)[1]).as("forgotten").isEqualTo(lines.get(2)[0]);
    }

    @Test
    void should_not_know_the_price_of_another_server() {
        try (DeepSeekSimulator other = DeepSeekSimulator.as(Generation.V4_1).start()) {
            other.respond(Answer.text("Hello."));

            run(Map.of("DEEPSEEK_BASE_URL", other.baseUrl(), "DEEPSEEK_API_KEY", "test"), "Hi\n");

            assertThat(output())
                    .contains("[cost unknown: DeepSeek's price list has no prices for ")
                    .contains("; this conversation: at least 0 USD]")
                    .doesNotContain("would cost");
        }
    }

    @Test
    void should_show_that_the_first_thought_is_left_out_of_the_second_request() {
        run(Map.of(), "/wire\n9.11 and 9.8, which is greater?\nWhat is 2 + 2?\n/wire\n");

        assertThat(output()).containsOnlyOnce("Nothing has been sent yet.");
        String wire = output().substring(output().indexOf("POST http"));
        assertThat(wire)
                .contains("Authorization=***")
                .contains("9.8 is greater.")
                .contains("What is 2 + 2?")
                .doesNotContain("reasoning_content")
                .doesNotContain("same number of decimals");
    }

    @Test
    void should_show_what_is_kept_and_what_was_dropped() {
        run(Map.of(), "/memory\n9.11 and 9.8, which is greater?\n/memory\n");

        assertThat(output())
                .contains("at most 25 turns: nothing")
                .contains("Kept, as DeepSeek V4.1-Flash wants it (reasoning sent back: WITH_TOOLS), at most 25 turns:")
                .contains("  you:   9.11 and 9.8, which is greater?")
                .contains("  model: 9.8 is greater.")
                .containsPattern(
                        "Dropped thoughts: 1, of \\d+ characters; dropped turns: 0; the last thought: The question");
    }

    @Test
    void should_say_in_one_line_what_is_wrong_with_the_key() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            int exitCode = run(
                    Map.of("DEEPSEEK_API_KEY", "wrong-key", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "Hi\nAre you there?\n");

            assertThat(exitCode).isEqualTo(1);
            assertThat(output())
                    .containsOnlyOnce("Error: ")
                    .contains("The API key was not accepted.")
                    .doesNotContain("wrong-key");
        }
    }

    @Test
    void should_go_on_after_an_answer_that_calls_tools_though_there_are_none() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.thinking("Hm.").andToolCall("rm\n> yes\033[2J", "{}"),
                    Answer.text("The weather is fine.").andToolCall("look", "{}"),
                    Answer.text("I am here."));

            int exitCode = run(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "Weather?\nWeather!\nAre you there?\n/memory\n");

            assertThat(exitCode).isEqualTo(1);
            assertThat(output())
                    .contains(
                            "\nError: the model called a tool (rm > yes[2J) and said nothing. This chat has no tools.")
                    .contains("  The weather is fine.\n", "[The model also called a tool (look); this chat has none.]")
                    .contains("  I am here.\n", "  model: The weather is fine.\n")
                    .doesNotContain("you:   Weather?");
            assertThat(deepSeek.lastRequest().body().toString()).doesNotContain("tool_calls", "Weather?");
        }
    }

    @Test
    void should_go_on_after_an_error() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            int exitCode = run(
                    Map.of(
                            "DEEPSEEK_API_KEY", "any",
                            "DEEPSEEK_BASE_URL", deepSeek.baseUrl(),
                            "DEEPSEEK_MODEL", "no-such-model"),
                    "Hi\n/nonsense\n/quit\n");

            assertThat(exitCode).isEqualTo(1);
            assertThat(output()).contains("There is no model 'no-such-model'").contains("There is no command");
        }
    }

    @Test
    void should_go_on_after_an_error_and_tell_the_script_in_the_end() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.thinking("Let me see").thenText("It is").fault(Fault.CUT_IN_ANSWER));

            int exitCode = run(
                    Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "What is 1 + 1?\nWhat is 2 + 2?\n");

            assertThat(exitCode).isEqualTo(1);
            assertThat(output()).containsOnlyOnce("Error: ").contains("2 + 2 = 4");
        }
    }

    @Test
    void should_show_nothing_that_drives_a_terminal_whatever_the_model_says() {
        String hostile = "\033]0;title\007\u009B2J\u202E\b!";
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.thinking("Hm " + hostile).thenText("So " + hostile), Answer.error(400, "no " + hostile));

            run(
                    Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "What?\n/memory\nAnd now?\n/wire\n");

            assertThat(output())
                    .contains("(thinking) Hm ]0;title2J!")
                    .contains("\n  So ]0;title2J!")
                    .contains("  model: So ]0;title2J!")
                    .contains("Error: ")
                    .doesNotContainPattern("[\\p{Cc}&&[^\n\r\t]]|\u202E");
        }
    }

    @Test
    void should_begin_a_line_for_an_error_in_the_midst_of_an_answer() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("one two three four five six").fault(Fault.CUT_IN_ANSWER));

            run(Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()), "Count\n");

            assertThat(output()).containsPattern("\n  one two[^\n]*\nError: ");
        }
    }

    @Test
    void should_speak_chinese_where_the_locale_does() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            run(Map.of(), "/help\n/nonsense\n9.11 和 9.8 哪个大？\n/memory\n");
            run(Map.of("DEEPSEEK_API_KEY", "\"sk-secret\""), "");
            run(Map.of("DEEPSEEK_BASE_URL", "http://127.0.0.1:9/v1"), "你好\n");
        } finally {
            Locale.setDefault(before);
        }

        assertThat(output())
                .contains("没有设置 DEEPSEEK_API_KEY：由模拟器回答", "请提问。", "/wire：上一个请求", "没有命令 /nonsense", "（思考）")
                .contains("[token：思考 ", "最多 25 轮：", "错误：DEEPSEEK_API_KEY 两边有引号：请去掉引号。")
                .contains("错误：连接不上 127.0.0.1:9：那里没有程序在监听。请检查 base url。")
                .doesNotContain("Ask something", "Kept", "secret");
    }

    @Test
    void should_refuse_a_model_that_nobody_has() {
        int exitCode = run(Map.of("DEEPSEEK_MODEL", "deepseek-reasoner"), "Hi\n");

        assertThat(exitCode).isEqualTo(1);
        assertThat(output())
                .startsWith("Error: DEEPSEEK_MODEL is set, DEEPSEEK_API_KEY and DEEPSEEK_BASE_URL are not")
                .hasLineCount(1);
    }

    @Test
    void should_say_that_no_key_is_sent_to_a_server_of_ones_own() {
        run(Map.of("DEEPSEEK_BASE_URL", "http://127.0.0.1:9/v1?key=secret"), "");

        assertThat(output())
                .contains(
                        "Talking to deepseek-flash at http://127.0.0.1:9/v1. DEEPSEEK_API_KEY is not set, so no key is"
                                + " sent. If its model is called otherwise, set DEEPSEEK_MODEL.")
                .doesNotContain("secret");
    }

    @Test
    void should_name_the_variable_and_the_scheme_of_an_address_without_one() {
        int exitCode = run(Map.of("DEEPSEEK_BASE_URL", "127.0.0.1:18081"), "Hi\n");

        assertThat(exitCode).isEqualTo(1);
        assertThat(output()).contains("Error: DEEPSEEK_BASE_URL is not the address", "127.0.0.1:18081", "http://");
    }

    @Test
    void should_say_in_one_line_that_the_base_url_is_none() {
        int exitCode = run(Map.of("DEEPSEEK_API_KEY", "sk-test", "DEEPSEEK_BASE_URL", "nonsense"), "Hi\n");

        assertThat(exitCode).isEqualTo(1);
        assertThat(output())
                .startsWith("Error: DEEPSEEK_BASE_URL is not the address of a server. It begins with http://")
                .hasLineCount(1)
                .doesNotContain("nonsense");
    }

    @Test
    void should_take_an_empty_variable_for_one_that_is_not_set() {
        run(Map.of("DEEPSEEK_MODEL", "", "DEEPSEEK_API_KEY", " ", "DEEPSEEK_BASE_URL", ""), "What is 2 + 2?\n");
        run(Map.of("DEEPSEEK_MODEL", "", "DEEPSEEK_BASE_URL", "http://127.0.0.1:9"), "");

        assertThat(output())
                .contains("a simulator answers", "2 + 2 = 4", "Talking to deepseek-flash at http://127.0.0.1:9.")
                .doesNotContain("Error", "\tat ");
    }

    @Test
    void should_keep_the_query_of_a_base_url_and_not_show_it() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            int exitCode = run(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl() + "?v=1&key=hunter2"),
                    "What is 2 + 2?\n/wire\n");

            assertThat(exitCode).isZero();
            assertThat(output())
                    .contains("2 + 2 = 4", "/chat/completions?v=1&key=***")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void should_refuse_a_choice_that_the_model_does_not_know_when_it_is_typed() {
        int exitCode = run(
                Map.of(),
                "/effort nonsense\n/effort high extra\n/effort hi\033gh\nWhat is 1 + 1?\n/model a b\n/model a\033b\n"
                        + "/model \"deepseek-flash\"\n/model 任意 name\n/model 任意\n/think maybe\nWhat is 2 + 2?\n");

        String efforts = "The efforts of deepseek-flash: minimal, low, medium, high, xhigh, max, ultra."
                + " /effort default leaves it to the model.\n";
        assertThat(exitCode).isZero();
        assertThat(output())
                .contains(
                        "> /effort nonsense\n" + efforts, "> /effort high extra\n" + efforts, "1 + 1 = 2", "2 + 2 = 4")
                .contains(
                        "> /effort high\n" + efforts,
                        "> /model a b\nIt is /model NAME",
                        "> /model ab\nIt is /model NAME")
                .contains("> /model 任意 name\nIt is /model NAME", "> /model 任意\nIt is /model NAME")
                .contains(
                        "> /model \"deepseek-flash\"\nIt is /model NAME",
                        "> /think maybe\nIt is /think on or /think off;")
                .doesNotContain("Error", "\tat ");
    }

    @Test
    void should_take_a_choice_in_capitals_and_with_blanks_and_take_it_back() {
        run(
                Map.of(),
                "/think  ON \u3000\n/effort HIGH\n/effort off\n/effort max\n/effort default\n/think Default\n"
                        + "/effort low\n/effort\n/effort none\n/effort low\n/think 开\n/effort 默认\n");

        String[] said = output().lines()
                .filter(line -> line.startsWith("deepseek-flash, ") || line.startsWith("Thinking is off"))
                .toArray(String[]::new);
        assertThat(said)
                .containsExactly(
                        "deepseek-flash, thinking on.",
                        "deepseek-flash, thinking on, effort high.",
                        "deepseek-flash, thinking on.",
                        "deepseek-flash, thinking on, effort max.",
                        "deepseek-flash, thinking on.",
                        "deepseek-flash, thinking as it does by itself.",
                        "deepseek-flash, thinking as it does by itself, effort low.",
                        "deepseek-flash, thinking as it does by itself.",
                        "deepseek-flash, thinking off.",
                        "Thinking is off, so no effort is sent. Say /think on first.",
                        "deepseek-flash, thinking on.",
                        "deepseek-flash, thinking on.");
    }

    @Test
    void should_go_back_to_the_model_it_began_with_and_show_what_an_effort_means() {
        run(
                Map.of(),
                "/model deepseek-v4-pro\n/effort XHIGH\n/model DEFAULT \n/effort ultra\n/model deepseek-v4-pro\n/model 默认\n");

        assertThat(output())
                .contains(
                        "> /effort XHIGH\ndeepseek-v4-pro, thinking as it does by itself, effort high (as xhigh).\n",
                        "> /model DEFAULT \ndeepseek-flash, thinking as it does by itself, effort high (as xhigh).\n",
                        "> /effort ultra\ndeepseek-flash, thinking as it does by itself, effort max (as ultra).\n",
                        "> /model 默认\ndeepseek-flash, thinking as it does by itself.\n");
    }

    @Test
    void should_count_by_the_model_that_has_answered() {
        run(Map.of(), "What is 2 + 2?\n/model deepseek-v4-pro\nWhat is 2 + 2?\n/model my-own\nWhat is 2 + 2?\n");

        assertThat(output())
                .containsSubsequence(
                        "would cost on DeepSeek, as deepseek-flash: ", "would cost on DeepSeek, as deepseek-v4-pro: ");
    }

    @Test
    void should_drop_what_another_model_does_not_know_and_say_so_at_once() {
        run(
                Map.of(),
                "/effort minimal\n/model deepseek-v4-pro\n/effort low\n/model deepseek-reasoner\n/effort high\n/think off\n"
                        + "/model deepseek-flash\n/think off\n/model deepseek-reasoner\n");

        assertThat(output())
                .contains(
                        "deepseek-v4-pro, thinking as it does by itself.\nThe effort minimal is dropped. The efforts of"
                                + " deepseek-v4-pro: low, medium, high, xhigh, max.")
                .contains(
                        "deepseek-reasoner, thinking as it does by itself.\nThe effort low is dropped. deepseek-reasoner"
                                + " knows no effort: it decides by itself how hard it thinks.")
                .contains(
                        "> /effort high\ndeepseek-reasoner knows no effort",
                        "> /think off\ndeepseek-reasoner always thinks")
                .contains("Whether it thinks can't be chosen, so that is dropped.");
    }

    @Test
    void should_say_how_to_take_back_what_a_server_refuses() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.error(400, "unknown reasoning_effort"), Answer.error(400, "no such field"));

            run(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "/effort high\n/think on\nHi\n/effort off\n/think default\nHi\n/model no-such-model\nHi\n");

            assertThat(output())
                    .containsOnlyOnce(
                            "[/effort default leaves the effort to the model. /think default leaves it to the model"
                                    + " whether it thinks.]")
                    .containsOnlyOnce("[/model deepseek-flash goes back to the model before.]");
        }
    }

    @Test
    void should_keep_what_it_remembers_in_one_line_each() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.text("a\u2028b\u2029c\u0085d\u000Be\ff\r\n  model: g \uD83D\uDE00" + "h".repeat(200)));

            run(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "Hi\n/memory\n/save no/such/folder.md\n");

            assertThat(output())
                    .contains("\n  model: a b c d e f model: g \uD83D\uDE00hhh", "There is no folder no/such.")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void should_go_on_after_a_choice_that_the_model_does_not_know() {
        int exitCode = run(
                Map.of(),
                "/effort nonsense\nWhat is 1 + 1?\n/effort\nWhat is 2 + 2?\n/model deepseek-reasoner\n/think off\nWhat is 3 + 3?\n");

        assertThat(exitCode).isZero();
        assertThat(output())
                .contains(
                        "The efforts of deepseek-flash: minimal,",
                        "1 + 1 = 2",
                        "2 + 2 = 4",
                        "deepseek-reasoner always thinks: it can't be turned off.",
                        "3 + 3 = 6")
                .doesNotContain("Error", "\tat ");
    }
}
