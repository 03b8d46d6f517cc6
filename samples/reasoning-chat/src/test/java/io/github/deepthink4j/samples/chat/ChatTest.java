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
                    .doesNotContain(" USD");
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
                    .contains("\nSo ]0;title2J!")
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

            assertThat(output()).containsPattern("\none two[^\n]*\nError: ");
        }
    }

    @Test
    void should_speak_chinese_where_the_locale_does() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            run(Map.of(), "/help\n/nonsense\n9.11 和 9.8 哪个大？\n/memory\n");
            run(Map.of("DEEPSEEK_API_KEY", "\"sk-secret\""), "");
        } finally {
            Locale.setDefault(before);
        }

        assertThat(output())
                .contains("没有设置 DEEPSEEK_API_KEY：由模拟器回答", "请提问。", "/wire：上一个请求", "没有命令 /nonsense", "（思考）")
                .contains("[token：思考 ", "最多 25 轮：", "错误：DEEPSEEK_API_KEY 两边有引号：请去掉引号。")
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
    void should_go_on_after_a_choice_that_the_model_does_not_know() {
        int exitCode = run(
                Map.of(),
                "/effort nonsense\nWhat is 1 + 1?\n/effort\nWhat is 2 + 2?\n/model deepseek-reasoner\n/think off\nWhat is 3 + 3?\n");

        assertThat(exitCode).isEqualTo(1);
        assertThat(output())
                .contains(
                        "Error: reasoningEffort 'nonsense' is not known to",
                        "[/effort with nothing behind it leaves the effort to the model]",
                        "2 + 2 = 4")
                .doesNotContain("1 + 1 = 2", "\tat ");
    }
}
