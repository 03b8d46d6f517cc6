package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks in the text of a page, of which a model may write as many as it likes, in any order. */
class OcrMarksTest {

    private static String plain(String text) {
        return new OcrResult.Page(1, text, "stop").plainText();
    }

    @ParameterizedTest
    @CsvSource({
        "a<|box|>[[1]]<|/box|>b, ab",
        "a<|det|>x<|box|>y<|/det|>b, ab",
        "a<|box|>x<|det|>y<|/det|>b, a<|box|>xb",
        "a<|box|>b, a<|box|>b",
        "<|/box|>a<|box|>1<|/box|>b<|box|>2<|/box|>c<|box|>d, <|/box|>abc<|box|>d",
        "<|<|ref|>a<|/ref|>|>, <|a|>",
        "<|box|<|box|>1<|/box|>, <|box|",
        "a<|, a<|"
    })
    void should_leave_out_marks_and_places_that_have_an_end(String text, String plain) {
        assertThat(plain(text)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|box|>[[", "<|box|><|det|>", "<|det|>", "<|", "<|ref|>", "<|box|>1<|/det|>"})
    @Timeout(60)
    void should_read_as_many_marks_as_there_are(String mark) {
        assertThat(plain(mark.repeat(500_000))).isNotNull();
    }

    @Test
    @Timeout(60)
    void should_look_once_for_the_end_of_places_of_each_kind() {
        String text = "<|box|>".repeat(500_000) + "<|/box|>" + "<|det|>".repeat(500_000);

        assertThatCode(() -> plain(text)).doesNotThrowAnyException();
        assertThat(plain(text)).hasSize("<|det|>".length() * 500_000);
    }
}
