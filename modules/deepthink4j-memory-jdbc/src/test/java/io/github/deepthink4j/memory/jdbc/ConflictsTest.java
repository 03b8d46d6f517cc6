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

/** Whatever a list was made from: what its maker has not seen is not overwritten. */
class ConflictsTest {

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

        private static List<ChatMessage> with(List<ChatMessage> read, ChatMessage... added) {
            List<ChatMessage> messages = new ArrayList<>(read);
            messages.addAll(List.of(added));
            return messages;
        }

        private void assertRefused(JdbcChatMemoryStore store, List<ChatMessage> messages) {
            List<ChatMessage> before = another().getMessages("a");
            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> store.updateMessages("a", messages))
                    .satisfies(e -> assertThat(e.conversation()).isEqualTo("a"))
                    .withMessageContaining("Nothing has been written")
                    .withNoCause();
            assertThat(another().getMessages("a")).isEqualTo(before);
        }

        @Test
        void should_refuse_what_was_made_before_another_process_wrote() {
            store.updateMessages("a", said("1", "2"));
            JdbcChatMemoryStore other = another();
            List<ChatMessage> read = store.getMessages("a");
            add(other, "a", UserMessage.from("from the other"));

            List<ChatMessage> made = with(read, UserMessage.from("mine"));

            assertRefused(store, made);
            assertRefused(store, made);
            add(store, "a", UserMessage.from("mine"));
            assertThat(other.getMessages("a")).hasSize(4);
        }

        @Test
        void should_refuse_it_from_the_very_list_that_was_read() {
            store.updateMessages("a", said("1", "2"));
            List<ChatMessage> read = store.getMessages("a");
            add(another(), "a", UserMessage.from("from the other"));
            store.getMessages("a");

            read.add(UserMessage.from("mine"));

            assertRefused(store, read);
        }

        @Test
        void should_tell_two_readers_of_one_store_apart() {
            store.updateMessages("a", said("1", "2"));
            List<ChatMessage> mine = store.getMessages("a");
            List<ChatMessage> theirs = onAnotherThread(() -> store.getMessages("a"));

            store.updateMessages("a", with(mine, UserMessage.from("mine")));

            assertRefused(store, with(theirs, UserMessage.from("theirs")));
        }

        @Test
        void should_tell_two_that_begin_a_conversation_apart() {
            JdbcChatMemoryStore other = another();
            assertThat(store.getMessages("a")).isEmpty();
            assertThat(other.getMessages("a")).isEmpty();
            other.updateMessages("a", said("from the other process"));
            assertRefused(store, said("mine"));
        }

        @Test
        void should_tell_two_threads_that_begin_a_conversation_with_one_object_apart() {
            UserMessage constant = UserMessage.from("Hello");
            assertThat(store.getMessages("a")).isEmpty();
            onAnotherThread(() -> {
                assertThat(store.getMessages("a")).isEmpty();
                store.updateMessages("a", List.of(constant));
                return true;
            });

            assertRefused(store, List.of(constant));
            assertRefused(store, List.of(constant, UserMessage.from("mine")));
        }

        @Test
        void should_tell_two_threads_that_add_one_object_apart() {
            UserMessage constant = UserMessage.from("Hello");
            store.updateMessages("a", said("1", "2"));
            List<ChatMessage> mine = store.getMessages("a");
            onAnotherThread(() -> {
                add(store, "a", constant);
                return true;
            });

            assertRefused(store, with(mine, constant));
        }

        @Test
        void should_let_a_memory_that_reads_once_go_on_until_somebody_else_writes() {
            store.updateMessages("a", said("1", "2"));
            List<ChatMessage> kept = new ArrayList<>(another().getMessages("a"));
            JdbcChatMemoryStore own = another();
            kept = new ArrayList<>(own.getMessages("a"));
            for (String text : List.of("3", "4", "5")) {
                kept.add(UserMessage.from(text));
                own.updateMessages("a", kept);
            }
            List<ChatMessage> all = kept;
            onAnotherThread(() -> {
                all.add(UserMessage.from("6"));
                all.remove(0);
                own.updateMessages("a", all);
                return true;
            });
            assertThat(another().getMessages("a")).isEqualTo(kept).hasSize(5);

            add(another(), "a", UserMessage.from("from the other"));
            own.getMessages("a");
            kept.add(UserMessage.from("7"));

            assertRefused(own, kept);
        }

        @Test
        void should_refuse_a_list_that_shows_nothing_of_what_was_written_since() {
            store.updateMessages("a", said("1", "2"));
            List<ChatMessage> shared = store.getMessages("a");
            store.updateMessages("a", with(shared, UserMessage.from("one")));

            assertRefused(store, with(shared, UserMessage.from("the other")));
        }

        @Test
        void should_refuse_to_replace_what_this_thread_has_not_read() {
            store.updateMessages("a", said("1", "2"));

            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> another().updateMessages("a", said("anew")))
                    .withMessageContaining("messages()");
            JdbcChatMemoryStore other = another();
            other.getMessages("a");
            other.updateMessages("a", said("anew"));

            assertThat(other.getMessages("a")).isEqualTo(said("anew"));
            assertRefused(store, said("anew as well"));
        }

        @Test
        void should_not_take_a_conversation_begun_anew_for_the_one_before() {
            store.updateMessages("a", said("1"));
            List<ChatMessage> read = store.getMessages("a");
            JdbcChatMemoryStore other = another();
            other.deleteMessages("a");
            other.updateMessages("a", said("1"));

            assertRefused(store, with(read, AiMessage.from("2")));
        }

        @Test
        void should_delete_whatever_somebody_else_has_written_and_tell_him() {
            store.updateMessages("a", said("1"));
            JdbcChatMemoryStore other = another();
            List<ChatMessage> read = other.getMessages("a");

            store.deleteMessages("a");

            assertRefused(other, with(read, AiMessage.from("2")));
            assertThat(store.getMessages("a")).isEmpty();
        }

        @Test
        void should_copy_from_one_store_to_another() {
            store.updateMessages("a", said("1", "2"));
            JdbcChatMemoryStore other = another();

            other.updateMessages("copy", store.getMessages("a"));
            store.updateMessages("second copy", store.getMessages("a"));

            assertThat(another().getMessages("copy")).isEqualTo(said("1", "2"));
            assertThat(another().getMessages("second copy")).isEqualTo(said("1", "2"));
            assertThat(another().getMessages("a")).isEqualTo(said("1", "2"));
        }

        @Test
        void should_write_in_whatever_order_messages_come() {
            store.updateMessages("a", said("1", "2", "3", "4"));
            List<ChatMessage> read = store.getMessages("a");
            read.add(0, SystemMessage.from("first"));
            read.add(3, UserMessage.from("between"));
            read.add(read.remove(1));
            read.add(read.get(1));
            store.updateMessages("a", read);
            assertThat(another().getMessages("a")).isEqualTo(read);

            read.remove(2);
            read.remove(0);
            store.updateMessages("a", read);
            assertThat(another().getMessages("a")).isEqualTo(read);
        }
    }
}
