package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.message.UserMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say and passwords stand in drivers' messages, and not in the store's. */
class RedactedTest extends TroubledFixture {

    private static final String JSON =
            "{\"contents\":[{\"text\":\"my pin is 4711\",\"type\":\"TEXT\"}],\"type\":\"USER\"}";

    RedactedTest() {
        super(TestDatabase.H2_IN_MEMORY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ERROR: canceling statement due to statement timeout | ERROR: canceling statement due to statement timeout",
                "Batch entry 0 INSERT INTO \"m\" VALUES ('{..my pin is 4711}') was aborted | Batch entry 0 INSERT INTO ...",
                "No suitable driver found for jdbc:postgres://h/db?password=s3cret | No suitable driver found for ...",
                "(conn=12) Data too long for column 'message' at row 1 | Data too long for column ...",
                "Connection is not available, request timed out after 30000ms (total=1) | Connection is not available, request timed out after 30000ms ...",
                "my pin is 4711 | ``",
                "not stored, my pin is 4711 | not stored, ...",
                "no room for 4711 | no room for ...",
                "user=u password=s3cret | user ...",
                "无法写入 | ``",
                "Connection reset by peer | Connection reset by the peer",
                "Broken pipe | the pipe is broken",
            })
    void should_keep_a_drivers_words_until_the_first_that_could_be_a_value(String message, String kept) {
        assertThat(Redacted.words(message, List.of(JSON))).isEqualTo(kept);
    }

    @Test
    void should_let_nothing_of_it_into_an_exception() {
        JdbcChatMemoryStore troubled = troubled(true);
        SQLException server = new SQLException("ERROR: disk full, Detail: my pin is 4711", "53100", 7);
        SQLException batch = new BatchUpdateException(
                "Batch entry 0 INSERT INTO \"x\" VALUES ('" + JSON + "')", "53100", 7, new int[0], server);
        batch.setNextException(server);
        batch.addSuppressed(new SQLException("my pin is 4711"));
        troubled.getMessages("a");
        trouble = (method, before) -> {
            if (method.equals("executeBatch")) {
                throw batch;
            }
            if (method.equals("rollback")) {
                throw new SQLException("my pin is 4711", "08006");
            }
        };

        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> add(troubled, "a", UserMessage.from("my pin is 4711")))
                .withMessageContaining("BatchUpdateException")
                .withMessageContaining("SQLState 53100")
                .withMessageContaining("code 7")
                .withMessageContaining("disk full")
                .withMessageContaining("Nothing has been changed")
                .satisfies(e -> assertThat(traceOf(e)).doesNotContain("4711").doesNotContain("my pin"))
                .satisfies(e ->
                        assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo("53100"))
                .satisfies(e -> assertThat(
                                ((SQLException) e.getCause()).getNextException().getMessage())
                        .contains("disk full")
                        .doesNotContain("4711"));
    }

    @Test
    void should_let_no_word_of_a_message_that_cannot_be_read_into_an_exception() throws SQLException {
        add(store, "a", UserMessage.from("my pin is 4711"));
        for (String json : List.of("my pin is 4711", "{\"type\":\"my pin is 4711\"}", "[null]", "null", "[[]]", "{}")) {
            execute("UPDATE " + database.quoted(messageTable) + " SET message = '" + json + "'");

            assertThatExceptionOfType(UnreadableConversationException.class)
                    .isThrownBy(() -> store.getMessages("a"))
                    .satisfies(e -> assertThat(traceOf(e)).doesNotContain("4711"));
        }
    }

    @Test
    void should_tell_no_password_of_an_address() {
        assertThatExceptionOfType(ChatMemoryStoreException.class)
                .isThrownBy(() -> builder()
                        .dataSource(new DriverDataSource("jdbc:nobody://h/db?user=u&password=s3cret"))
                        .createTables(true)
                        .build())
                .withMessageContaining("No suitable driver")
                .satisfies(e -> assertThat(traceOf(e)).doesNotContain("s3cret"));
    }

    private static String traceOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
