package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedLinesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0x1B, \\u001b
            0x07, \\u0007
            0x00, \\u0000
            0x9B, \\u009b
            0x0D, \\u000d
            0x202E, \\u202e
            0x2066, \\u2066
            0x061C, \\u061c
            0x2028, \\u2028
            """)
    void should_show_what_drives_a_terminal(String character, String shown) {
        assertThat(LoggedLines.of("a" + Character.toString(Integer.decode(character)) + "b"))
                .isEqualTo("a" + shown + "b");
    }

    @Test
    void should_let_no_line_begin_where_those_of_the_log_do() {
        assertThat(LoggedLines.of("data: {}\n\n2026-11-29 ERROR forged\r\nmore"))
                .isEqualTo("data: {}\n  \n  2026-11-29 ERROR forged\n  more");
    }

    @Test
    void should_leave_texts_of_all_languages_alone() {
        String text = "{\"a\":\t\"深度求索 \uD83D\uDE00 ñ ي\"}";

        assertThat(LoggedLines.of(text)).isEqualTo(text);
    }
}
