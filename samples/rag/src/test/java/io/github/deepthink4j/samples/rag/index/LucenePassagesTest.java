package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LucenePassagesTest {

    @TempDir
    private Path index;

    private static TextSegment passage(String text) {
        return TextSegment.from(
                text,
                Metadata.from(Keys.FILE, "a.md")
                        .put(Keys.HEADING, "Heading")
                        .put(Keys.VERSION, "1")
                        .put(Keys.POSITION, 7));
    }

    private static void add(LucenePassages words, String id, String text) throws IOException {
        words.add(List.of(id), List.of(Embedding.from(new float[] {0, text.length(), 0})), List.of(passage(text)));
    }

    private List<String> found(String state, String question) throws IOException {
        try (Passages search = LucenePassages.search(index, state)) {
            return search.words().search(question, 10).stream()
                    .map(TextSegment::text)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is max_retries?            | Set wifi.max_retries=3 there.
            what does the DMS-2041 weigh    | The DMS-2041 weighs 3 kg.
            保修期是多久                       | 产品的保修期为两年。
            保修                              | 产品的保修期为两年。
            修                               | 产品的保修期为两年。
            ｍａｘ＿ｒｅｔｒｉｅｓ                    | Set wifi.max_retries=3 there.
            what is the                     | ''
            ?!                              | ''
            ''                              | ''
            """)
    void should_find_words_in_either_language(String question, String expected) throws IOException {
        String state;
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "1", "Set wifi.max_retries=3 there.");
            add(words, "2", "The DMS-2041 weighs 3 kg.");
            add(words, "3", "产品的保修期为两年。");
            add(words, "4", "电池可以用十四个小时。");
            state = words.keep();
        }

        assertThat(found(state, question).stream().limit(1))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void should_give_a_passage_back_as_it_was_put_in() throws IOException {
        String state;
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "1", "Old.");
            add(words, "1", "Of\nmany lines, 多行.");
            state = words.keep();
        }

        try (Passages search = LucenePassages.search(index, state)) {
            assertThat(search.words().search("heading", 10)).containsExactly(passage("Of\nmany lines, 多行."));
        }
    }

    @Test
    void should_go_on_from_the_state_that_the_catalog_names_after_a_kill() throws IOException {
        // given a state that a catalog names, and a newer one that was kept just before a kill
        String named;
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "1", "apples");
            named = words.keep();
            words.clearAway(named);
            add(words, "2", "pears");
            words.remove(List.of("1"));
            words.keep();
        }

        // then it is the named one that is searched
        assertThat(found(named, "apples pears")).containsExactly("apples");

        // and the next run goes on from it
        String next;
        try (LucenePassages words = LucenePassages.open(index, named)) {
            add(words, "3", "plums");
            next = words.keep();
            words.clearAway(next);
        }
        assertThat(next).isNotEqualTo(named);
        assertThat(found(next, "apples pears plums")).containsExactlyInAnyOrder("apples", "plums");
    }

    @Test
    void should_keep_the_named_state_while_another_is_begun_anew_until_that_is_named() throws IOException {
        // given
        String named;
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "1", "apples");
            named = words.keep();
            words.clearAway(named);
        }

        // when it is begun anew, and killed before the catalog names what it has kept
        String anew;
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "2", "pears");
            words.keep();
            add(words, "3", "plums");
            anew = words.keep();
        }

        // then
        assertThat(found(named, "apples pears plums")).containsExactly("apples");

        // and once it is named the other one goes
        try (LucenePassages words = LucenePassages.open(index, anew)) {
            words.clearAway(anew);
            assertThat(found(anew, "apples pears plums")).containsExactlyInAnyOrder("pears", "plums");
        }
        assertThatThrownBy(() -> found(named, "apples")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void should_let_who_reads_read_on_while_newer_states_are_written() throws IOException {
        try (LucenePassages words = LucenePassages.open(index, "")) {
            add(words, "1", "apples");
            String first = words.keep();
            words.clearAway(first);
            try (Passages reader = LucenePassages.search(index, first)) {
                for (int i = 0; i < 5; i++) {
                    words.remove(List.of(String.valueOf(i + 1)));
                    add(words, String.valueOf(i + 2), "apples again");
                    words.clearAway(words.keep());
                }

                assertThat(reader.words().search("apples", 10))
                        .extracting(TextSegment::text)
                        .containsExactly("apples");
            }
            assertThatThrownBy(() -> found(first, "apples")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void should_say_that_nothing_is_there() {
        assertThatThrownBy(() -> LucenePassages.search(index, "segments_9")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> LucenePassages.open(index, "segments_9")).isInstanceOf(NoSuchFileException.class);
    }
}
