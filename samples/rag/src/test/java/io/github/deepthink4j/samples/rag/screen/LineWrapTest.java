package io.github.deepthink4j.samples.rag.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineWrapTest {

    @Test
    void should_break_between_words_whatever_the_pieces() {
        assertWrapped("one two three four five six", "one two three four\nfive six");
        assertWrapped("a list:\n  - first\n\n  - second item of it", "a list:\n  - first\n\n  - second item of\nit");
        assertWrapped(
                "see https://example.org/a-long/path?x=1&y=2 there",
                "see\nhttps://example.org/a-long/path?x=1&y=2\nthere");
        assertWrapped("ends with blanks  \n\n", "ends with blanks  ");
    }

    @Test
    void should_break_between_ideographs_but_before_no_sign_that_closes() {
        assertWrapped("九点一一和九点八哪个更大？答案是九点八。", "九点一一和九点八哪\n个更大？答案是九点\n八。");
        assertWrapped("九点一一和九点八哪。再来", "九点一一和九点八\n哪。再来");
    }

    private static void assertWrapped(String text, String expected) {
        for (int size : new int[] {1, 2, 3, 7, 1000}) {
            LineWrap wrap = new LineWrap(() -> 20);
            StringBuilder shown = new StringBuilder();
            for (int i = 0; i < text.length(); i += size) {
                shown.append(wrap.next(text.substring(i, Math.min(text.length(), i + size))));
            }
            assertThat(shown.append(wrap.end())).as("in pieces of %s", size).hasToString(expected);
        }
    }

    @Test
    void should_show_a_word_when_it_is_over_and_one_that_never_ends_when_it_fills_a_line() {
        LineWrap wrap = new LineWrap(() -> 20);

        assertThat(wrap.next("one")).isEmpty();
        assertThat(wrap.next(" tw")).isEqualTo("one");
        assertThat(wrap.next("o".repeat(30))).isEqualTo("\ntw" + "o".repeat(30));
    }

    @Test
    void should_mark_each_further_line_and_take_the_width_there_is() {
        int[] width = {20};
        LineWrap wrap = new LineWrap(() -> width[0], 4, "| ");

        String narrow = wrap.next("one two three four ");
        width[0] = 40;
        String wide = wrap.next("five six seven eight nine ten eleven\ntwelve") + wrap.end();

        assertThat(narrow + wide).isEqualTo("one two three\n| four five six seven eight nine ten\n| eleven\n| twelve");
    }
}
