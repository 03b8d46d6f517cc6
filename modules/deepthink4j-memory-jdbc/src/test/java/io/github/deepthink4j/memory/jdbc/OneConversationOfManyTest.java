package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfMariaDb;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen threads, half of them interrupted, in one conversation, over two stores: nothing is lost, and every conflict is told. */
@Timeout(180)
class OneConversationOfManyTest {

    private static final int THREADS = 8;
    private static final int MESSAGES = 6;

    @Nested
    class OnH2 extends StoreFixture {

        OnH2() {
            super(TestDatabase.H2_IN_MEMORY);
        }

        /** In one process, since nobody else can see its memory. */
        @Test
        void should_lose_nothing() throws Exception {
            CompletableFuture<Talker.Talk> other = CompletableFuture.supplyAsync(() -> talk("other"));
            Talker.Talk mine = talk("mine");

            assertAllIsThere(store, List.of("mine", "other"), List.of(mine, other.get(120, TimeUnit.SECONDS)));
        }

        private Talker.Talk talk(String name) {
            try {
                return Talker.talk(Talker.store(dataSource, conversationTable, messageTable), name, THREADS, MESSAGES);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    @IfPostgreSql
    class OnPostgreSql extends TwoProcesses {
        OnPostgreSql() {
            super(TestDatabase.POSTGRES);
        }

        @Override
        String connectionsThatWork() {
            return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%"
                    + suffix + "%'";
        }
    }

    @Nested
    @IfMariaDb
    class OnMariaDb extends TwoProcesses {
        OnMariaDb() {
            super(TestDatabase.MARIADB);
        }

        @Override
        String connectionsThatWork() {
            // The list of transactions is a tenth of a second old, in which all of them may have ended.
            return "SELECT CONCAT('KILL ', trx_mysql_thread_id) FROM information_schema.innodb_trx"
                    + " WHERE trx_mysql_thread_id <> CONNECTION_ID()"
                    + " UNION SELECT CONCAT('KILL ', id) FROM information_schema.processlist"
                    + " WHERE id <> CONNECTION_ID() AND info LIKE '%" + suffix + "%'";
        }
    }

    abstract static class TwoProcesses extends StoreFixture {

        @TempDir
        private Path output;

        private final String address;
        private int killed;

        TwoProcesses(TestDatabase database) {
            super(database);
            address = database.address();
        }

        /** Those that are about something in these tables; each row is killed by it, or a statement that does so. */
        abstract String connectionsThatWork();

        @Test
        void should_lose_nothing_between_two_processes() throws Exception {
            assertAllIsThere(store, List.of("one", "two"), talks(false));
        }

        @Test
        void should_lose_nothing_when_connections_are_killed() throws Exception {
            assertAllIsThere(store, List.of("one", "two"), talks(true));
            assertThat(killed).isPositive();
        }

        private List<Talker.Talk> talks(boolean isKilling) throws Exception {
            List<Process> processes = List.of(process("one"), process("two"));
            List<Talker.Talk> talks = new ArrayList<>();
            try {
                while (isKilling && processes.stream().anyMatch(Process::isAlive)) {
                    kill();
                    processes.get(0).waitFor(10, TimeUnit.MILLISECONDS);
                }
                for (Process process : processes) {
                    assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            for (String name : List.of("one", "two")) {
                talks.add(talkOf(Files.readString(output.resolve(name))));
            }
            return talks;
        }

        private Process process(String name) throws Exception {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Talker.class.getName(),
                            address,
                            conversationTable,
                            messageTable,
                            name,
                            String.valueOf(THREADS),
                            String.valueOf(MESSAGES))
                    .redirectErrorStream(true)
                    .redirectOutput(output.resolve(name).toFile())
                    .start();
        }

        private void kill() throws SQLException {
            List<String> statements = new ArrayList<>();
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                try (ResultSet found = statement.executeQuery(connectionsThatWork())) {
                    while (found.next()) {
                        statements.add(found.getString(1));
                    }
                }
                killed += statements.size();
                for (String each : statements) {
                    if (each.startsWith("KILL")) {
                        killIfThere(statement, each);
                    }
                }
            }
        }

        private static void killIfThere(Statement statement, String kill) {
            try {
                statement.execute(kill);
            } catch (SQLException e) {
                // It has ended by itself.
                assertThat(e.getErrorCode()).isEqualTo(1094);
            }
        }

        private static Talker.Talk talkOf(String output) {
            String[] words = output.lines()
                    .filter(line -> line.startsWith("talk "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(output))
                    .split(" ");
            return new Talker.Talk(
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]));
        }
    }

    private static void assertAllIsThere(JdbcChatMemoryStore store, List<String> names, List<Talker.Talk> talks) {
        List<ChatMessage> expected = new ArrayList<>();
        for (String name : names) {
            for (int thread = 0; thread < THREADS; thread++) {
                for (int i = 0; i < MESSAGES; i++) {
                    expected.add(UserMessage.from(name + "-" + thread + "-" + i));
                }
            }
        }
        System.out.println("added, conflicts told, failures told, interrupts lost: " + talks);
        assertThat(store.getMessages("all")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(talks).allMatch(talk -> talk.added() == THREADS * MESSAGES && talk.interruptsLost() == 0);
        assertThat(talks).anyMatch(talk -> talk.conflicts() > 0);
    }
}
