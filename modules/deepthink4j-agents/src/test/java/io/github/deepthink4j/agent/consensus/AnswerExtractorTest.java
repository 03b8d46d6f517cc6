package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is voted on. */
class AnswerExtractorTest {

    private static Optional<Object> found(AnswerExtractor extractor, String text) {
        return extractor.extract(
                ChatResponse.builder().aiMessage(AiMessage.from(text)).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | 10",
                "It is 10. | 10",
                "It is 10.0 | 10",
                "first 7, then 10.50 | 10.5",
                "10,000 | 10000",
                "10000.00 | 10000",
                "1,234,567.5 | 1234567.5",
                "10'000 | 10000",
                "10_000 | 10000",
                "10\u202f000 | 10000",
                "10{,}000 | 10000",
                "10\\,000 | 10000",
                "-3 | -3",
                "x = \u22123 | -3",
                "5-3 | 3",
                "(5)-3 | 3",
                "1e3 | 1000",
                "0.10 | 0.1",
                ".5 | 0.5",
                "1, 2, 3 | 3",
                "1,2345 | 2345",
                "$10.00 | 10",
                "10% | 10",
                "R1 says 42 | 42",
                "the year 2024, 100 people | 100"
            })
    void should_find_the_last_number(String text, BigDecimal expected) {
        assertThat(found(AnswerExtractor.lastNumber(), text))
                .isPresent()
                .get()
                .satisfies(number -> assertThat((BigDecimal) number).isEqualByComparingTo(expected));
        assertThat(found(AnswerExtractor.lastNumber(), text))
                .isEqualTo(found(AnswerExtractor.lastNumber(), expected.toPlainString()));
    }

    @Test
    void should_find_no_number_where_there_is_none() {
        assertThat(found(AnswerExtractor.lastNumber(), "I do not know")).isEmpty();
        assertThat(found(AnswerExtractor.lastNumber(), "R1")).isEmpty();
    }

    @Test
    void should_find_the_last_box() {
        AnswerExtractor boxed = AnswerExtractor.lastBoxed();

        assertThat(found(boxed, "\\boxed{1} and so \\boxed{\\frac{1}{2}}.")).contains("\\frac{1}{2}");
        assertThat(found(boxed, "\\boxed{\\frac{ 1 }{ 2 }}")).contains("\\frac{1}{2}");
        assertThat(found(boxed, "\\boxed{ 10.0 }")).isEqualTo(found(boxed, "\\boxed{10}"));
        assertThat(found(boxed, "\\boxed{10,000}")).isEqualTo(found(boxed, "\\boxed{10000}"));
        assertThat(found(boxed, "\\boxed{\\{1, 2\\}}")).contains("\\{1,2\\}");
        assertThat(found(boxed, "\\boxed{7} then \\boxed{8")).isEqualTo(found(boxed, "\\boxed{7}"));
        assertThat(found(boxed, "\\boxed{7}")).contains(new BigDecimal("7"));
        assertThat(found(boxed, "\\boxed{}")).isEmpty();
        assertThat(found(boxed, "no box, but 7")).isEmpty();
    }

    @Test
    void should_compare_json_as_json() {
        AnswerExtractor json = AnswerExtractor.json();
        Optional<Object> one = found(json, "{\"a\": 1, \"b\": [true, null, \"x\"]}");

        assertThat(one).isPresent();
        assertThat(found(json, "```json\n{ \"b\": [true, null, \"x\"], \"a\": 1.0 }\n```"))
                .isEqualTo(one);
        assertThat(found(json, "{\"a\": 1, \"b\": [null, true, \"x\"]}"))
                .isPresent()
                .isNotEqualTo(one);
        assertThat(found(json, "{\"a\": \"1\", \"b\": [true, null, \"x\"]}")).isNotEqualTo(one);
        assertThat(found(json, "{\"a\": 2, \"b\": [true, null, \"x\"]}")).isNotEqualTo(one);
        assertThat(found(json, "null")).isPresent().isNotEqualTo(found(json, "\"null\""));
        assertThat(found(json, "true"))
                .isPresent()
                .isNotEqualTo(found(json, "\"true\""))
                .isNotEqualTo(found(json, "false"));
        assertThat(found(json, "not json")).isEmpty();
        assertThat(found(json, "{\"a\": 1} and more")).isEmpty();
    }

    @Test
    void should_compare_text_without_blanks_at_its_ends() {
        AnswerExtractor text = AnswerExtractor.exactText();

        assertThat(found(text, " Yes\n")).contains("Yes");
        assertThat(found(text, "yes")).isNotEqualTo(found(text, "Yes"));
        assertThat(found(text, " ")).isEmpty();
    }
}
