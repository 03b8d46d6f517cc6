package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfMariaDb;
import io.github.deepthink4j.memory.jdbc.TestDatabase.IfPostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What comes in comes out, and what stays is not written again. */
class StoredConversationsTest {

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

        @Test
        void should_give_back_every_kind_of_message_with_all_it_has() {
            ToolExecutionRequest call = ToolExecutionRequest.builder()
                    .id("call_1")
                    .name("weather")
                    .arguments("{\"city\":\"北京\"}")
                    .build();
            List<ChatMessage> all = List.of(
                    SystemMessage.from("Be brief."),
                    UserMessage.builder()
                            .name("Ann")
                            .contents(List.of(
                                    TextContent.from("What is it? 🦉 𠜎"),
                                    ImageContent.from("aGVsbG8=".repeat(10_000), "image/png")))
                            .attributes(Map.of("tenant", "a", "nested", Map.of("list", List.of(1, 2))))
                            .build(),
                    AiMessage.builder()
                            .text("")
                            .thinking("我想想 🤔\u0000")
                            .toolExecutionRequests(List.of(call))
                            .attributes(Map.of("deepthink4j.unknown", List.of("x"), "of.another.vendor", 1.5))
                            .build(),
                    ToolExecutionResultMessage.from(call, "sunny"),
                    CustomMessage.from(Map.of("any", "thing")),
                    AiMessage.builder().text("An owl").thinking("").build(),
                    UserMessage.from("half of a character: " + "\ud83d" + " and the other half: " + "\udd89"));

            store.updateMessages("all", all);

            assertThat(another().getMessages("all")).isEqualTo(all);
        }

        @Test
        void should_know_nothing_of_what_was_never_stored_and_nothing_after_a_deletion() throws SQLException {
            assertThat(store.getMessages("nobody")).isEmpty();
            store.deleteMessages("nobody");
            add(store, "a", UserMessage.from("Hi"));

            store.deleteMessages("a");

            assertThat(store.getMessages("a")).isEmpty();
            assertThat(count(messageTable)).isZero();
            add(store, "a", UserMessage.from("again"));
            assertThat(another().getMessages("a")).containsExactly(UserMessage.from("again"));
        }

        @Test
        void should_keep_a_conversation_without_messages() {
            add(store, "a", UserMessage.from("Hi"));

            store.updateMessages("a", List.of());

            assertThat(store.getMessages("a")).isEmpty();
            add(store, "a", UserMessage.from("again"));
            assertThat(store.getMessages("a")).hasSize(1);
        }

        @Test
        void should_write_nothing_but_what_is_new() throws SQLException {
            store.updateMessages("a", said("1", "2", "3"));
            List<String> before = rows("a");
            clock.pass(Duration.ofMinutes(1));

            add(store, "a", AiMessage.from("4"));
            add(another(), "a", UserMessage.from("5"));

            assertThat(rows("a")).hasSize(5).startsWith(before.toArray(String[]::new));
            assertThat(store.getMessages("a")).isEqualTo(said("1", "2", "3", "4", "5"));
        }

        @Test
        void should_leave_the_rows_that_stay_where_others_go() throws SQLException {
            List<ChatMessage> all = new ArrayList<>(said("1", "2", "3", "4"));
            all.add(0, SystemMessage.from("Be brief."));
            store.updateMessages("a", all);
            List<String> before = rows("a");
            clock.pass(Duration.ofMinutes(1));

            List<ChatMessage> read = another().getMessages("a");
            List<ChatMessage> window = store.getMessages("a");
            window.remove(1);
            window.add(UserMessage.from("5"));
            store.updateMessages("a", window);

            assertThat(rows("a"))
                    .startsWith(before.get(0), before.get(2), before.get(3), before.get(4))
                    .hasSize(5);
            assertThat(store.getMessages("a")).isEqualTo(window);
            assertThat(read).isEqualTo(all);
        }

        @Test
        void should_notice_an_attribute_that_was_changed_in_place() {
            UserMessage question = UserMessage.from("Hi");
            question.attributes().put("seen", 1);
            store.updateMessages("a", List.of(question));

            List<ChatMessage> read = store.getMessages("a");
            ((UserMessage) read.get(0)).attributes().put("seen", 2);
            store.updateMessages("a", read);

            assertThat(((UserMessage) another().getMessages("a").get(0)).attributes())
                    .containsEntry("seen", 2);
        }

        @Test
        void should_tell_ids_apart_that_databases_take_for_one() {
            List<String> ids =
                    List.of("a", "A", "ä", "a ", " a", "á", "'; DROP TABLE x; --", "会话", "🦉", "🦊", "%", "_", "a\\");

            ids.forEach(id -> add(store, id, UserMessage.from("I am " + id)));

            for (String id : ids) {
                assertThat(store.getMessages(id)).containsExactly(UserMessage.from("I am " + id));
            }
        }

        @Test
        void should_take_ids_of_any_type_that_has_a_text() {
            record Key(String tenant, int number) {}
            UUID uuid = UUID.fromString("9c5b94b1-35ad-49bb-b118-8e8fc24abf80");

            add(store, 7, UserMessage.from("number"));
            add(store, uuid, UserMessage.from("uuid"));
            add(store, new Key("a", 1), UserMessage.from("record"));
            add(store, Thread.State.NEW, UserMessage.from("enum"));

            assertThat(store.getMessages("7")).containsExactly(UserMessage.from("number"));
            assertThat(store.getMessages(7L)).containsExactly(UserMessage.from("number"));
            assertThat(store.getMessages(uuid.toString())).containsExactly(UserMessage.from("uuid"));
            assertThat(store.getMessages(new Key("a", 1))).containsExactly(UserMessage.from("record"));
            assertThat(store.getMessages("NEW")).containsExactly(UserMessage.from("enum"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.getMessages(new Object()))
                    .withMessageContaining("memoryIdToText");
        }

        @Test
        void should_read_a_row_that_holds_a_whole_conversation_of_langchain4js_format() throws SQLException {
            String json = ChatMessageSerializer.messagesToJson(said("1", "2", "3"));
            execute("INSERT INTO " + database.quoted(conversationTable)
                    + " (memory_id, version, created_at, updated_at) VALUES ('old', 1, 0, 0)");
            execute("INSERT INTO " + database.quoted(messageTable)
                    + " (conversation_id, position, created_at, message) SELECT id, 0, 0, '" + json + "' FROM "
                    + database.quoted(conversationTable));

            assertThat(store.getMessages("old")).isEqualTo(said("1", "2", "3"));
            add(store, "old", AiMessage.from("4"));

            assertThat(another().getMessages("old")).isEqualTo(said("1", "2", "3", "4"));
            assertThat(rows("old")).hasSize(4);
        }

        @Test
        void should_write_each_message_in_langchain4js_format() throws SQLException {
            List<ChatMessage> messages = said("1", "2");
            store.updateMessages("a", messages);

            assertThat(rows("a"))
                    .containsExactly(
                            "0 " + clock.millis() + " " + ChatMessageSerializer.messageToJson(messages.get(0)),
                            "1 " + clock.millis() + " " + ChatMessageSerializer.messageToJson(messages.get(1)));
        }

        @Test
        void should_say_which_message_it_cant_read_and_leave_it() throws SQLException {
            store.updateMessages("a", said("1", "2", "3"));
            execute("UPDATE " + database.quoted(messageTable)
                    + " SET message = '{\"type\":\"HOLOGRAM\",\"of\":\"2031\"}' WHERE position = 1");
            List<String> before = rows("a");

            assertThatExceptionOfType(UnreadableConversationException.class)
                    .isThrownBy(() -> another().getMessages("a"))
                    .satisfies(e -> assertThat(e.conversation()).isEqualTo("a"))
                    .satisfies(e -> assertThat(e.position()).isEqualTo(1))
                    .withMessageContaining("position 1 of the conversation 'a' can't be read");
            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> another().updateMessages("a", said("anew")));
            assertThat(rows("a")).isEqualTo(before);

            another().deleteMessages("a");
            assertThat(rows("a")).isEmpty();
        }

        @Test
        void should_hold_a_long_conversation() throws SQLException {
            List<ChatMessage> all = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                all.add(UserMessage.from("message " + i));
            }
            store.updateMessages("long", all);
            String first = rows("long").get(0);
            clock.pass(Duration.ofHours(1));

            add(store, "long", AiMessage.from("the last"));

            List<String> rows = rows("long");
            assertThat(rows).hasSize(5_001);
            assertThat(rows.get(0)).isEqualTo(first);
            assertThat(rows.stream().filter(row -> row.contains(" " + clock.millis() + " ")))
                    .hasSize(1);
        }

        @Test
        void should_prune_ten_thousand_conversations_and_no_younger_one() throws SQLException {
            String rest = " FROM " + database.quoted(conversationTable);
            execute("INSERT INTO " + database.quoted(conversationTable)
                    + " (memory_id, version, created_at, updated_at) SELECT "
                    + switch (database) {
                        case MYSQL -> "CONCAT('old ', seq), 1, 1, 1 FROM seq_1_to_10000";
                        case POSTGRESQL -> "'old ' || n, 1, 1, 1 FROM generate_series(1, 10000) n";
                        case H2 -> "'old ' || x, 1, 1, 1 FROM SYSTEM_RANGE(1, 10000)";
                    });
            execute("INSERT INTO " + database.quoted(messageTable)
                    + " (conversation_id, position, created_at, message) SELECT id, 0, 1, '"
                    + ChatMessageSerializer.messageToJson(UserMessage.from("Hi")) + "'" + rest);
            add(store, "young", UserMessage.from("Hi"));
            add(another(), "old 5000", AiMessage.from("It goes on."));

            assertThat(store.pruneOlderThan(Duration.ofDays(30))).isEqualTo(9_999);

            assertThat(count(conversationTable)).isEqualTo(2);
            assertThat(count(messageTable)).isEqualTo(3);
            assertThat(store.pruneOlderThan(Duration.ofDays(30))).isZero();
            assertThatIllegalArgumentException().isThrownBy(() -> store.pruneOlderThan(Duration.ofDays(-1)));
        }

        @Test
        void should_tell_a_writer_that_his_conversation_was_pruned() {
            add(store, "a", UserMessage.from("Hi"));
            List<ChatMessage> read = store.getMessages("a");
            clock.pass(Duration.ofDays(31));
            another().pruneOlderThan(Duration.ofDays(30));

            read.add(AiMessage.from("Hello"));

            assertThatExceptionOfType(ConversationChangedException.class)
                    .isThrownBy(() -> store.updateMessages("a", read));
            assertThat(store.getMessages("a")).isEmpty();
        }

        @Test
        void should_create_tables_that_many_want_at_once() throws Exception {
            dropTables();
            List<CompletableFuture<JdbcChatMemoryStore>> stores = new ArrayList<>();
            ExecutorService executor = Executors.newFixedThreadPool(6);
            try {
                for (int i = 0; i < 6; i++) {
                    stores.add(CompletableFuture.supplyAsync(
                            () -> builder().createTables(true).build(), executor));
                }
                for (CompletableFuture<JdbcChatMemoryStore> each : stores) {
                    add(each.get(60, TimeUnit.SECONDS), "a", UserMessage.from("Hi"));
                }
            } finally {
                executor.shutdown();
            }

            assertThat(store.getMessages("a")).hasSize(6);
        }

        @Test
        void should_create_tables_that_are_there_again_and_say_how_where_they_are_missing() throws SQLException {
            add(store, "a", UserMessage.from("Hi"));

            assertThat(builder().createTables(true).build().getMessages("a")).hasSize(1);

            JdbcChatMemoryStore elsewhere = JdbcChatMemoryStore.builder()
                    .dataSource(dataSource)
                    .conversationTable("no such \"table`")
                    .build();
            assertThatExceptionOfType(ChatMemoryStoreException.class)
                    .isThrownBy(() -> elsewhere.getMessages("a"))
                    .withMessageContaining("createTables(true)")
                    .withMessageContaining("Nothing has been changed");
        }
    }
}
