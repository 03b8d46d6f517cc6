package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reader of Markdown would see code or a quotation. */
class MarkdownPlaceTest {

    private static MarkdownPlace behind(String text) {
        MarkdownPlace place = new MarkdownPlace();
        place.follow(text);
        return place;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```",
                "```\n",
                "```java\nx\n",
                "  ```\nx",
                "~~~\nx",
                "~~~~",
                "````\n```\n",
                "~~~\n```\n",
                "```\n~~~\n",
                "```\n``\n",
                "```\nx``\n",
                "```\n ```x\n",
                "~~~x~~~\n",
                "~~~\nx~~~\n",
                "> ",
                " > a",
                "a\n>",
                "```\n> ",
                "```\nx\n```\n```\n"
            })
    void should_be_quoted_in_a_fence_and_in_a_block_quote(String text) {
        assertThat(behind(text).isQuoted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "``",
                "``\n",
                "~~\n",
                "---\n",
                "x ```\n",
                "```x```\n",
                "```x`",
                "```\nx\n```",
                "```\nx\n```\n",
                "```\nx\n  ```  \n",
                "```\nx\n`````\n",
                "~~~\n```\n~~~\n",
                "```\nx```",
                "```\nx```\n",
                "a > b",
                "> a\n",
                "> a\nb"
            })
    void should_not_be_quoted_elsewhere(String text) {
        assertThat(behind(text).isQuoted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        a `          | `
        a `b         | `
        a `b`        |
        a ``b        | `
        a ``b`       | `
        a ``b` c     | `
        a ``b``      |
        a "          | "
        a "b         | "
        a "b"        |
        a "b" "      | "
        a “b         | ”
        a “b"        | ”
        a “b”        |
        a 「b         | 」
        a «b         | »
        a '          | '
        it's         |
        a `"         | `"
        """)
    void should_know_the_marks_that_may_close_on_the_line(String text, String marks) {
        assertThat(behind(text).closingMarks()).isEqualTo(marks == null ? "" : marks);
    }

    @Test
    void should_forget_marks_at_the_end_of_the_line_and_when_it_is_told_to() {
        assertThat(behind("a ` \" “\n").closingMarks()).isEmpty();
        assertThat(behind("```\na `").closingMarks()).isEmpty();

        MarkdownPlace place = behind("27\" and `");
        place.forgetMarks();
        assertThat(place.closingMarks()).isEmpty();
        place.follow(" and \"");
        assertThat(place.closingMarks()).isEmpty();
        place.follow("\n`");
        assertThat(place.closingMarks()).isEqualTo("`");
    }

    @Test
    void should_know_where_a_line_begins() {
        assertThat(behind("").isLineStart()).isTrue();
        assertThat(behind(" \t").isLineStart()).isTrue();
        assertThat(behind("a").isLineStart()).isFalse();
        assertThat(behind("a\n ").isLineStart()).isTrue();
    }

    @Test
    void should_not_take_code_or_what_is_within_other_markup_for_a_plain_line() {
        assertThat(behind("a\n").isPlainLineStart()).isTrue();
        assertThat(behind("a\n   ").isPlainLineStart()).isTrue();
        assertThat(behind("a\n    ").isPlainLineStart()).isFalse();
        assertThat(behind("a\n\t").isPlainLineStart()).isFalse();
        assertThat(behind("    \n").isPlainLineStart()).isTrue();
        assertThat(behind("<example>\n").isPlainLineStart()).isFalse();
        assertThat(behind("a").isPlainLineStart()).isFalse();
    }

    @Test
    void should_know_what_it_ends_with_beside_white_space() {
        assertThat(behind("So: \n").endsWithOneOf(":.")).isTrue();
        assertThat(behind("So \n").endsWithOneOf(":.")).isFalse();
        assertThat(behind(" \n").endsWithOneOf(":.")).isFalse();
    }
}
