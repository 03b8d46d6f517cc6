package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.UserMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are set up in another way than by default, users with few rights, and names of any length. */
class SettingsTest {

    private final String name = UUID.randomUUID().toString();

    private JdbcChatMemoryStore.Builder builder(String settings) {
        return JdbcChatMemoryStore.builder()
                .dataSource(new DriverDataSource(address(settings)))
                .createTables(true);
    }

    /** Only its administrator may say how long a database lives. */
    private String address(String settings) {
        return "jdbc:h2:mem:" + name + (settings.contains("USER=app") ? "" : ";DB_CLOSE_DELAY=-1") + settings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";IGNORECASE=TRUE",
                ";MODE=MySQL;IGNORECASE=TRUE",
                ";INIT=SET COLLATION ENGLISH STRENGTH PRIMARY",
                ";MODE=Oracle",
                ";MODE=MSSQLServer",
                ";MODE=Derby",
                ";MODE=DB2",
                ";MODE=HSQLDB",
                ";MODE=STRICT",
                ";MODE=LEGACY",
                ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
            })
    void should_tell_ids_apart_and_prune_in_every_mode_of_h2(String settings) {
        Clock longAgo = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        JdbcChatMemoryStore store = builder(settings).clock(longAgo).build();
        List<String> ids = List.of("abc", "ABC", "abc ", "äbc", "ábc");

        ids.forEach(id -> StoreFixture.add(store, id, UserMessage.from("I am " + id)));

        for (String id : ids) {
            assertThat(store.getMessages(id)).containsExactly(UserMessage.from("I am " + id));
        }
        assertThat(builder(settings).build().pruneOlderThan(Duration.ofDays(30)))
                .isEqualTo(ids.size());
    }

    @Test
    void should_refuse_a_query_timeout_that_no_driver_takes() {
        for (Duration each : List.of(Duration.ofSeconds(-1), Duration.ofMillis(1500))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JdbcChatMemoryStore.builder().queryTimeout(each))
                    .withMessageContaining("whole seconds");
        }
    }

    @Test
    void should_need_no_right_to_create_tables_that_are_there() throws SQLException {
        builder(";USER=sa").build();
        execute("CREATE USER app PASSWORD 'app'", "GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO app");

        JdbcChatMemoryStore store = builder(";USER=app;PASSWORD=app").build();
        StoreFixture.add(store, "a", UserMessage.from("Hi"));
        assertThat(store.getMessages("a")).hasSize(1);

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> builder(";USER=app;PASSWORD=app")
                        .conversationTable("other")
                        .build())
                .withMessageContaining("could not be created");
    }

    @Test
    void should_say_at_once_that_a_table_is_none_of_its_own() throws SQLException {
        execute("CREATE TABLE \"theirs\" (id BIGINT)");

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(
                        () -> builder(";USER=sa").conversationTable("theirs").build())
                .withMessageContaining("The table \"theirs\" is there already");
    }

    @Test
    void should_refuse_a_name_that_a_database_would_cut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("")
                        .createTables(false)
                        .database(Database.POSTGRESQL)
                        .conversationTable("会".repeat(21) + "x")
                        .build())
                .withMessageContaining("63 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("")
                        .createTables(false)
                        .database(Database.MYSQL)
                        .messageTable("m".repeat(65))
                        .build())
                .withMessageContaining("64 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("").messageTable("m".repeat(257)).build())
                .withMessageContaining("256 characters");
    }

    @Test
    void should_give_the_index_of_a_long_table_a_name_of_its_own() {
        for (Database database : Database.values()) {
            String longest = "t".repeat(database.longestName());
            String index = String.join(" ", new Tables(null, longest, "m").creation(database));

            assertThat(index).contains("_updated").contains(database.quoted(longest));
            assertThat(index).doesNotContain(database.quoted(longest + "_updated"));
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = new DriverDataSource(address(";USER=sa")).getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
