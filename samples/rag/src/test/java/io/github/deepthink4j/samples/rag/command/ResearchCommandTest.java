package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.research.ResearchDocuments;
import io.github.deepthink4j.samples.rag.simulator.ResearchBrain;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole program with --research, mostly with the simulator that it brings along. */
class ResearchCommandTest {

    private static final String TERNA = "In which town is the engine of the Terna made?";
    private static final String WORKSHOP = "makers/halvorsen.md, Halvorsen & Daughters > Workshop";

    @TempDir
    private Path folder;

    private static Run ask(Map<String, String> environment, String input, String... more) {
        List<String> args = new ArrayList<>(
                List.of("ask", "--index", ResearchDocuments.index().toString()));
        args.addAll(Arrays.asList(more));
        return SampleCorpus.run(environment, input, args.toArray(String[]::new));
    }

    @Test
    void should_need_the_second_hop_for_what_one_search_does_not_find() {
        Run single = ask(Map.of(), TERNA + "\n/passages\n");
        Run research = ask(Map.of(), TERNA + "\n", "--research");

        assertThat(single.output())
                .contains("ships/terna.md, Terna > Engine")
                .doesNotContain(WORKSHOP, "Molvik, in a former cannery");
        assertThat(research.output())
                .containsSubsequence(
                        "-> search " + TERNA,
                        "<- 6 passages: [1] [2] [3] [4] [5] [6]",
                        "-> search Halvorsen & Daughters town",
                        "<- 6 passages: [7] ",
                        "  The engine of the Terna is a six-cylinder diesel by Halvorsen & Daughters. [1]",
                        "  Halvorsen & Daughters has its workshop in the town of Molvik, in a former cannery. [7]",
                        "[research: 2 rounds, 12 passages read]",
                        "  [1] ships/terna.md, Terna > Engine",
                        "  [7] " + WORKSHOP,
                        "would cost on DeepSeek")
                .doesNotContain("\033");
        assertThat(research.exitCode()).isZero();
    }

    @Test
    void should_not_come_to_the_answer_with_one_round() {
        Run research = ask(Map.of(), "", "--research", "--max-rounds", "1", TERNA);

        assertThat(research.output())
                .contains(
                        "[1 of 1 rounds of searching are used up: no more is searched for, and the answer is made from"
                                + " what there is]")
                .contains("  The engine of the Terna is a six-cylinder diesel by Halvorsen & Daughters. [1]")
                .doesNotContain("Molvik, in a former cannery");
        assertThat(research.exitCode()).isZero();
    }

    @Test
    void should_end_where_the_money_does() {
        Run research = ask(Map.of(), "", "--research", "--max-cost", "0.0000001", TERNA);

        assertThat(research.output())
                .containsPattern("\\[0\\.000\\d+ USD of 0\\.0000001 USD are spent: no more is searched for");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    On which day is the harbour office closed in the town where the engine of the Terna is made?|The harbour office of Molvik is closed on Thursdays.
                    制造海燕号发动机的工厂所在的镇，港务所星期几不上班？|青石镇的港务所星期四不上班，其他日子早上七点开门。""")
    void should_go_three_hops_in_either_language(String question, String quoted) {
        Run research = ask(Map.of(), "", "--research", question);

        assertThat(research.output()).contains("  " + quoted + " [").contains("[research: 3 rounds, ");
    }

    @Test
    void should_understand_a_question_that_follows_on_an_answer_and_refuse_what_is_not_there() {
        String input = "On which day is the harbour office closed in the town where the engine of the Terna is made?\n"
                + "And what does a berth cost there for a night?\nWho was the first person to walk on the moon?\n";

        Run research = ask(Map.of(), input, "--research");

        assertThat(research.output())
                .containsSubsequence(
                        "  A berth in Molvik costs 140 crowns for a night, electricity included. [",
                        "<- 0 passages",
                        "  Not in these documents.",
                        "[no passage was found, so the reasoner was not asked for an answer]");
        assertThat(research.exitCode()).isZero();
    }

    @Test
    void should_show_each_hop_in_chinese_where_the_locale_is() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.CHINA);
        try {
            Run research = ask(Map.of(), "", "--research", "--max-rounds", "2", "海燕号的发动机是在哪个镇制造的？");

            assertThat(research.output())
                    .containsSubsequence(
                            "（思考）我是 deepthink4j 的模拟器，不是模型。",
                            "-> search 海燕号的发动机是在哪个镇制造的？",
                            "<- 6 个段落：[1] [2] [3] [4] [5] [6]",
                            "-> search 北湾机械厂",
                            "[最多 2 轮检索，已用完 2 轮：不再检索，根据已有内容回答]",
                            "  北湾机械厂位于青石镇的旧码头旁边，有四十名工人。 [",
                            "[检索：2 轮，读了 ");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void should_go_from_hop_to_hop_with_r1_which_has_no_tools() {
        try (DeepSeekSimulator r1 = DeepSeekSimulator.builder()
                .generation(Generation.R1)
                .brain(new ResearchBrain(LocalEmbeddings.model()))
                .build()) {
            Map<String, String> environment = Map.of(
                    "DEEPSEEK_API_KEY",
                    "any",
                    "DEEPSEEK_BASE_URL",
                    r1.baseUrl(),
                    "DEEPSEEK_MODEL",
                    "deepseek-reasoner");

            Run research = ask(environment, "", "--research", TERNA);

            assertThat(research.output())
                    .containsSubsequence(
                            "-> search Halvorsen & Daughters town",
                            "  Halvorsen & Daughters has its workshop in the town of Molvik, in a former cannery. [7]",
                            "  [7] " + WORKSHOP);
            assertThat(r1.requests())
                    .extracting(request -> request.model() + (request.hasTools() ? " with tools" : ""))
                    .containsExactly(
                            "deepseek-reasoner",
                            "deepseek-chat with tools",
                            "deepseek-chat with tools",
                            "deepseek-chat with tools",
                            "deepseek-reasoner");
        }
    }

    @Test
    void should_search_the_web_as_a_tool_of_its_own_and_cite_the_address() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onSearch(TextMatch.anything())
                    .result("Teist Works", "https://teist.example/works", "Teist Works is in Lunde.");
            deepSeek.respond(
                    Answer.text("search the web"),
                    Answer.toolCall("search_web", Map.of("query", "Teist Works town")),
                    Answer.text("done"),
                    Answer.text("It is in Lunde [1]."));

            Run research = ask(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "",
                    "--research",
                    "--web",
                    "Where is Teist Works?");

            assertThat(research.output())
                    .containsSubsequence(
                            "-> search_web Teist Works town",
                            "<- 1 passage: [1]",
                            "  It is in Lunde [1].",
                            "  [1] https://teist.example/works, Teist Works");
        }
    }

    @Test
    void should_list_the_files_of_the_index_and_read_a_section_of_one() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.text("list the ships, then read"),
                    Answer.toolCall("list_files", Map.of("containing", "ships/")),
                    Answer.toolCall("read_section", "{\"file\": \"ships/terna.md\", \"section\": \"Terna\"}"),
                    Answer.text("done"),
                    Answer.text("The Terna is 41 metres long [2]."));

            Run research = ask(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "",
                    "--research",
                    "How long is the Terna?");

            assertThat(research.output())
                    .containsSubsequence(
                            "-> list_files ships/",
                            "<- 5 files",
                            "-> read_section ships/terna.md, Terna",
                            "<- 3 passages: [1] [2] [3]",
                            "  The Terna is 41 metres long [2].",
                            "  [2] ships/terna.md, Terna > Hull");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --max-rounds 3|--max-rounds and --max-cost are for --research.
                    --research --max-rounds 0|--max-rounds must be at least 1.
                    --research --max-cost 0|--max-cost must be more than 0.""")
    void should_say_what_is_wrong_with_the_limits(String args, String error) {
        Run run = ask(Map.of(), "", args.split(" "));

        assertThat(run.output()).contains("Error: " + error);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void should_compare_it_over_an_index_and_questions_of_ones_own() throws IOException {
        Path questions = Files.writeString(folder.resolve("questions.json"), """
                [{"question": "%s", "answer": ["Molvik"],
                  "expected": ["ships/terna.md#Terna > Engine", "makers/halvorsen.md#Halvorsen & Daughters > Workshop"]},
                 {"question": "Who is the mayor?", "expected": ["gone.md#Mayor"], "answer": ["nobody"]}]""".formatted(TERNA));

        Run run = evaluate("--questions", questions.toString());

        assertThat(run.output())
                .containsSubsequence(
                        "one search, wrong: " + TERNA,
                        "| one search | 0 of 2 | 0.25 | 0 of 2 | 0 of 0 | 1.0 | ",
                        "| research | 1 of 2 | 0.50 | 1 of 2 | 0 of 0 | ",
                        "Error: these figures count questions about documents that the index does not hold: [gone.md].");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void should_refuse_to_compare_without_asking_models() {
        Run run = evaluate("--retrieval-only");

        assertThat(run.output()).startsWith("Error: --research asks models: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static Run evaluate(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "evaluate", "--research", "--index", ResearchDocuments.index().toString()));
        args.addAll(Arrays.asList(more));
        return SampleCorpus.run(Map.of(), "", args.toArray(String[]::new));
    }

    @Test
    void should_tell_of_it_in_the_help_in_both_languages() {
        String help = SampleCorpus.run(Map.of(), "", "ask", "--help").output();

        assertThat(help)
                .contains("--research", "--max-rounds=N", "--max-cost=AMOUNT", "let the models search", "让模型自己检索");
    }
}
