package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What could not be read back is not written, and what somebody else has put there does no harm. */
class RefusedMessagesTest extends StoreFixture {

    RefusedMessagesTest() {
        super(TestDatabase.H2_IN_MEMORY);
    }

    /** LangChain4j writes it, and can't read it. */
    private record OwnContent(String secret) implements Content {
        @Override
        public ContentType type() {
            return ContentType.TEXT;
        }
    }

    private record OwnMessage(String secret) implements ChatMessage {
        @Override
        public ChatMessageType type() {
            return ChatMessageType.USER;
        }
    }

    @Test
    void should_refuse_a_message_that_could_not_be_read_again_and_write_nothing() {
        store.updateMessages("a", said("1"));
        UserMessage changed = UserMessage.from("changed in place");
        changed.attributes().put("own", new Object());
        for (ChatMessage each : List.of(
                UserMessage.from(new OwnContent("4711")),
                new OwnMessage("4711"),
                AiMessage.builder()
                        .text("x")
                        .attributes(Map.of("own", new Object()))
                        .build(),
                changed)) {
            List<ChatMessage> messages = store.getMessages("a");
            messages.add(AiMessage.from("2"));
            messages.add(each);

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> store.updateMessages("a", messages))
                    .withMessageContaining("Message 2 of the list for the conversation 'a'")
                    .withMessageContaining(each.getClass().getTypeName())
                    .withMessageContaining("Nothing has been written")
                    .withMessageNotContaining("4711");
            assertThat(store.getMessages("a")).isEqualTo(said("1"));
        }
    }

    @Test
    void should_refuse_an_attribute_that_was_changed_in_place_into_one_that_cannot_be_written() {
        UserMessage question = UserMessage.from("Hi");
        question.attributes().put("seen", 1);
        store.updateMessages("a", List.of(question));
        List<ChatMessage> read = store.getMessages("a");
        ((UserMessage) read.get(0)).attributes().put("seen", new Object());

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> store.updateMessages("a", read))
                .withMessageContaining("Message 0");
        assertThat(another().getMessages("a")).hasSize(1);
    }

    @Test
    void should_refuse_an_attribute_that_would_come_back_as_something_else() {
        for (Object each : List.of(
                new Date(0),
                new BigDecimal("1.10"),
                ChronoUnit.DAYS,
                new byte[] {1, 2},
                Instant.EPOCH,
                Set.of("a"),
                'c',
                Double.NaN,
                new OwnContent("4711"),
                List.of("a", new Date(0)),
                Map.of("b", Map.of("c", new BigDecimal("1.10"))),
                Map.of(7, "a"))) {
            UserMessage question = UserMessage.builder()
                    .addContent(TextContent.from("Hi"))
                    .attributes(Map.of("own", each))
                    .build();

            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> store.updateMessages("a", List.of(question)))
                    .withMessageContaining("its attribute own")
                    .withMessageContaining("Nothing has been written")
                    .withMessageNotContaining("4711");
        }
        assertThat(store.getMessages("a")).isEmpty();
    }

    @Test
    void should_keep_the_other_attributes_as_they_are() {
        Map<String, Object> kept = new HashMap<>(Map.of(
                "text",
                "a",
                "yes",
                true,
                "int",
                7,
                "long",
                Long.MAX_VALUE,
                "double",
                1.5,
                "list",
                List.of("a", List.of(1))));
        kept.put("map", Map.of("b", Map.of("c", 2)));
        UserMessage question = UserMessage.builder()
                .addContent(TextContent.from("Hi"))
                .attributes(kept)
                .build();

        store.updateMessages("a", List.of(question));

        assertThat(((UserMessage) another().getMessages("a").get(0)).attributes())
                .isEqualTo(kept);
    }

    @Test
    void should_say_why_a_message_is_too_long() {
        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> store.updateMessages("a", List.of(UserMessage.from("x".repeat(20_000_001)))))
                .withMessageContaining("20,000,000 characters")
                .withMessageContaining("by its url")
                .withMessageNotContaining("of your own")
                .withMessageEndingWith("Nothing has been written.");
    }

    @Test
    void should_name_the_table_that_has_other_columns() throws SQLException {
        execute("CREATE TABLE " + database.quoted("other " + suffix) + " (id INT)");
        JdbcChatMemoryStore.Builder other = builder().conversationTable("other " + suffix);
        try {
            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> other.createTables(true).build())
                    .withMessageContaining("The table \"other " + suffix + "\" is there already")
                    .withMessageContaining("memory_id")
                    .withMessageContaining("conversation-table");
            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> other.createTables(false).build().getMessages("a"))
                    .withMessageContaining("other " + suffix)
                    .withMessageContaining("Database.script()");
        } finally {
            execute("DROP TABLE " + database.quoted("other " + suffix));
        }
    }

    @Test
    void should_say_how_the_tables_are_made() {
        JdbcChatMemoryStore none = builder().messageTable("none " + suffix).build();

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> none.getMessages("a"))
                .withMessageContaining("createTables(true)")
                .withMessageContaining("deepthink4j.memory.jdbc.create-tables=true");
    }

    @Test
    void should_say_why_a_pool_may_have_no_connection_left() {
        JdbcChatMemoryStore starved = builder()
                .dataSource(new DriverDataSource("") {
                    @Override
                    public Connection getConnection() throws SQLException {
                        throw new SQLTransientConnectionException(
                                "HikariPool-1 - Connection is not available, request timed out after 250ms (total=1, active=1)");
                    }
                })
                .build();

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> starved.getMessages("a"))
                .withMessageContaining("beside that of a transaction that surrounds the call")
                .withMessageEndingWith("Nothing has been changed.");
    }

    @Test
    void should_say_that_null_is_no_list_and_no_message() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.updateMessages("a", null))
                .withMessageContaining("must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.updateMessages("a", Arrays.asList(UserMessage.from("Hi"), null)))
                .withMessageContaining("message 1");
        assertThat(store.getMessages("a")).isEmpty();
    }

    @Test
    void should_keep_the_order_where_somebody_has_given_rows_the_last_positions_that_there_are() throws SQLException {
        for (long edge : List.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, Long.MIN_VALUE + 1)) {
            String id = "edge " + edge;
            store.updateMessages(id, said("m"));
            execute("UPDATE " + database.quoted(messageTable) + " SET position = " + edge + " WHERE position = 0");
            List<ChatMessage> read = store.getMessages(id);
            List<ChatMessage> around = new ArrayList<>(read);
            around.add(0, UserMessage.from("before"));
            around.add(UserMessage.from("after"));

            store.updateMessages(id, around);

            assertThat(another().getMessages(id)).isEqualTo(around);
            store.deleteMessages(id);
        }
    }

    @Test
    void should_prune_nothing_where_nothing_can_be_so_old() {
        store.updateMessages("a", said("1"));

        assertThat(store.pruneOlderThan(ChronoUnit.FOREVER.getDuration())).isZero();
        assertThat(store.pruneOlderThan(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
        assertThat(store.getMessages("a")).hasSize(1);
    }
}
