package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordByWordTokensTest {

    private static final WordByWordTokens WORD_BY_WORD = new WordByWordTokens();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t ",
                "It runs for 14 hours on a charge (with Bluetooth off), doesn't it?",
                "antidisestablishmentarianism, naïve Café ÉCLAIR, C:\\new\\temp_1 x^2+y~`|<>=$5",
                "这台机器售价五欧元，重148克。“引号”和《书名号》",
                "日本語のテキスト、カタカナ。한국어 문장입니다. Русский текст: привет",
                "a\u00A0b\u3000c\u2003d e\u0301 \uD83D\uDE00 \uD842\uDFB7x 5\u20AC 20\u00B0C \u2192 1\u20442",
                "| Part | Mass |\n|---|---|\n| Ostro 2 S | 171 g |\n```java\nFoo foo = Foo.open(7);\n```"
            })
    void should_count_what_the_tokenizer_counts_of_the_whole(String text) {
        int tokens = new HuggingFaceTokenCountEstimator().estimateTokenCountInText(text);

        assertThat(WORD_BY_WORD.estimateTokenCountInText(text)).isEqualTo(tokens);
        assertThat(WORD_BY_WORD.estimateTokenCountInText(text))
                .as("from what it remembers")
                .isEqualTo(tokens);
    }
}
