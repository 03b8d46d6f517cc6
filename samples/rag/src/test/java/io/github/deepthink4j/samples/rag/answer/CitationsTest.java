package io.github.deepthink4j.samples.rag.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It is so [1].            | 1",
                "It is so [2][3].         | 2 3",
                "It is so [3, 1].         | 1 3",
                "It is so [2-4].          | 2 3 4",
                "It is so [citation:7].   | 7",
                "是这样的【2】。            | 2",
                "An array a[i], [x], [].  | ''",
                "In [99999] it is not.    | ''",
                "A range [1-9999] is cut. | 1 2 3",
            })
    void should_find_the_numbers(String text, String numbers) {
        assertThat(Citations.in(text))
                .startsWith(List.of(numbers.split(" ")).stream()
                        .filter(number -> !number.isEmpty())
                        .map(Integer::valueOf)
                        .toArray(Integer[]::new));
        if (numbers.isEmpty()) {
            assertThat(Citations.in(text)).isEmpty();
        }
        assertThat(Citations.in(text)).hasSizeLessThan(110);
    }

    @Test
    void should_name_the_files_for_the_memory() {
        List<Passage> passages = List.of(
                new Passage(1, "a.md", "H", "t", 1),
                new Passage(2, "b$1.md", "H", "t", 1),
                new Passage(3, "a.md", "I", "t", 1));

        assertThat(Citations.withFiles("One [1]. Two [2][1]. Both [1,3]. None [9].", passages))
                .isEqualTo("One (a.md). Two (b$1.md)(a.md). Both (a.md). None .");
    }
}
