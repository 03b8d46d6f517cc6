package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Votes that come in any order. */
class BallotTest {

    private final Ballot ballot = new Ballot(AnswerExtractor.exactText());

    private void add(int sample, String text) {
        ballot.add(sample, said(text));
    }

    private static ChatResponse said(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }

    @Test
    void should_not_be_decided_before_anybody_has_an_answer() {
        assertThat(ballot.isDecided(0)).isFalse();
        assertThat(ballot.votes()).isEmpty();
        assertThat(ballot.winner()).isEmpty();

        add(1, " ");

        assertThat(ballot.isDecided(0)).isFalse();
        assertThat(ballot.votes()).isEmpty();
    }

    @Test
    void should_be_decided_when_nobody_can_catch_up() {
        add(1, "a");
        assertThat(ballot.isDecided(1)).isFalse();
        assertThat(ballot.isDecided(0)).isTrue();

        add(2, "a");
        add(3, "a");
        add(4, "b");
        assertThat(ballot.isDecided(2)).isFalse();
        assertThat(ballot.isDecided(1)).isTrue();

        add(5, "b");
        add(6, "b");
        assertThat(ballot.isDecided(0)).isFalse();
    }

    @Test
    void should_break_a_tie_by_the_lowest_number_and_not_by_arrival() {
        add(4, "late");
        add(2, "late");
        add(3, "early");
        add(1, "early");

        assertThat(ballot.votes()).containsExactly(new Vote("early", List.of(3, 1)), new Vote("late", List.of(4, 2)));
        assertThat(ballot.winner()).contains(1);
        assertThat(ballot.response(1)).isEqualTo(said("early"));
    }

    @Test
    void should_prefer_the_most_votes_to_the_lowest_number() {
        add(1, "one");
        add(3, "two");
        add(2, "two");

        assertThat(ballot.winner()).contains(2);
    }

    @Test
    void should_take_the_first_response_if_no_answer_was_found() {
        ballot.fail(1, new IllegalStateException("one"));
        add(3, " ");
        add(2, "\n");

        assertThat(ballot.winner()).contains(2);
        assertThat(ballot.response(2)).isEqualTo(said("\n"));
    }

    @Test
    void should_tell_failures_in_the_order_of_their_numbers() {
        RuntimeException two = new IllegalStateException("two");
        Ballot broken = new Ballot(response -> {
            throw two;
        });
        RuntimeException three = new IllegalStateException("three");
        broken.fail(3, three);
        broken.add(2, said("a"));

        assertThat(broken.failures()).containsExactly(two, three);
        assertThat(broken.winner()).isEmpty();
        assertThatThrownBy(() -> broken.response(2))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("this sample has not answered");
    }
}
