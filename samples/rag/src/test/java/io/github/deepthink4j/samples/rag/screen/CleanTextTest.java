package io.github.deepthink4j.samples.rag.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {

    private static final String TAG_A = Character.toString(0xE0041);

    @Test
    void should_leave_nothing_that_drives_a_terminal() {
        for (int c = 0; c < 0xA0; c++) {
            String control = Character.toString(c);
            if (Character.isISOControl(c) && !control.equals("\n") && !control.equals("\t")) {
                assertThat(CleanText.of("a" + control + "b"))
                        .as("U+%04X", c)
                        .isEqualTo(control.equals("\r") ? "a\nb" : "ab");
            }
        }
    }

    @Test
    void should_show_the_rest_of_a_sequence_as_text() {
        assertThat(CleanText.of("\033]0;a title\007 \033[31mred \u009B2J \033]8;;http://evil\033\\link \033P+q\u009C"))
                .isEqualTo("]0;a title [31mred 2J ]8;;http://evil\\link P+q");
        assertThat(CleanText.of("\033]0;a title that never ends, and the answer"))
                .isEqualTo("]0;a title that never ends, and the answer");
    }

    @Test
    void should_show_nothing_of_what_was_not_said() {
        assertThat(CleanText.of(null)).isEmpty();
        assertThat(CleanText.inOneLine(null)).isEmpty();
    }

    @Test
    void should_make_one_line_of_all_lines() {
        assertThat(CleanText.inOneLine(" a\r\nb\u2028c\u2029d\u0085e\u000Bf\fg\u00A0h\u3000i\tj\033\u202Ek \n"))
                .isEqualTo("a b c d e f g h i jk");
    }

    @ParameterizedTest
    @CsvSource({
        "200E", "200F", "061C", "00AD", "180E", "2061", "206A", "FFF9", "1D173", "E0001", "202A", "202B", "202C",
        "E0100", "E01EF", "E0080", "FE00", "FE0D", "180B", "180F", "034F", "115F", "1160", "17B4", "3164", "FFA0",
        "2065", "FFF0", "202D", "202E", "2066", "2067", "2068", "2069", "FEFF", "200B", "2060", "E0041"
    })
    void should_take_away_what_turns_the_reading_direction_or_is_not_seen(String hex) {
        assertThat(CleanText.of("a" + Character.toString(Integer.parseInt(hex, 16)) + "b"))
                .isEqualTo("ab");
    }

    @Test
    void should_have_one_end_of_line() {
        assertThat(CleanText.of("a\r\nb\rc\u2028d\u2029e\nf")).isEqualTo("a\nb\nc\nd\ne\nf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ttwo\nthree",
                "\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F\u200D\uD83D\uDD25 \uD83C\uDDE9\uD83C\uDDEA \uD83D\uDC4D\uD83C\uDFFD",
                "9.11 \u548C 9.8 \u54EA\u4E2A\u5927\uFF1F",
                "\u0645\u0631\u062D\u0628\u064B\u0627 \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u06DD",
                "e\u0301 \u00A0 \u2212 \u20AC 100 % \\033 \\u001b"
            })
    void should_leave_what_people_write_also_when_it_comes_in_single_halves(String text) {
        assertThat(CleanText.of(text)).isEqualTo(text);
        assertThat(inPieces(text, 1)).isEqualTo(text);
        assertThat(inPieces(text, 2)).isEqualTo(text);
        assertThat(inPieces(text, 3)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7})
    void should_clean_pieces_as_it_cleans_the_whole(int length) {
        String hostile =
                "a\r\nb\033[2J\r\r\n" + TAG_A + "\u009B31m" + TAG_A + TAG_A + "\uD83D\uDE00\r\n\033]0;title\007end";

        assertThat(inPieces(hostile, length)).isEqualTo(CleanText.of(hostile));
    }

    @Test
    void should_not_let_halves_of_an_unseen_character_meet() {
        assertThat(CleanText.of("a\uDB40\033\uDC41b")).isEqualTo("ab");

        CleanText text = new CleanText();
        assertThat(text.next("a\uDB40")).isEqualTo("a");
        assertThat(text.next("\033")).isEmpty();
        assertThat(text.next("\uDC41b")).isEqualTo("b");
    }

    private static String inPieces(String whole, int length) {
        CleanText text = new CleanText();
        StringBuilder cleaned = new StringBuilder();
        for (int i = 0; i < whole.length(); i += length) {
            cleaned.append(text.next(whole.substring(i, Math.min(whole.length(), i + length))));
        }
        return cleaned.toString();
    }
}
