package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.model.CannedServer.Canned;
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
    @ValueSource(strings = {"{\"deleted\":true}", "{\"id\":\"file-api-1\",\"object\":\"file\",\"deleted\":true}\n"})
    void should_believe_that_a_file_is_deleted(String body) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekFiles files = at(server)) {

            assertThat(files.deleteAsync("file-api-1").join()).isEqualTo("file-api-1");
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
