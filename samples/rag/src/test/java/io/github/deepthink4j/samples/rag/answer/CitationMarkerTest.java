package io.github.deepthink4j.samples.rag.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitationMarkerTest {

    private static final String ANSWER = """
            # Run time

            It runs for 14 hours [1]. An older leaflet says 9 hours. [2] Nobody has measured that! See e.g. the table \
            (no. 5) for more of it [1].

            There are two reasons:
            - The radio sleeps now, approx. half of the time [1][2].
            - The battery is larger than it was.
            - Version 2.1 changed what 2.0 did [7].

            | Model | Hours of it |
            |---|---|
            | Ostro 2 | 14 of them [1] |
            | Ostro 2 S | 12 of them |

            ```
            This is code and claims nothing at all.
            ```
            Why is that so? "It is cold." [2] Yes.
            它可以运行十四个小时。[1] 它不防水也不防尘。
            The last one has no full stop""";

    private static final String MARKED = """
            # Run time

            It runs for 14 hours [1]. An older leaflet says 9 hours. [2] Nobody has measured that! [no source] See e.g. the \
            table (no. 5) for more of it [1].

            There are two reasons:
            - The radio sleeps now, approx. half of the time [1][2].
            - The battery is larger than it was. [no source]
            - Version 2.1 changed what 2.0 did [7]. [no source]

            | Model | Hours of it |
            |---|---|
            | Ostro 2 | 14 of them [1] |
            | Ostro 2 S | 12 of them | [no source]

            ```
            This is code and claims nothing at all.
            ```
            Why is that so? "It is cold." [2] Yes.
            它可以运行十四个小时。[1] 它不防水也不防尘。 [no source]
            The last one has no full stop [no source]""";

    private final List<MarkedSentence> sentences = new ArrayList<>();

    private CitationMarker marker(StringBuilder out) {
        return new CitationMarker(3, (sentence, cited) -> Optional.empty(), sentence -> {
            sentences.add(sentence);
            out.append(sentence.shown());
        });
    }

    private static String marked(CitationMarker marker, StringBuilder out) {
        marker.end();
        return out.toString();
    }

    @Test
    void should_mark_each_claim_that_cites_no_passage_there_is() {
        StringBuilder out = new StringBuilder();
        CitationMarker marker = marker(out);

        marker.accept(ANSWER);

        assertThat(marked(marker, out)).isEqualTo(MARKED);
        assertThat(sentences).filteredOn(MarkedSentence::isUnsourced).hasSize(6);
        assertThat(marker.cited()).containsExactly(1, 2);
        assertThat(marker.text()).isEqualTo(ANSWER);
    }

    @Test
    void should_mark_the_same_however_the_answer_is_cut() {
        long seed = System.nanoTime();
        System.out.println("cuts are made by seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder out = new StringBuilder();
            CitationMarker marker = marker(out);
            int longest = 1 + random.nextInt(40);
            for (int at = 0; at < ANSWER.length(); ) {
                int end = Math.min(ANSWER.length(), at + 1 + random.nextInt(longest));
                marker.accept(ANSWER.substring(at, end));
                at = end;
            }
            assertThat(marked(marker, out)).isEqualTo(MARKED);
        }
    }

    @Test
    void should_pass_a_sentence_on_as_soon_as_it_is_certain() {
        StringBuilder out = new StringBuilder();
        CitationMarker marker = marker(out);

        marker.accept("It runs for 14 hours. [1] T");
        assertThat(out).hasToString("It runs for 14 hours. [1]");
        marker.accept("his is new to everybody.\n");
        assertThat(out).hasToString("It runs for 14 hours. [1] This is new to everybody. [no source]\n");
    }

    @Test
    void should_mark_what_the_check_objects_to_before_the_blanks_that_end_it() {
        StringBuilder out = new StringBuilder();
        List<String> checked = new ArrayList<>();
        CitationMarker marker = new CitationMarker(
                3,
                (sentence, cited) -> {
                    checked.add(sentence + cited);
                    return sentence.contains("15") ? Optional.of("\"15\" is not in passage 1") : Optional.empty();
                },
                sentence -> out.append(sentence.shown()));

        marker.accept("It runs for 15 hours [1].\nIt weighs 171 g. [2][9] Is it 15 [1]?\n```\n15 [1]\n```\n15 h [1]");
        marker.end();

        assertThat(out)
                .hasToString("It runs for 15 hours [1]. [unsupported: \"15\" is not in passage 1]\n"
                        + "It weighs 171 g. [2][9] Is it 15 [1]?\n```\n15 [1]\n```\n"
                        + "15 h [1] [unsupported: \"15\" is not in passage 1]");
        assertThat(checked)
                .containsExactly("It runs for 15 hours [1].[1]", "It weighs 171 g. [2][9][2]", "15 h [1][1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Not in these documents.",
                " **Not in these documents.**\n",
                "\"Not in these documents.\"",
                "这些文档里没有。",
                "“这些文档里没有。”"
            })
    void should_know_a_refusal(String answer) {
        StringBuilder out = new StringBuilder();
        CitationMarker marker = marker(out);

        marker.accept(answer);

        assertThat(marked(marker, out)).isEqualTo(answer);
        assertThat(CitationMarker.isRefusal(answer)).isTrue();
        assertThat(CitationMarker.isRefusal("It is not in these documents.")).isFalse();
    }
}
