package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfMariaDb;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfPostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A commit whose outcome is not told, and what is of no weight once it is. */
class CommitsTest {

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

        private void assertNobodyKnows(Runnable change) {
            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(change::run)
                    .isNotInstanceOf(ConversationChangedException.class)
                    .withMessageContaining("nobody knows")
                    .withMessageNotContaining("Nothing has been");
        }

        @Test
        void should_find_what_was_committed_though_somebody_has_written_on_top_of_it() {
            store.updateMessages("a", said("1"));
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> made = troubled.getMessages("a");
            made.add(AiMessage.from("mine"));
            loseFirst("commit", false, () -> add(store, "a", UserMessage.from("theirs")));

            troubled.updateMessages("a", made);

            assertThat(another().getMessages("a"))
                    .containsExactly(UserMessage.from("1"), AiMessage.from("mine"), UserMessage.from("theirs"));
            add(troubled, "a", AiMessage.from("later"));
            assertThat(another().getMessages("a")).hasSize(4);
        }

        @Test
        void should_find_a_conversation_that_it_has_begun_though_somebody_has_gone_on_with_it() {
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> made = troubled.getMessages("a");
            made.add(UserMessage.from("mine"));
            loseFirst("commit", false, () -> add(store, "a", AiMessage.from("theirs")));

            troubled.updateMessages("a", made);

            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("mine"), AiMessage.from("theirs"));
        }

        @Test
        void should_say_that_nobody_knows_where_nothing_of_it_can_be_found() {
            store.updateMessages("a", said("1", "2"));
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> shorter = troubled.getMessages("a");
            shorter.remove(0);
            loseFirst("commit", false, () -> add(store, "a", UserMessage.from("theirs")));

            assertNobodyKnows(() -> troubled.updateMessages("a", shorter));

            List<ChatMessage> longer = troubled.getMessages("a");
            longer.add(AiMessage.from("mine"));
            loseFirst("commit", false, () -> store.deleteMessages("a"));
            assertNobodyKnows(() -> troubled.updateMessages("a", longer));
        }

        @Test
        void should_say_that_nothing_was_written_where_nothing_can_have_been() {
            store.updateMessages("a", said("1"));
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> longer = troubled.getMessages("a");
            longer.add(AiMessage.from("mine"));
            loseFirst("prepareStatement", true, () -> add(store, "a", UserMessage.from("theirs")));

            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> troubled.updateMessages("a", longer))
                    .withMessageContaining("Nothing has been written");
            assertThat(another().getMessages("a")).hasSize(2);
        }

        @Test
        void should_say_that_nobody_knows_after_whatever_else_a_commit_throws() {
            JdbcChatMemoryStore troubled = troubled(true);
            List<ChatMessage> read = troubled.getMessages("a");
            trouble = (method, before) -> {
                if (method.equals("commit") && !before) {
                    throw new IllegalStateException("a proxy's own");
                }
            };
            read.add(UserMessage.from("Hi"));
            assertNobodyKnows(() -> troubled.updateMessages("a", read));

            trouble = (method, before) -> {};
            List<ChatMessage> again = troubled.getMessages("a");
            assertThat(again).hasSize(1);
            again.add(AiMessage.from("Hello"));
            trouble = (method, before) -> {
                if (method.equals("commit") && !before) {
                    throw new LinkageError("a proxy's own");
                }
            };
            assertThatExceptionOfType(LinkageError.class)
                    .isThrownBy(() -> troubled.updateMessages("a", again))
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("nobody knows"));
            assertThat(open).hasValue(0);
        }

        @Test
        void should_count_what_was_pruned_though_the_word_of_it_was_lost() {
            for (int i = 0; i < 7; i++) {
                add(store, "old " + i, UserMessage.from("Hi"));
            }
            clock.pass(Duration.ofDays(31));
            add(store, "young", UserMessage.from("Hi"));
            JdbcChatMemoryStore troubled = troubled(true);
            troubled.getMessages("young");
            loseFirst("commit", false, () -> {});
            assertThat(troubled.pruneOlderThan(Duration.ofDays(30))).isEqualTo(7);

            add(store, "other", UserMessage.from("Hi"));
            clock.pass(Duration.ofDays(31));
            loseFirst("commit", true, () -> {});
            assertThat(troubled.pruneOlderThan(Duration.ofDays(30))).isEqualTo(2);
        }

        @Test
        void should_spare_a_conversation_that_was_begun_anew_after_the_deletion() {
            store.updateMessages("a", said("1"));
            JdbcChatMemoryStore troubled = troubled(true);
            troubled.getMessages("a");
            loseFirst("commit", false, () -> add(store, "a", UserMessage.from("anew")));

            troubled.deleteMessages("a");

            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("anew"));
        }

        /** To set auto-commit commits what is open. */
        @Test
        void should_let_nothing_half_done_be_committed_where_it_can_not_be_rolled_back() {
            List<Throwable> thrown = List.of(
                    new SQLException("rollback", "HY000"),
                    new IllegalStateException("rollback"),
                    new LinkageError("rollback"));
            for (Throwable each : thrown) {
                String name = "a " + each.getClass().getName();
                List<String> calls = new ArrayList<>();
                trouble = (method, before) -> {
                    if (!before) {
                        return;
                    }
                    calls.add(method);
                    if (method.equals("commit")) {
                        throw new LinkageError("of the work");
                    }
                    if (method.equals("rollback")) {
                        TroubledFixture.<RuntimeException>sneaky(each);
                    }
                };

                assertThatExceptionOfType(LinkageError.class)
                        .isThrownBy(() -> troubled(true).updateMessages(name, said("half")))
                        .withMessage("of the work");

                assertThat(another().getMessages(name)).isEmpty();
                List<String> end = calls.subList(calls.lastIndexOf("rollback"), calls.size());
                assertThat(end).contains("abort").doesNotContain("setAutoCommit", "commit");
                assertThat(open).hasValue(0);
            }
        }

        @Test
        void should_roll_back_after_an_error_in_the_midst_of_it_and_give_the_connection_back_as_it_was() {
            List<String> calls = new ArrayList<>();
            trouble = (method, before) -> {
                if (before) {
                    calls.add(method);
                } else if (method.equals("executeBatch")) {
                    throw new StackOverflowError("of the work");
                }
            };

            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> troubled(true).updateMessages("a", said("half")));

            assertThat(another().getMessages("a")).isEmpty();
            assertThat(calls.subList(calls.lastIndexOf("rollback"), calls.size()))
                    .containsSubsequence("rollback", "setAutoCommit")
                    .doesNotContain("abort");
        }

        @Test
        void should_not_mind_a_connection_that_does_not_close() {
            store.updateMessages("a", said("1"));
            JdbcChatMemoryStore troubled = troubled(true);
            AtomicInteger closed = new AtomicInteger();
            trouble = (method, before) -> {
                if (method.equals("closeConnection")) {
                    switch (closed.getAndIncrement() % 4) {
                        case 0 -> throw new SQLException("close", "08006");
                        case 1 -> throw new SQLException("close", "HY000");
                        case 2 -> throw new LinkageError("close");
                        default -> throw new IllegalStateException("close");
                    }
                }
            };

            for (int i = 0; i < 6; i++) {
                add(troubled, "a", UserMessage.from("more"));
            }

            assertThat(new ArrayList<>(another().getMessages("a"))).hasSize(7);
            assertThat(closed).hasValueGreaterThan(11);
        }

        /** Each in its own words: PostgreSQL's lock, MySQL's statement, a session that was idle too long. */
        @Test
        void should_try_again_whatever_may_pass() {
            List<SQLException> passing = List.of(
                    new SQLException("canceling statement due to lock timeout", "55P03"),
                    new SQLException("terminating connection", "57P05"),
                    new SQLException("Lock wait timeout exceeded", "HY000", 1205),
                    new SQLException("disconnected because of inactivity", "HY000", 4031),
                    new SQLException("a batch has failed", new SQLException("reset", "08S01")));
            for (SQLException each : passing) {
                JdbcChatMemoryStore troubled = troubled(true);
                AtomicInteger thrown = new AtomicInteger();
                troubled.getMessages("a");
                trouble = (method, before) -> {
                    if (before && method.equals("executeBatch") && thrown.getAndIncrement() == 0) {
                        throw each;
                    }
                };
                add(troubled, "a", UserMessage.from("Hi"));
                trouble = (method, before) -> {};
            }

            assertThat(another().getMessages("a")).hasSize(passing.size());
        }
    }
}
