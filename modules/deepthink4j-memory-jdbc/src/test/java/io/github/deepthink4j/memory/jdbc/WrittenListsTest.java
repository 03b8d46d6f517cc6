package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfMariaDb;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfPostgreSql;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Lists made of what was written, not read: the store knows since when, and does not go by what the thread has seen by chance. */
class WrittenListsTest {

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(TestDatabase.H2_IN_MEMORY);
        }
    }

    @Nested
    @IfPostgreSql
    class OnPostgreSql extends Contract {
        OnPostgreSql() {
            super(TestDatabase.POSTGRES);
        }
    }

    @Nested
    @IfMariaDb
    class OnMariaDb extends Contract {
        OnMariaDb() {
            super(TestDatabase.MARIADB);
        }
    }

    abstract static class Contract extends StoreFixture {

        Contract(TestDatabase database) {
            super(database);
        }

        private static List<ChatMessage> list(ChatMessage... messages) {
            return new ArrayList<>(List.of(messages));
        }

        private void assertRefused(JdbcChatMemoryStore store, List<ChatMessage> messages) {
            List<ChatMessage> before = another().getMessages("a");
            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> store.updateMessages("a", messages))
                    .withMessageContaining("Nothing has been written");
            assertThat(another().getMessages("a")).isEqualTo(before);
        }

        @Test
        void should_hold_a_list_against_the_writing_it_comes_from_and_not_against_a_later_reading() {
            UserMessage first = UserMessage.from("1");
            store.updateMessages("a", list(first));
            add(another(), "a", AiMessage.from("theirs"));
            store.getMessages("a");

            assertRefused(store, list(first, AiMessage.from("3")));
            assertRefused(store, list(first));
            assertRefused(store, list(SystemMessage.from("Be brief."), first));
        }

        @Test
        void should_do_so_where_all_that_was_read_is_evicted() {
            add(another(), "a", UserMessage.from("1"));
            List<ChatMessage> read = new ArrayList<>(store.getMessages("a"));
            AiMessage second = AiMessage.from("2");
            UserMessage third = UserMessage.from("3");
            read.add(second);
            store.updateMessages("a", read);
            store.updateMessages("a", list(second, third));
            add(another(), "a", AiMessage.from("theirs"));
            store.getMessages("a");

            assertRefused(store, list(third, AiMessage.from("4")));
        }

        @Test
        void should_refuse_one_that_was_made_before_and_holds_a_constant_of_later() {
            UserMessage first = UserMessage.from("1");
            UserMessage constant = UserMessage.from("go on");
            store.updateMessages("a", list(first));
            add(another(), "a", AiMessage.from("theirs"));
            add(store, "a", constant);

            assertRefused(store, list(first, constant));
            assertRefused(store, list(first, constant, AiMessage.from("mine")));
        }

        @Test
        void should_refuse_a_second_list_that_was_made_of_the_same_emptiness() {
            List<ChatMessage> one = new ArrayList<>(store.getMessages("a"));
            List<ChatMessage> other = new ArrayList<>(store.getMessages("a"));
            one.add(UserMessage.from("one"));
            other.add(UserMessage.from("other"));
            store.updateMessages("a", one);

            assertRefused(store, other);
        }

        @Test
        void should_know_in_each_store_of_a_table_what_another_one_has_read_and_written() {
            JdbcChatMemoryStore second = another();
            UserMessage written = UserMessage.from("1");
            store.updateMessages("a", list(written));
            List<ChatMessage> read = new ArrayList<>(store.getMessages("a"));
            add(another(), "a", AiMessage.from("theirs"));
            second.getMessages("a");

            read.add(AiMessage.from("mine"));

            assertRefused(second, read);
            assertRefused(second, list(written, AiMessage.from("mine")));
        }

        @Test
        void should_take_a_list_on_from_store_to_store() {
            JdbcChatMemoryStore second = another();
            List<ChatMessage> kept = list(UserMessage.from("1"));
            store.updateMessages("a", kept);
            kept.add(AiMessage.from("2"));
            second.updateMessages("a", kept);
            kept.add(UserMessage.from("3"));
            store.updateMessages("a", kept);

            assertThat(another().getMessages("a")).isEqualTo(kept);
        }

        @Test
        void should_let_a_list_lose_messages_and_go_on() {
            List<ChatMessage> kept = list(UserMessage.from("1"), AiMessage.from("2"), UserMessage.from("3"));
            store.updateMessages("a", kept);
            kept.remove(0);
            store.updateMessages("a", kept);
            onAnotherThread(() -> {
                kept.remove(0);
                store.updateMessages("a", kept);
                kept.add(AiMessage.from("4"));
                store.updateMessages("a", kept);
                return true;
            });

            assertThat(another().getMessages("a")).isEqualTo(kept).hasSize(2);
        }

        @Test
        void should_begin_again_with_a_constant_that_was_written_long_ago() {
            SystemMessage constant = SystemMessage.from("Be brief.");
            for (int i = 0; i < 3; i++) {
                add(store, "a", constant, UserMessage.from("Hi"));
                another().deleteMessages("a");
            }
            add(store, "a", constant);
            store.updateMessages("b", list(constant));
            store.updateMessages("a", list(constant, UserMessage.from("Hi")));
            store.updateMessages("b", list(constant, UserMessage.from("Ho")));

            assertThat(another().getMessages("a")).containsExactly(constant, UserMessage.from("Hi"));
            assertThat(another().getMessages("b")).containsExactly(constant, UserMessage.from("Ho"));
        }
    }
}
