package io.github.deepthink4j.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

    private final Turns<String> turns = new Turns<>();

    private void waits(String... calls) {
        for (String call : calls) {
            turns.add(call.substring(0, 1), call, false);
        }
    }

    private @Nullable String next() {
        return turns.next(user -> true);
    }

    private List<String> served() {
        List<String> served = new ArrayList<>();
        for (String next = next(); next != null; next = next()) {
            served.add(next);
            turns.served(next.substring(0, 1));
        }
        return served;
    }

    @Test
    void should_give_each_user_one_call_in_turn() {
        waits("a1", "a2", "a3", "b1", "c1", "c2");

        assertThat(served()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void should_let_a_call_that_was_sent_back_go_first_among_those_of_its_user_alone() {
        waits("a1", "a2", "b1");
        turns.add("b", "b0", true);
        turns.add("c", "c0", true);

        assertThat(served()).containsExactly("a1", "b0", "c0", "a2", "b1");
    }

    @Test
    void should_keep_the_turn_of_a_user_who_may_not_go_yet() {
        waits("a1", "a2", "b1", "b2");

        assertThat(turns.next("b"::equals)).isEqualTo("b1");
        turns.served("b");
        assertThat(turns.next("c"::equals)).isNull();

        assertThat(served()).containsExactly("a1", "b2", "a2");
    }

    @Test
    void should_forget_who_leaves() {
        waits("a1", "a2", "b1");

        assertThat(turns.remove("a", "a1")).isTrue();
        assertThat(turns.remove("a", "a1")).isFalse();
        assertThat(turns.remove("x", "x1")).isFalse();
        assertThat(turns.size()).isEqualTo(2);
        assertThat(turns.size("a")).isEqualTo(1);
        assertThat(served()).containsExactly("a2", "b1");
        assertThat(turns.size()).isZero();
    }

    /** The bound that CallLimit states: between a user's turns, and before the first of them, each other user has one at most. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void should_keep_nobody_waiting_for_more_than_one_call_of_each_other_user(long seed) {
        Random random = new Random(seed);
        List<String> users = List.of("a", "b", "c", "d", "e");
        Map<String, Map<String, Integer>> servedSince = new HashMap<>();
        int calls = 0;
        for (int step = 0; step < 5_000; step++) {
            String user = users.get(Math.min(4, (int) Math.abs(random.nextGaussian() * 2)));
            if (random.nextInt(5) < 3) {
                if (turns.size(user) == 0) {
                    servedSince.put(user, new HashMap<>());
                }
                turns.add(user, user + calls++, random.nextInt(4) == 0);
            } else {
                String next = next();
                if (next == null) {
                    continue;
                }
                String whose = next.substring(0, 1);
                turns.served(whose);
                servedSince.put(whose, new HashMap<>());
                servedSince.forEach((other, since) -> {
                    if (!other.equals(whose) && turns.size(other) > 0) {
                        assertThat(since.merge(whose, 1, Integer::sum)).isEqualTo(1);
                    }
                });
            }
        }
    }
}
