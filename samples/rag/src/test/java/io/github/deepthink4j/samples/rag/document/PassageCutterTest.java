package io.github.deepthink4j.samples.rag.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageCutterTest {

    /** A token for each letter, digit or mark; it adds up what it was asked. */
    private static class Letters implements TokenCountEstimator {

        private long counted;

        @Override
        public int estimateTokenCountInText(String text) {
            counted += text.length();
            return (int)
                    text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException();
        }
    }

    private final Letters letters = new Letters();

    private List<String> cut(int maxTokens, String text) {
        return new PassageCutter(letters, maxTokens).cut(text);
    }

    @Test
    void should_keep_short_paragraphs_together_and_a_long_one_to_itself() {
        assertThat(cut(12, "One.\n\nTwo.\n\nThree is longer. Four.\n\nFive.\n \n\nSix."))
                .containsExactly("One.\n\nTwo.", "Three is", "longer.", "Four.", "Five.\n \n\nSix.");
    }

    @Test
    void should_end_where_a_line_or_a_sentence_ends() {
        assertThat(cut(14, "a line of it\nanother line\nthe last"))
                .containsExactly("a line of it", "another line", "the last");
        assertThat(cut(20, "The first is here. Is it 3.5 kg? \"Yes!\" It is."))
                .containsExactly("The first is here.", "Is it 3.5 kg? \"Yes!\"", "It is.");
    }

    @Test
    void should_end_where_a_chinese_sentence_ends() {
        assertThat(cut(16, "他说：“今天很好。”然后走了！真的吗？是的；好。（完。）下一句很长很长，还有下文。"))
                .containsExactly("他说：“今天很好。”然后走了！", "真的吗？是的；好。（完。）", "下一句很长很长，还有下文。");
        assertThat(cut(8, "这一句话很长，没有句号、也没有空格，只有逗号")).containsExactly("这一句话很长，", "没有句号、", "也没有空格，", "只有逗号");
    }

    @Test
    void should_cut_a_word_in_need_and_no_character() {
        String smileys = "\uD83D\uDE00".repeat(50);

        List<String> passages = cut(10, smileys);

        assertThat(String.join("", passages)).isEqualTo(smileys);
        assertThat(passages).hasSizeLessThanOrEqualTo(6).allMatch(passage -> passage.length() % 2 == 0);
    }

    @Test
    void should_cut_what_a_model_takes_for_a_single_token() {
        TokenCountEstimator one = new Letters() {
            @Override
            public int estimateTokenCountInText(String text) {
                return text.isBlank() ? 0 : 1;
            }
        };

        assertThat(new PassageCutter(one, 10).cut("x".repeat(1_000) + " " + "word ".repeat(100)))
                .allMatch(passage -> passage.length() <= 120);
    }

    @Test
    void should_lose_nothing_and_count_each_part_a_few_times_only() {
        String text =
                ("It says a thing. And another, of some length, with 3 parts; no more.\n".repeat(7) + "\n").repeat(300);

        List<String> passages = cut(200, text);

        assertThat(String.join(" ", passages).split("\\s+")).containsExactly(text.split("\\s+"));
        assertThat(letters.counted).isLessThan(4L * text.length());
    }

    @Test
    void should_give_nothing_for_a_blank_text() {
        assertThat(cut(10, "")).isEmpty();
        assertThat(cut(10, " \n\n \n")).isEmpty();
    }
}
