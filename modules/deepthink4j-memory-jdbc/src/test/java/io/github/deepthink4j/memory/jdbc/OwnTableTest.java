package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The statements of docs/recipes.md that bring a table of one's own over, with what the page says of each database. */
class OwnTableTest {

    private static final List<ChatMessage> MESSAGES = List.of(
            UserMessage.from("Which one? 哪个？"),
            AiMessage.builder()
                    .text("That one")
                    .thinking("They are two 🙂")
                    .attributes(Map.of("reasoning_signature", "of the host"))
                    .build());

    private final String name = "own_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    @TestDatabase.IfPostgreSql
    void should_come_over_on_postgresql_as_the_page_has_it() throws Exception {
        String address = TestDatabase.POSTGRES.address();
        execute(address, "CREATE SCHEMA " + name);

        should_come_over(address + "&currentSchema=" + name, statements());
    }

    @Test
    @TestDatabase.IfMariaDb
    void should_come_over_on_mariadb() throws Exception {
        String address = TestDatabase.MARIADB.address();
        execute(address, "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");

        should_come_over(
                address.replaceFirst("/[^/]*\\?", "/" + name + "?"),
                statements().stream()
                        .map(each -> each.replaceAll("\\b(old\\.id|(?<=SELECT )id)\\b", "convert($1 USING utf8mb4)")
                                .replace("extract(epoch FROM now())::bigint", "unix_timestamp()"))
                        .toList());
    }

    @Test
    void should_come_over_on_h2() throws Exception {
        should_come_over(
                "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1",
                statements().stream()
                        .map(each -> each.replaceAll("\\b(old\\.id|(?<=SELECT )id)\\b", "stringtoutf8($1)")
                                .replaceAll("deepthink4j_\\w+", "\"$0\""))
                        .toList());
    }

    private static void should_come_over(String address, List<String> statements) throws Exception {
        DriverDataSource dataSource = new DriverDataSource(address);
        JdbcChatMemoryStore store = JdbcChatMemoryStore.builder()
                .dataSource(dataSource)
                .createTables(true)
                .build();
        store.getMessages("none"); // creates the tables
        execute(address, "CREATE TABLE conversation (id varchar(200) PRIMARY KEY, messages text)");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO conversation VALUES (?, ?)")) {
            for (String id : List.of("c-1", "对话")) {
                insert.setString(1, id);
                insert.setString(2, ChatMessageSerializer.messagesToJson(MESSAGES));
                insert.execute();
            }
        }

        for (String each : statements) {
            execute(address, each);
        }

        assertThat(store.getMessages("c-1")).isEqualTo(MESSAGES);
        assertThat(store.getMessages("对话")).isEqualTo(MESSAGES);
        assertThat(store.pruneOlderThan(Duration.ofMinutes(5)))
                .as("they are of now")
                .isZero();
        store.updateMessages(
                "c-1",
                Stream.concat(MESSAGES.stream(), Stream.of(UserMessage.from("And the other?")))
                        .toList());
        assertThat(store.getMessages("c-1")).hasSize(3).startsWith(MESSAGES.toArray(new ChatMessage[0]));
    }

    private static List<String> statements() throws Exception {
        String page = Files.readString(Path.of("../../docs/recipes.md"));
        String block = page.substring(page.indexOf("```sql\n") + "```sql\n".length());
        return Stream.of(block.substring(0, block.indexOf("```")).split(";"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static void execute(String address, String sql) throws Exception {
        try (Connection connection = new DriverDataSource(address).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
