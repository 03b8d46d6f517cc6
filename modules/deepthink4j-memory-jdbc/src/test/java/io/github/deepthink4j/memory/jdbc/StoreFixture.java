package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of a database share: tables of their own, and a clock. */
abstract class StoreFixture {

    /** Goes when it is told to. */
    static final class TestClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final String suffix = UUID.randomUUID().toString().substring(0, 8);
    final String conversationTable = "Conversation of " + suffix;
    final String messageTable = "message of " + suffix;
    final TestClock clock = new TestClock();
    final Database database;
    final DriverDataSource dataSource;
    JdbcChatMemoryStore store;

    StoreFixture(TestDatabase database) {
        this.database = database.kind();
        this.dataSource = new DriverDataSource(database.address());
    }

    @BeforeEach
    void createTables() {
        store = builder().createTables(true).build();
    }

    @AfterEach
    void dropTables() throws SQLException {
        execute("DROP TABLE " + database.quoted(messageTable));
        execute("DROP TABLE " + database.quoted(conversationTable));
    }

    final JdbcChatMemoryStore.Builder builder() {
        return JdbcChatMemoryStore.builder()
                .dataSource(dataSource)
                .conversationTable(conversationTable)
                .messageTable(messageTable)
                .clock(clock);
    }

    /** A second one: on its own it has read nothing, as in another process. */
    final JdbcChatMemoryStore another() {
        return builder().build();
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Position, time and text of each row, in order. */
    final List<String> rows(String conversation) throws SQLException {
        String sql = "SELECT m.position, m.created_at, m.message FROM " + database.quoted(messageTable) + " m JOIN "
                + database.quoted(conversationTable)
                + " c ON c.id = m.conversation_id WHERE c.memory_id = ? ORDER BY m.position";
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            database.setName(select, 1, conversation);
            ResultSet found = select.executeQuery();
            while (found.next()) {
                rows.add(found.getLong(1) + " " + found.getLong(2) + " " + found.getString(3));
            }
        }
        return rows;
    }

    final long count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM " + database.quoted(table))) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Reads, adds and writes, as a memory does. */
    static void add(JdbcChatMemoryStore store, Object id, ChatMessage... added) {
        List<ChatMessage> messages = new ArrayList<>(store.getMessages(id));
        messages.addAll(List.of(added));
        store.updateMessages(id, messages);
    }

    static List<ChatMessage> said(String... texts) {
        List<ChatMessage> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(messages.size() % 2 == 0 ? UserMessage.from(text) : AiMessage.from(text));
        }
        return messages;
    }

    static <T> T onAnotherThread(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return result.join();
    }
}
