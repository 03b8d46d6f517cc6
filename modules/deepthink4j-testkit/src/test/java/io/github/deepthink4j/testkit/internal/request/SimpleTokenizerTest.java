package io.github.deepthink4j.testkit.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimpleTokenizerTest {

    /** What a token is, said once more and more slowly. */
    private static final Pattern TOKEN = Pattern.compile(" ?[\\p{L}\\p{N}]{1,8}|\\{}|\\s+|.", Pattern.DOTALL);

    /** Letters and numbers of all kinds, white space and what looks like it, pairs of surrogates and halves of them. */
    private static final int[] CHARACTERS = {
        ' ', ' ', 'a', 'b', 'Z', '9', '{', '}', '"', ':', '\n', '\t', 0x0B, '\r', 0x1C, 0x85, 0xA0, 'é', 0xB2, 0x0660,
        0x2028, 0x2160, 0x3000, '你', 0xD800, 0xDC00, 0x1D400, 0x1F600
    };

    private static List<String> byPattern(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void should_be_what_the_pattern_says() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            }

            assertThat(SimpleTokenizer.tokens(text.toString())).isEqualTo(byPattern(text.toString()));
            assertThat(SimpleTokenizer.count(text.toString()))
                    .isEqualTo(byPattern(text.toString()).size());
        }
    }

    @Test
    void should_know_each_character_of_the_first_two_planes() {
        for (int character = 0; character < 0x20000; character++) {
            String text = " " + Character.toString(character) + Character.toString(character);
            if (!SimpleTokenizer.tokens(text).equals(byPattern(text))) {
                assertThat(SimpleTokenizer.tokens(text)).as("U+%04X", character).isEqualTo(byPattern(text));
            }
        }
    }
}
