package io.github.deepthink4j.memory.jdbc;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in PostgreSQL, MySQL, MariaDB or H2, for {@code ReasoningChatMemory} and for LangChain4j's own memories. Whatever
 * number of threads and processes change a conversation, no message is overwritten that was not read: the later one gets a
 * {@link ConversationChangedException}, and does the same again.
 *
 * <p>A message is a row, in LangChain4j's own format; those that stay are not written again. Each change is a transaction of its own,
 * on a connection of the data source's, whatever surrounds it; {@code READ COMMITTED} is enough, and more does no harm. Deadlocks and
 * lost connections are tried again, a few times. Thread-safe.
 *
 * <p>One store object for a data source is enough, and should live as long as the application.
 */
public final class JdbcChatMemoryStore implements ChatMemoryStore {

    private static final int CONVERSATIONS_IN_A_BATCH = 500;

    private final Transactions transactions;
    private final Tables tables;
    private final MemoryIds ids;
    private final Clock clock;
    private final Origins origins = new Origins();
    private volatile @Nullable Database database;

    private JdbcChatMemoryStore(Builder builder, DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.tables = new Tables(builder.schema, builder.conversationTable, builder.messageTable);
        this.ids = new MemoryIds(builder.memoryIdToText);
        this.clock = builder.clock;
        this.database = builder.database;
    }

    /** Builds a store. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * @return the messages, in a new list that is the caller's; an empty one for a conversation that nobody knows
     * @throws UnreadableConversationException if one of them can't be understood
     * @throws ChatMemoryStoreException if the database fails
     */
    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        String name = nameOf(memoryId);
        long order = origins.nextOrder();
        Optional<ConversationTables.Stored> found = transactions.read(
                "The conversation '" + name + "' could not be read",
                (connection, inDoubt) -> tables(connection).read(connection, name));
        if (found.isEmpty()) {
            State absent = State.absent(name, order);
            origins.seen(absent);
            return new StoredMessages(List.of(), origins, absent);
        }
        ConversationTables.Stored stored = found.get();
        List<ChatMessage> messages = new ArrayList<>(stored.rows().size());
        List<@Nullable Long> positions = new ArrayList<>(stored.rows().size());
        for (ConversationTables.Row row : stored.rows()) {
            List<ChatMessage> inRow = understood(name, row);
            messages.addAll(inRow);
            for (int i = 0; i < inRow.size(); i++) {
                positions.add(inRow.size() == 1 ? row.position() : null);
            }
        }
        State state = stateOf(name, order, stored);
        origins.read(state, messages, positions);
        return new StoredMessages(messages, origins, state);
    }

    private static State stateOf(String name, long order, ConversationTables.Stored stored) {
        List<ConversationTables.Row> rows = stored.rows();
        long first = rows.isEmpty() ? 0 : rows.get(0).position();
        long last = rows.isEmpty() ? -1 : rows.get(rows.size() - 1).position();
        return new State(name, order, order, stored.version(), stored.row(), first, last, rows.size());
    }

    private static List<ChatMessage> understood(String name, ConversationTables.Row row) {
        try {
            return MessageJson.read(row.json());
        } catch (RuntimeException e) {
            throw new UnreadableConversationException(name, row.position(), e);
        }
    }

    /**
     * Writes them in the place of those that they were made from: see docs/memory.md of this project for how that is known.
     *
     * @throws ConversationChangedException if the conversation is not as it was read, or is there and was never read; nothing has
     *     changed then
     * @throws ChatMemoryStoreException if the database fails; its message says whether anything can have changed
     */
    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        String name = nameOf(memoryId);
        List<ChatMessage> all = List.copyOf(messages);
        State read = messages instanceof StoredMessages own ? own.stateFor(origins) : null;
        State base = read != null && read.name().equals(name) ? read : origins.baseOf(name, all);
        State written = write(base == null ? State.absent(name, origins.nextOrder()) : base, base == null, all);
        if (messages instanceof StoredMessages own) {
            own.writtenAs(origins, written);
        }
    }

    private State write(State base, boolean isBlind, List<ChatMessage> messages) {
        String name = base.name();
        RowChange change = RowChange.of(base, messages, message -> origins.positionIn(base, message));
        List<ConversationTables.Row> rows = new ArrayList<>();
        for (int index : change.inserted()) {
            rows.add(new ConversationTables.Row(change.positions()[index], MessageJson.of(messages.get(index))));
        }
        long version = newVersion();
        long order = origins.nextOrder();
        long row = transactions.run("The conversation '" + name + "' could not be written", (connection, inDoubt) -> {
            ConversationTables sql = tables(connection);
            long now = clock.millis();
            Long own = claim(sql, connection, base, version, now);
            if (own == null) {
                // Nobody else has this number: it is there, and only the word that it is was lost.
                Long there = inDoubt ? sql.rowAt(connection, name, version) : null;
                if (there != null) {
                    return there;
                }
                throw isBlind
                        ? ConversationChangedException.neverRead(name)
                        : ConversationChangedException.sinceRead(name);
            }
            sql.deleteRows(connection, own, change.deleted());
            sql.insertRows(connection, own, rows, now);
            return own;
        });
        State written = change.toState(base, order, version, row);
        origins.written(written, messages, change.positions());
        return written;
    }

    /** Makes the conversation's row this transaction's; {@code null} if it is not as it was. */
    private static @Nullable Long claim(
            ConversationTables sql, Connection connection, State base, long version, long now) throws SQLException {
        Long known = base.version();
        if (known != null) {
            return sql.advance(connection, base.row(), known, version, now) ? base.row() : null;
        }
        try {
            return sql.begin(connection, base.name(), version, now);
        } catch (SQLException e) {
            if (!Transactions.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return null;
        }
    }

    /** No counter: so a conversation that was deleted and begun anew is not taken for the old one, nor a write for another one. */
    private static long newVersion() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /**
     * Deletes the conversation as it stands, whoever has changed it.
     *
     * @throws ChatMemoryStoreException if the database fails
     */
    @Override
    public void deleteMessages(Object memoryId) {
        String name = nameOf(memoryId);
        transactions.run("The conversation '" + name + "' could not be deleted", (connection, inDoubt) -> {
            tables(connection).delete(connection, name);
            return true;
        });
        origins.seen(State.absent(name, origins.nextOrder()));
    }

    /**
     * Deletes the conversations that nobody has changed for so long, in transactions of some hundred each, so that nobody waits
     * long for it. Whoever is about to write to one of them gets a {@link ConversationChangedException}. An interrupt ends it
     * between two transactions, and is kept.
     *
     * @return how many
     * @throws ChatMemoryStoreException if the database fails; what was deleted until then stays so
     */
    public long pruneOlderThan(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("the age must not be negative, but is " + age);
        }
        long before = clock.instant().minus(age).toEpochMilli();
        long deleted = 0;
        int found;
        do {
            int[] batch = transactions.run("Old conversations could not be deleted", (connection, inDoubt) -> {
                ConversationTables sql = tables(connection);
                List<Long> rows = sql.unchangedSince(connection, before, CONVERSATIONS_IN_A_BATCH);
                return new int[] {rows.size(), rows.isEmpty() ? 0 : sql.delete(connection, rows, before)};
            });
            found = batch[0];
            deleted += batch[1];
        } while (found == CONVERSATIONS_IN_A_BATCH && !Thread.currentThread().isInterrupted());
        return deleted;
    }

    private String nameOf(Object memoryId) {
        return ids.nameOf(requireNonNull(memoryId, "memoryId"));
    }

    private ConversationTables tables(Connection connection) throws SQLException {
        return new ConversationTables(databaseOf(connection), tables);
    }

    private Database databaseOf(Connection connection) throws SQLException {
        Database known = database;
        if (known == null) {
            known = Database.of(connection);
            database = known;
        }
        return known;
    }

    private void createTables() {
        transactions.run("The tables for conversations could not be created", (connection, inDoubt) -> {
            List<String> statements = tables.creation(databaseOf(connection));
            try {
                execute(connection, statements);
            } catch (SQLException e) {
                // Another process may have come first between PostgreSQL's look and its deed.
                connection.rollback();
                execute(connection, statements);
            }
            return true;
        });
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** How many message objects are remembered, for tests. */
    int knownMessages() {
        return origins.known();
    }

    /** Builds a store. */
    public static final class Builder {

        private @Nullable DataSource dataSource;
        private @Nullable Database database;
        private @Nullable String schema;
        private String conversationTable = Tables.CONVERSATIONS;
        private String messageTable = Tables.MESSAGES;
        private boolean createTables;
        private Function<Object, String> memoryIdToText = MemoryIds::ownText;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Where connections come from; needed. A pool, as a rule: each call takes a connection and gives it back. */
        public Builder dataSource(DataSource dataSource) {
            this.dataSource = requireNonNull(dataSource, "dataSource");
            return this;
        }

        /** Which one it is; by default what it calls itself. */
        public Builder database(Database database) {
            this.database = requireNonNull(database, "database");
            return this;
        }

        /** The schema of the tables, in MySQL the database, by its exact name; by default that of the connection. */
        public Builder schema(String schema) {
            this.schema = requireNonNull(schema, "schema");
            return this;
        }

        /** The exact name of the table of conversations; {@code deepthink4j_conversation} by default. */
        public Builder conversationTable(String conversationTable) {
            this.conversationTable = requireNonNull(conversationTable, "conversationTable");
            return this;
        }

        /** The exact name of the table of messages; {@code deepthink4j_message} by default. */
        public Builder messageTable(String messageTable) {
            this.messageTable = requireNonNull(messageTable, "messageTable");
            return this;
        }

        /** Whether {@link #build} creates the tables that are missing; {@code false} by default, for those who have Flyway do it. */
        public Builder createTables(boolean createTables) {
            this.createTables = createTables;
            return this;
        }

        /**
         * The name under which a memory's id stands in the table: at most 500 characters, another one for each conversation, and the
         * same in each process. By default the text of the id, so that the number 7 and the text "7" are one conversation; an id
         * whose class has no text of its own is refused.
         */
        public Builder memoryIdToText(Function<Object, String> memoryIdToText) {
            this.memoryIdToText = requireNonNull(memoryIdToText, "memoryIdToText");
            return this;
        }

        /** What time it is; the system's clock by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * @throws IllegalArgumentException without a data source, or with a name that is none
         * @throws ChatMemoryStoreException if the tables are to be created and the database fails
         */
        public JdbcChatMemoryStore build() {
            if (dataSource == null) {
                throw new IllegalArgumentException("a dataSource is needed");
            }
            JdbcChatMemoryStore store = new JdbcChatMemoryStore(this, dataSource);
            if (createTables) {
                store.createTables();
            }
            return store;
        }
    }
}
