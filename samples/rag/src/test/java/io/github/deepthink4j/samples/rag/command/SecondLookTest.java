package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at again, by rule or by the cheap model: the order of the passages and the sentences of an answer; and two runs. */
class SecondLookTest {

    @TempDir
    private Path folder;

    private static Run ask(Map<String, String> environment, String input, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "ask";
        args[1] = "--index";
        args[2] = SampleCorpus.index().toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return SampleCorpus.run(environment, input, args);
    }

    private static Map<String, String> at(DeepSeekSimulator deepSeek) {
        return Map.of("DEEPSEEK_API_KEY", "secret-key", "DEEPSEEK_BASE_URL", deepSeek.baseUrl());
    }

    @Test
    void should_mark_what_the_cited_passages_do_not_say() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("It runs for 15 hours [1]. Its life is 14 hours [1]."));

            Run run = ask(at(deepSeek), "", "How long does the Ostro 2 run on one charge?");

            assertThat(run.exitCode()).isZero();
            assertThat(run.output())
                    .contains(
                            "  It runs for 15 hours [1]. [unsupported: \"15 hours\" is not in passage 1] Its life is 14"
                                    + " hours [1].\n")
                    .contains("[1 sentence says what the cited passages do not]");
        }
    }

    @Test
    void should_have_the_cheap_model_check_all_sentences_in_one_call() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.text("It runs for 14 hours [1]. It was built by monks in a cave [1]."),
                    Answer.text("1: yes\n2: no"),
                    Answer.text("It runs for 14 hours [1]."),
                    Answer.text("As a model I would rather not say."));

            Run run = ask(
                    at(deepSeek),
                    "How long does the Ostro 2 run on one charge?\n/forget\nHow long does the Ostro 2 run?\n",
                    "--check-model");

            assertThat(run.output())
                    .contains("It was built by monks in a cave [1]. [unsupported: the cheap model does not find it in"
                            + " passage 1]\n")
                    .containsPattern("; checking 1 request, ")
                    .contains("[the cheap model has checked nothing, the sentences are checked by rule alone: its reply"
                            + " has no verdict]");
            assertThat(deepSeek.allRequests()).hasSize(4);
        }
    }

    @Test
    void should_check_by_the_simulated_model_too() {
        Run run = ask(Map.of(), "", "--check-model", "How long does the Ostro 2 run on one charge?");

        assertThat(run.output())
                .contains("14 hours")
                .containsPattern("; checking 1 request, ")
                .doesNotContain("unsupported", "checked nothing");
        for (String option : List.of("--check-model", "--rerank")) {
            assertThat(ask(Map.of(), "", option, "青禾 G3 的一套电池能用多久？").output())
                    .contains("青禾")
                    .doesNotContain("unsupported", "checked nothing", "has not put");
        }
    }

    @Test
    void should_put_what_was_found_in_order_and_go_on_where_the_cheap_model_does_not() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("I would rather not."), Answer.text("It runs for 14 hours [1]."));

            Run run = ask(at(deepSeek), "", "--rerank", "How long does the Ostro 2 run on one charge?");

            assertThat(run.exitCode()).isZero();
            assertThat(run.output())
                    .contains("14 hours [1].\n")
                    .contains("[the cheap model has not put the passages in order: its reply has no scores]")
                    .containsPattern("; ordering 1 request, ");
        }
    }

    @Test
    void should_tell_what_the_order_gains_and_costs_and_compare_two_runs() throws IOException {
        // given
        Files.writeString(
                folder.resolve("tea.md"),
                "# Tea\n## Green\nGreen tea wants water of 70 degrees.\n"
                        + "## Black\nBlack tea wants boiling water.\n## 白茶\n白茶要用 85 度的水。");
        Path questions = folder.resolve("questions.json");
        Files.writeString(questions, """
            [{"question": "How hot should the water for green tea be?",
              "expected": ["tea.md#Tea > Green"], "answer": ["70 degrees"]},
             {"question": "白茶要用多热的水？", "expected": ["tea.md#Tea > 白茶"], "answer": ["85 度"]}]
            """);
        String index = folder.resolve("index").toString();
        String run = folder.resolve("run.json").toString();
        SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());
        String[] evaluate = {"evaluate", "--index", index, "--questions", questions.toString()};

        // when
        Run first = SampleCorpus.run(Map.of(), "", with(evaluate, "--rerank", "--save", run));
        Run again = SampleCorpus.run(Map.of(), "", with(evaluate, "--save", run));
        Run second = SampleCorpus.run(Map.of(), "", with(evaluate, "--retrieval-only", "--compare", run));
        Run wrong = SampleCorpus.run(Map.of(), "", with(evaluate, "--compare", questions.toString()));

        // then
        assertThat(first.output())
                .contains("  English, 1 questions with an answer: recall@1 1.00 (0.21 to 1.00)")
                .contains("  Chinese, 1 questions with an answer: recall@1 1.00")
                .contains("Put in order by the cheap model: recall@1 1.00")
                .contains("Gain by the order (of a simulator, which tells nothing of a model), 2 questions in both:")
                .containsPattern(
                        "Cost of the order: [12] requests?, \\d+ tokens in, \\d+ out; would cost on DeepSeek, as"
                                + " deepseek-flash: 0\\.0\\d+ USD \\([a-z -]+\\)\n")
                .contains("where an expected passage was read 2 of 2 are right")
                .contains("  Chinese: 1 of 1 right")
                .contains("Saved to " + run + ".");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.output()).contains("run.json exists already").doesNotContain("recall");
        assertThat(second.exitCode()).isZero();
        assertThat(second.output())
                .contains("Compared with " + run + ", 2 questions in both:")
                .contains("  recall@1 1.00 -> 1.00: 0 gained, 0 lost, p = 1.0; the difference is +0.00")
                .doesNotContain("right answers");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output()).contains("make one with --save");
    }

    private static String[] with(String[] args, String... more) {
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }
}
