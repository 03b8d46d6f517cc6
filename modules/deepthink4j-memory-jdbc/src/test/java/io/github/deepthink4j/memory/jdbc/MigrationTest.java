package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.UserMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables by Flyway, and tables in a schema of somebody's choice. */
class MigrationTest {

    @Test
    void should_have_its_tables_from_flyway_beside_the_migrations_of_the_application() {
        String address = "jdbc:h2:mem:flyway;DB_CLOSE_DELAY=-1";
        Flyway flyway = Flyway.configure()
                .dataSource(address, "", "")
                .locations("classpath:db/deepthink4j/h2")
                .load();

        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
        assertThat(flyway.migrate().migrationsExecuted).isZero();

        JdbcChatMemoryStore store = JdbcChatMemoryStore.builder()
                .dataSource(new DriverDataSource(address))
                .build();
        store.updateMessages("a", List.of(UserMessage.from("Hi")));
        assertThat(store.getMessages("a")).hasSize(1);
    }

    @Test
    void should_have_the_same_script_for_mariadb_as_for_mysql() throws Exception {
        Path folder = Path.of("src/main/resources/db/deepthink4j");
        String script = "R__deepthink4j_chat_memory.sql";

        assertThat(folder.resolve("mariadb").resolve(script))
                .hasSameTextualContentAs(folder.resolve("mysql").resolve(script));
        for (Database database : Database.values()) {
            String name = database.name().toLowerCase(Locale.ROOT);
            assertThat(database.script())
                    .isEqualTo(Files.readString(folder.resolve(name).resolve(script)));
        }
    }

    @Test
    void should_keep_to_the_schema_and_the_names_that_it_is_given() throws Exception {
        DriverDataSource dataSource = new DriverDataSource("jdbc:h2:mem:schemas;DB_CLOSE_DELAY=-1");
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA \"a \"\"schema\"\"\"");
            JdbcChatMemoryStore store = JdbcChatMemoryStore.builder()
                    .dataSource(dataSource)
                    .schema("a \"schema\"")
                    .conversationTable(Tables.MESSAGES)
                    .messageTable("x\"; DROP TABLE y; --")
                    .createTables(true)
                    .build();
            store.updateMessages("a", List.of(UserMessage.from("Hi")));

            assertThat(store.getMessages("a")).hasSize(1);
            var found = statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA ="
                    + " 'a \"schema\"' AND TABLE_NAME IN ('deepthink4j_message', 'x\"; DROP TABLE y; --')");
            found.next();
            assertThat(found.getInt(1)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void should_quote_whatever_a_name_holds(Database database) {
        String quote = database == Database.MYSQL ? "`" : "\"";

        assertThat(database.quoted("a" + quote + "b")).isEqualTo(quote + "a" + quote + quote + "b" + quote);
    }

    @Test
    void should_refuse_names_that_are_none() {
        JdbcChatMemoryStore.Builder builder =
                JdbcChatMemoryStore.builder().dataSource(new DriverDataSource("jdbc:h2:mem:none"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.conversationTable(" ").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.conversationTable(Tables.MESSAGES).build())
                .withMessageContaining("two tables");
    }
}
