package io.github.deepthink4j.samples.rag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquadFileTest {

    private static final String SET = """
            {"version": "1.1", "data": [
              {"title": "Tea", "paragraphs": [
                {"context": "Green tea wants water of 70 degrees.\\n# 1 is no heading", "qas": [
                  {"id": "1", "question": "How hot for green tea?", "answers": [{"text": "70 degrees", "answer_start": 25}]},
                  {"id": "2", "question": "How hot for a green one?", "answers": [{"text": "70"}, {"text": "70 degrees"}]}]},
                {"context": "Black tea wants boiling water.", "qas": [
                  {"id": "3", "question": "How hot for black tea?", "answers": [{"text": "boiling (or so"}]}]}]},
              {"title": "茶", "paragraphs": [
                {"context": "白茶产于福建，制作时不炒也不揉。", "qas": [
                  {"id": "4", "question": "白茶产于哪里？", "answers": [{"text": "福建"}]},
                  {"id": "5", "question": "谁发明了电话？", "is_impossible": true, "answers": []}]}]}]}
            """;

    @TempDir
    private Path folder;

    private Path set;
    private Path documents;

    @BeforeEach
    void write() throws IOException {
        set = Files.writeString(folder.resolve("set.json"), SET);
        documents = Files.createDirectory(folder.resolve("documents"));
    }

    @Test
    void should_make_a_document_of_each_article_and_a_section_of_each_paragraph() throws IOException {
        List<ExpectedAnswer> questions = SquadFile.read(set).unpack(documents, 1);

        assertThat(documents.resolve("00001.md"))
                .hasContent("# 1\n\nGreen tea wants water of 70 degrees.\n\\# 1 is no heading\n\n"
                        + "# 2\n\nBlack tea wants boiling water.\n\n");
        assertThat(questions)
                .extracting(ExpectedAnswer::question, ExpectedAnswer::expected)
                .containsExactly(
                        tuple("How hot for green tea?", List.of("00001.md#1")),
                        tuple("How hot for a green one?", List.of("00001.md#1")),
                        tuple("How hot for black tea?", List.of("00001.md#2")),
                        tuple("白茶产于哪里？", List.of("00002.md#1")),
                        tuple("谁发明了电话？", List.of()));
        assertThat(questions.get(2).isRight("It must be BOILING (or  so)")).isTrue();
        assertThat(questions.get(2).isRight("It must boil")).isFalse();
    }

    @Test
    void should_take_one_of_so_many_questions() throws IOException {
        assertThat(SquadFile.read(set).unpack(documents, 3))
                .extracting(ExpectedAnswer::question)
                .containsExactly("How hot for green tea?", "白茶产于哪里？");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"data\": []}", "{\"data\": 1}", "{\"data\": [", "{\"data\": [{}]}"})
    void should_say_what_is_no_such_file(String json) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), json);

        assertThatThrownBy(() -> SquadFile.read(wrong).unpack(documents, 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("wrong.json");
        assertThatThrownBy(() -> SquadFile.read(folder)).isInstanceOf(UsageException.class);
    }

    @Test
    void should_evaluate_the_retrieval_of_a_set_and_leave_nothing_behind() {
        SampleCorpus.Run run = SampleCorpus.run(
                Map.of(),
                "",
                "evaluate",
                "--squad",
                set.toString(),
                "--index",
                folder.resolve("none").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("5 questions.")
                .contains("Retrieval: recall@1 1.00, recall@3 1.00, recall@5 1.00, mean reciprocal rank 1.00")
                .contains("(95 % confidence: recall@1 0.51 to 1.00, recall@5 0.51 to 1.00)")
                .contains("1 of 1 unanswerable questions have no passage above it, and 0 of 4 answerable ones");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
