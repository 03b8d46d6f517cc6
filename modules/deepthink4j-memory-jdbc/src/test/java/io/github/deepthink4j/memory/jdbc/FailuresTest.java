package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfMariaDb;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfPostgreSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A database that fails, wherever it does: all of a change is there, or nothing of it, and the caller knows. */
class FailuresTest {

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

    abstract static class Contract extends TroubledFixture {

        Contract(TestDatabase database) {
            super(database);
        }

        private static List<ChatMessage> changed(List<ChatMessage> read) {
            List<ChatMessage> changed = new ArrayList<>(read);
            changed.remove(1);
            changed.add(UserMessage.from("new"));
            return changed;
        }

        @Test
        void should_write_all_or_nothing_wherever_it_fails() {
            store.updateMessages("a", said("1", "2", "3"));
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> read = troubled.getMessages("a");
            int calls = 0;
            boolean isDone = false;
            while (!isDone) {
                int failing = calls++;
                AtomicInteger call = new AtomicInteger();
                trouble = (method, before) -> {
                    boolean counts = before && !method.equals("rollback") && !method.equals("setAutoCommit");
                    if (counts && call.getAndIncrement() == failing) {
                        throw new SQLException("planned", "XX000");
                    }
                };
                try {
                    troubled.updateMessages("a", changed(read));
                    isDone = call.get() <= failing;
                } catch (ChatMemoryStoreException e) {
                    assertThat(e).hasMessageContaining("planned").isNotInstanceOf(ConversationChangedException.class);
                    assertThat(another().getMessages("a"))
                            .as("call %d", failing)
                            .isEqualTo(said("1", "2", "3"));
                }
                assertThat(open).hasValue(0);
            }

            assertThat(calls).isGreaterThan(10);
            assertThat(another().getMessages("a")).isEqualTo(changed(said("1", "2", "3")));
        }

        @Test
        void should_try_again_after_a_deadlock() {
            JdbcChatMemoryStore troubled = troubled(false);
            AtomicInteger deadlocks = new AtomicInteger(3);
            trouble = (method, before) -> {
                if (before && method.equals("executeBatch") && deadlocks.getAndDecrement() > 0) {
                    throw new SQLException("Deadlock found", "40001", 1213);
                }
            };

            add(troubled, "a", UserMessage.from("Hi"));

            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("Hi"));
            assertThat(deadlocks.get()).isNegative();
            assertThat(open).hasValue(0);
        }

        @Test
        void should_give_up_in_the_end() {
            JdbcChatMemoryStore troubled = troubled(true);
            trouble = (method, before) -> {
                if (method.equals("executeBatch")) {
                    throw new SQLException("Deadlock found", "40001", 1213);
                }
            };

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> add(troubled, "a", UserMessage.from("Hi")))
                    .withMessageContaining("Nothing has been changed")
                    .withCauseInstanceOf(SQLException.class);
            assertThat(store.getMessages("a")).isEmpty();
        }

        /** It is there, and the word that it is was lost. */
        @Test
        void should_find_what_was_committed_when_the_connection_was_lost() {
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> begun = troubled.getMessages("a");
            begun.add(UserMessage.from("Hi"));
            loseFirst("commit", false, () -> {});
            troubled.updateMessages("a", begun);
            begun.add(AiMessage.from("Hello"));
            loseFirst("commit", false, () -> {});
            troubled.updateMessages("a", begun);

            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("Hi"), AiMessage.from("Hello"));
            add(troubled, "a", UserMessage.from("Bye"));
            assertThat(another().getMessages("a")).hasSize(3);
        }

        @Test
        void should_write_again_what_was_not_committed_when_the_connection_was_lost() {
            JdbcChatMemoryStore troubled = troubled(true);
            loseFirst("commit", true, () -> {});
            add(troubled, "a", UserMessage.from("Hi"));

            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("Hi"));
        }

        @Test
        void should_say_when_nobody_knows() {
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> read = troubled.getMessages("a");
            read.add(UserMessage.from("Hi"));
            AtomicInteger commits = new AtomicInteger();
            trouble = (method, before) -> {
                if (method.equals("commit") && !before) {
                    commits.incrementAndGet();
                    throw new SQLException("connection reset", "08006");
                }
                if (method.equals("getConnection") && commits.get() > 0) {
                    throw new SQLException("connection refused", "08001");
                }
            };

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> troubled.updateMessages("a", read))
                    .withMessageContaining("nobody knows");
        }

        @Test
        void should_leave_no_doubt_where_it_has_only_read() {
            JdbcChatMemoryStore troubled = troubled(true);
            trouble = (method, before) -> {
                if (method.equals("commit")) {
                    throw new SQLException("connection reset", "08006");
                }
            };

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> troubled.getMessages("a"))
                    .withMessageContaining("Nothing has been changed");
        }

        @Test
        void should_say_that_there_is_no_connection() {
            JdbcChatMemoryStore troubled = troubled(true);
            AtomicInteger asked = new AtomicInteger();
            trouble = (method, before) -> {
                if (method.equals("getConnection")) {
                    asked.incrementAndGet();
                    throw new SQLException("no connection within 30000 ms", "08001");
                }
            };

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> troubled.getMessages("a"))
                    .withMessageContaining("no connection within")
                    .withMessageContaining("Nothing has been changed");
            assertThat(asked).as("a pool has waited for it already").hasValue(1);
            trouble = (method, before) -> {};
            add(troubled, "a", UserMessage.from("Hi"));
        }

        @Test
        void should_keep_an_interrupt() {
            Thread.currentThread().interrupt();
            add(store, "a", UserMessage.from("Hi"));
            boolean isKept = Thread.interrupted();

            assertThat(isKept).isTrue();
            assertThat(store.getMessages("a")).hasSize(1);
        }

        @Test
        void should_want_a_data_source() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JdbcChatMemoryStore.builder().build())
                    .withMessage("a dataSource is needed");
        }
    }
}
