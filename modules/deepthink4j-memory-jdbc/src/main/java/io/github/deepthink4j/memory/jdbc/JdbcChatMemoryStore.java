package io.github.deepthink4j.memory.jdbc;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    private final Transactions transactions;
    private final Tables tables;
    private final MemoryIds ids;
    private final Clock clock;
    private final @Nullable Database chosen;
    private final int timeoutSeconds;
    private final LastSeen lastSeen = new LastSeen();
    private volatile @Nullable Site site;

    private JdbcChatMemoryStore(Builder builder, DataSource dataSource) {
        this.tables = new Tables(builder.schema, builder.conversationTable, builder.messageTable);
        this.transactions = new Transactions(dataSource, builder.database, tables);
        this.ids = new MemoryIds(builder.memoryIdToText);
        this.clock = builder.clock;
        this.chosen = builder.database;
        this.timeoutSeconds = (int) Math.min(Integer.MAX_VALUE, builder.queryTimeout.toSeconds());
        if (chosen != null) {
            tables.check(chosen);
        }
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
        String failure = "The conversation '" + name + "' could not be read";
        Site own = site(failure);
        long order = State.nextOrder();
        Optional<ConversationTables.Stored> found =
                transactions.read(failure, (connection, inDoubt) -> own.tables().read(connection, name));
        if (found.isEmpty()) {
            State absent = State.absent(name, order);
            lastSeen.put(absent);
            return new StoredMessages(List.of(), own.origins(), absent);
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
        State state = State.read(name, order, stored);
        own.origins().read(state, messages, positions);
        lastSeen.put(state);
        return new StoredMessages(messages, own.origins(), state);
    }

    private static List<ChatMessage> understood(String name, ConversationTables.Row row) {
        try {
            return MessageJson.read(row.json());
        } catch (RuntimeException e) {
            throw new UnreadableConversationException(name, row.position(), Redacted.withoutWords(e));
        }
    }

    /**
     * Writes them in the place of those that they were made from: see docs/memory.md of this project for how that is known.
     *
     * @throws ConversationChangedException if the conversation is not as it was read, or is there and was never read; nothing has
     *     changed then
     * @throws ChatMemoryStoreException if the database fails, or if a message could not be read again; its message says whether
     *     anything can have changed
     */
    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        String name = nameOf(memoryId);
        List<ChatMessage> all = withoutNull(messages);
        String failure = "The conversation '" + name + "' could not be written";
        Site own = site(failure);
        Origins origins = own.origins();
        State read = messages instanceof StoredMessages list ? list.stateFor(origins) : null;
        State base = read != null && read.name().equals(name)
                ? read
                : Base.of(origins.of(name, all), all.isEmpty(), lastSeen.of(name));
        Writing writing = Writing.of(name, base, all, origins, clock.millis());
        long row = transactions.run(
                failure,
                writing.said(),
                (connection, inDoubt) -> writing.on(own.tables(), connection, failure, inDoubt));
        State written = writing.written(origins, all, row);
        origins.written(written, all, writing.change().positions());
        lastSeen.put(written);
        if (messages instanceof StoredMessages list) {
            list.writtenAs(origins, written);
        }
    }

    private static List<ChatMessage> withoutNull(@Nullable List<? extends @Nullable ChatMessage> messages) {
        if (messages == null) {
            throw new IllegalArgumentException("the list of messages must not be null");
        }
        List<ChatMessage> all = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            if (message == null) {
                throw new IllegalArgumentException(
                        "message " + all.size() + " of the list is null; nothing has been written");
            }
            all.add(message);
        }
        return all;
    }

    /**
     * Deletes the conversation as it stands, whoever has changed it.
     *
     * @throws ChatMemoryStoreException if the database fails
     */
    @Override
    public void deleteMessages(Object memoryId) {
        String name = nameOf(memoryId);
        String failure = "The conversation '" + name + "' could not be deleted";
        ConversationTables sql = site(failure).tables();
        // Once found it is deleted by its key, so that another attempt spares what was begun anew meanwhile.
        AtomicReference<@Nullable Long> row = new AtomicReference<>();
        transactions.run(failure, (connection, inDoubt) -> {
            if (row.get() == null) {
                row.set(sql.rowOf(connection, name).orElse(null));
            }
            Long found = row.get();
            if (found != null) {
                sql.delete(connection, found);
            }
            return true;
        });
        lastSeen.put(State.absent(name, State.nextOrder()));
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
        String failure = "Old conversations could not be deleted";
        ConversationTables sql = site(failure).tables();
        long before = Pruning.before(clock.instant(), age);
        long deleted = 0;
        Pruning batch;
        do {
            batch = new Pruning(sql, before);
            transactions.run(failure, batch::on);
            deleted += batch.deleted();
        } while (!batch.isLast() && !Thread.currentThread().isInterrupted());
        return deleted;
    }

    private String nameOf(Object memoryId) {
        return ids.nameOf(requireNonNull(memoryId, "memoryId"));
    }

    private Site site(String failure) {
        Site known = site;
        if (known == null) {
            known = transactions.read(
                    failure, (connection, inDoubt) -> Site.of(connection, chosen, tables, timeoutSeconds));
            tables.check(known.database());
            site = known;
        }
        return known;
    }

    private void createTables() {
        String failure = "The tables for conversations could not be created";
        TableCreation creation = new TableCreation(site(failure).database(), tables);
        transactions.run(failure, (connection, inDoubt) -> {
            creation.on(connection);
            return true;
        });
    }

    /** How many message objects are remembered, for tests. */
    int knownMessages() {
        return site("The database could not be asked").origins().known();
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
        private Duration queryTimeout = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Where connections come from; needed. A pool, as a rule: each call takes a connection and gives it back. It is one of its own
         * beside that of a transaction which surrounds the call; of Spring's {@code TransactionAwareDataSourceProxy} the target is used.
         */
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

        /**
         * How long the database may work on a statement, which a row that somebody else has locked counts to, before it gives up; 30
         * seconds by default, in whole ones. Zero is no limit. H2 has one of its own, {@code LOCK_TIMEOUT}, and takes none from here.
         *
         * @throws IllegalArgumentException if it is negative, or a part of a second
         */
        public Builder queryTimeout(Duration queryTimeout) {
            if (queryTimeout.isNegative() || queryTimeout.getNano() != 0) {
                throw new IllegalArgumentException(
                        "the queryTimeout must be a number of whole seconds, or zero for none, but is " + queryTimeout);
            }
            this.queryTimeout = queryTimeout;
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
