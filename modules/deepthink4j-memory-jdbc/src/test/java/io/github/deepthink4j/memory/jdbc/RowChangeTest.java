package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowChangeTest {

    private final Map<ChatMessage, Long> rows = new IdentityHashMap<>();
    private final TreeMap<Long, ChatMessage> table = new TreeMap<>();
    private State state = State.absent("a", 1);

    /** As the database does it. */
    private RowChange change(List<ChatMessage> messages) {
        RowChange change = RowChange.of(state, messages, rows::get);
        for (RowChange.Range range : change.deleted()) {
            table.subMap(range.first(), true, range.last(), true).clear();
        }
        for (int index : change.inserted()) {
            assertThat(table.put(change.positions()[index], messages.get(index)))
                    .isNull();
        }
        state = change.toState(state, state.order() + 1, true, 1, 1);
        rows.clear();
        for (int i = 0; i < messages.size(); i++) {
            rows.put(messages.get(i), change.positions()[i]);
        }
        return change;
    }

    private static List<ChatMessage> messages(int count) {
        List<ChatMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(UserMessage.from("message " + i));
        }
        return messages;
    }

    @Test
    void should_add_one_row_for_one_message() {
        List<ChatMessage> messages = messages(5_000);
        change(messages);
        messages.add(UserMessage.from("new"));

        RowChange change = change(messages);

        assertThat(change.deleted()).isEmpty();
        assertThat(change.inserted()).containsExactly(5_000);
    }

    @Test
    void should_touch_two_rows_where_a_window_moves_on_by_one() {
        List<ChatMessage> messages = messages(100);
        change(messages);
        for (int turn = 0; turn < 50; turn++) {
            messages.remove(1);
            messages.add(UserMessage.from("new " + turn));

            RowChange change = change(messages);

            assertThat(change.deleted()).hasSize(1);
            assertThat(change.inserted()).containsExactly(99);
        }
        assertThat(table.values()).containsExactlyElementsOf(messages);
    }

    @Test
    void should_put_a_system_message_before_all_rows() {
        List<ChatMessage> messages = messages(10);
        change(messages);
        messages.add(0, UserMessage.from("first"));

        RowChange change = change(messages);

        assertThat(change.deleted()).isEmpty();
        assertThat(change.inserted()).containsExactly(0);
        assertThat(table.values()).containsExactlyElementsOf(messages);
    }

    @Test
    void should_hold_what_it_should_after_any_changes() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            table.clear();
            rows.clear();
            state = State.absent("a", 1);
            List<ChatMessage> messages = new ArrayList<>();
            for (int step = 0; step < 20; step++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    int at = random.nextInt(messages.size() + 1);
                    ChatMessage added = messages.isEmpty() || random.nextInt(4) > 0
                            ? UserMessage.from("message " + random.nextInt())
                            : messages.get(random.nextInt(messages.size()));
                    messages.add(random.nextBoolean() ? messages.size() : at, added);
                }
                for (int i = random.nextInt(3); i > 0 && !messages.isEmpty(); i--) {
                    messages.remove(random.nextBoolean() ? 0 : random.nextInt(messages.size()));
                }

                change(messages);

                assertThat(table.values()).as("seed %d, step %d", seed, step).containsExactlyElementsOf(messages);
                assertThat(state.rows()).isEqualTo(messages.size());
            }
        }
    }
}
