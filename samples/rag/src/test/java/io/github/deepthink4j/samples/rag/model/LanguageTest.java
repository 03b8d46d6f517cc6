package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How long does the battery last?                     | ENGLISH
            电池能用多久？                                        | CHINESE
            電池能用多久？                                        | CHINESE
            Ostro 2 的电池能用多久，怎样才能让它用得更久？              | CHINESE
            Ostro 3 和 Ostro S 有什么区别？                        | ENGLISH CHINESE
            Spring Boot 里怎么配置 API key？                      | ENGLISH CHINESE
            The company is called 深度求索 in Chinese, which means that it seeks depth | ENGLISH
            Battery: 14 hours. 电池：14 小时。                     | ENGLISH CHINESE
            Wie lange hält der Akku?                            | ENGLISH
            Сколько стоит машина?                               | ENGLISH
            42                                                  | ENGLISH
            ''                                                  | ENGLISH
            E-4711                                              | ENGLISH
            E-4711 是什么意思                                     | CHINESE
            """)
    void should_tell_what_a_text_is_written_in(String text, String languages) {
        assertThat(Language.of(text).stream().map(Language::name).collect(Collectors.joining(" ")))
                .isEqualTo(languages);
    }
}
