package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of a file: taken where it can be, and believed only of the file that was asked for. */
@Timeout(60)
class FileAnswersTest {

    private static DeepSeekFiles at(CannedServer server) {
        return DeepSeekFiles.builder().baseUrl(server.url()).apiKey("test").build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "-9223372036854775808",
                "31556889864403200",
                "99999999999999999999999999",
                "1e300",
                "true",
                "\"soon\"",
                "{}",
                "[1]"
            })
    void should_keep_a_file_whose_times_are_none(String time) {
        String answer = "{\"id\":\"file-api-1\",\"created_at\":" + time + ",\"expires_at\":" + time + "}";
        try (CannedServer server = new CannedServer(new Canned(200, answer));
                DeepSeekFiles files = at(server)) {

            UploadedFile uploaded = files.upload("a.pdf", new byte[] {1}, FilePurpose.TEXT_RECOGNITION);

            assertThat(uploaded).isEqualTo(new UploadedFile("file-api-1", null, null, null, null, null));
        }
    }

    @Test
    void should_count_no_size_that_can_not_be() {
        String body = "{\"data\":[{\"id\":\"a\",\"bytes\":-5},{\"id\":\"b\",\"bytes\":9223372036854775807},"
                + "{\"id\":\"c\",\"bytes\":92233720368547758070},{\"id\":\"d\",\"bytes\":7}]}";
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekFiles files = at(server)) {

            assertThat(files.list()).extracting(UploadedFile::bytes).containsExactly(null, Long.MAX_VALUE, null, 7L);
            assertThat(files.quota().bytes()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "true",
                "{\"deleted\":true}",
                "{\"id\":null,\"deleted\":true}",
                "{\"id\":\"file-api-1\"}",
                "{\"id\":\"file-api-1\",\"deleted\":false}",
                "{\"id\":\"file-api-1\",\"deleted\":\"true\"}",
                "{\"id\":\"file-api-2\",\"deleted\":true}",
                "{\"id\":\"file-api-1\",\"deleted\":true} and more"
            })
    void should_not_believe_that_a_file_is_deleted_where_nobody_says_so(String body) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekFiles files = at(server)) {

            assertThatThrownBy(() -> files.delete("file-api-1")).isInstanceOf(MalformedAnswerException.class);
            assertThat(catchThrowable(() -> files.deleteAsync("file-api-1").join()))
                    .hasCauseInstanceOf(MalformedAnswerException.class);
            assertThat(server.paths()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"deleted\":true,\"id\":\"file-api-1\"}",
                "{\"id\":\"file-api-1\",\"object\":\"file\",\"deleted\":true}\n"
            })
    void should_believe_that_a_file_is_deleted(String body) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekFiles files = at(server)) {

            assertThat(files.deleteAsync("file-api-1").join()).isEqualTo("file-api-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1780000000000", "1780000000"})
    void should_read_a_time_in_seconds_or_in_milliseconds(String time) {
        try (CannedServer server =
                        new CannedServer(new Canned(200, "{\"id\":\"file-api-1\",\"created_at\":" + time + "}"));
                DeepSeekFiles files = at(server)) {

            assertThat(files.get("file-api-1").createdAt()).isEqualTo(Instant.ofEpochSecond(1_780_000_000));
        }
    }

    @Test
    void should_not_take_a_deleted_file_for_one_that_is_there() {
        try (CannedServer server = new CannedServer(new Canned(200, "{\"id\":\"file-api-1\",\"deleted\":true}"));
                DeepSeekFiles files = at(server)) {

            assertThatThrownBy(() -> files.get("file-api-1"))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("is deleted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "\"True\"", "1", "\"1\"", "1.0"})
    void should_go_on_with_a_list_that_has_more_in_any_form(String more) {
        String first = "{\"data\":[{\"id\":\"a\"}],\"has_more\":" + more + "}";
        String last = "{\"data\":[{\"id\":\"b\"}],\"has_more\":\"false\"}";
        try (CannedServer server = new CannedServer(new Canned(200, first), new Canned(200, last));
                DeepSeekFiles files = at(server)) {

            assertThat(files.list()).extracting(UploadedFile::id).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"perhaps\"", "2", "{}", "[true]", "\"\""})
    void should_not_take_a_part_for_the_whole_where_it_can_not_be_known(String more) {
        try (CannedServer server =
                        new CannedServer(new Canned(200, "{\"data\":[{\"id\":\"a\"}],\"has_more\":" + more + "}"));
                DeepSeekFiles files = at(server)) {

            assertThatThrownBy(files::list).isInstanceOf(MalformedAnswerException.class);
            assertThatThrownBy(files::quota).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void should_not_take_another_file_for_the_one_that_was_asked_for() {
        try (CannedServer server = new CannedServer(new Canned(200, "{\"id\":\"file-api-2\"}"));
                DeepSeekFiles files = at(server)) {

            assertThatThrownBy(() -> files.get("file-api-1"))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("file-api-2");
        }
    }
}
