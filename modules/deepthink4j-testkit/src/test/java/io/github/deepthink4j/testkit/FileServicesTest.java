package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and OCR: enforced, kept, scripted. */
class FileServicesTest {

    private static final String PURPOSE = field("purpose", "text_recognition");
    private static final String OCR = "/v1/tools/ocr";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return Api.send(HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + path))
                .header("Authorization", "Bearer sk-test")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> form(String path, String... parts) {
        return send("POST", path, String.join("", parts) + "--b--\r\n");
    }

    @Test
    void should_keep_a_file_until_it_is_deleted() {
        JsonNode kept = Api.json(form("/files", PURPOSE, file("a.pdf", "text")));
        String path = "/v1/files/" + kept.path("id").asText();

        assertThat(kept.path("bytes").asInt()).isEqualTo(4);
        assertThat(Api.json(api.get("/files")).path("data")).containsExactly(kept);
        assertThat(Api.json(api.get(path))).isEqualTo(kept);
        assertThat(Api.json(send("DELETE", path, "")).path("deleted").asBoolean())
                .isTrue();
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(api.get(path).statusCode()).isEqualTo(404);
        assertThat(send("PUT", path, "").statusCode()).isEqualTo(405);
    }

    @Test
    void should_list_in_parts() {
        for (int i = 0; i < 3; i++) {
            form("/files", PURPOSE, file("f" + i, "text"));
        }

        JsonNode first = Api.json(api.get("/files?limit=2"));
        JsonNode rest = Api.json(
                api.get("/files?limit=2&after=" + first.at("/data/1/id").asText()));

        assertThat(first.path("data")).hasSize(2);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(rest.at("/data/0/filename").asText()).isEqualTo("f2");
        assertThat(rest.path("has_more").asBoolean()).isFalse();
    }

    /** One that asks for nothing each time would never come to an end. */
    @ParameterizedTest
    @CsvSource({"0", "00", "-1", "''", "many"})
    void should_refuse_a_part_of_nothing(String limit) {
        form("/files", PURPOSE, file("f", "text"));

        HttpResponse<String> refused = api.get("/files?limit=" + limit);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'limit' must be at least 1");
    }

    @Test
    void should_want_the_purpose_before_the_file() {
        String file = file("a.pdf", "text");

        assertThat(form("/files", file, PURPOSE).body()).contains("'purpose' must come before 'file'");
        assertThat(form(OCR, file, PURPOSE).statusCode()).isEqualTo(400);
        assertThat(form("/files", PURPOSE).body()).contains("missing field 'file'");
        assertThat(form("/files", field("purpose", "other"), file).statusCode()).isEqualTo(400);
        assertThat(api.post("/files", "{}").body()).contains("multipart/form-data");
        assertThat(deepSeek.files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3600,200", "2592000,200", "3599,400", "2592001,400", "soon,400"})
    void should_keep_a_file_for_an_hour_to_a_month(String seconds, int status) {
        HttpResponse<String> response = form(
                "/files",
                PURPOSE,
                field("expires_after[anchor]", "created_at"),
                field("expires_after[seconds]", seconds),
                file("a.pdf", "text"));

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void should_read_the_pages_of_a_text_and_take_no_other_field() {
        JsonNode read = Api.json(form(OCR, PURPOSE, file("a.txt", "One\fTwo")));

        assertThat(read.path("page_count").asInt()).isEqualTo(2);
        assertThat(read.at("/pages/1/text").asText()).isEqualTo("Two");
        assertThat(form(OCR, PURPOSE, field("model", "x"), file("a.txt", "One")).statusCode())
                .isEqualTo(400);
        assertThat(form(OCR, field("purpose", "user_data"), file("a.txt", "One"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(deepSeek.files()).isEmpty();
    }

    @Test
    void should_answer_by_the_name_of_a_file() {
        deepSeek.onUpload(containing("bad")).error(400, "can't be parsed");
        deepSeek.onOcr(containing("scan")).pages("From the script");

        assertThat(form("/files", PURPOSE, file("bad.pdf", "text")).statusCode())
                .isEqualTo(400);
        assertThat(deepSeek.files()).isEmpty();
        assertThat(form("/files", PURPOSE, file("good.pdf", "text")).statusCode())
                .isEqualTo(200);
        assertThat(form(OCR, PURPOSE, file("scan.pdf", "x")).body()).contains("From the script");
        deepSeek.reset();
        assertThat(deepSeek.files()).isEmpty();
    }

    @Test
    void should_know_the_files_that_a_chat_speaks_of() {
        String id = Api.json(form("/files", PURPOSE, file("a.pdf", "text")))
                .path("id")
                .asText();
        String chat = """
                {"model":"deepseek-flash","messages":[{"role":"user","content":[
                  {"type":"text","text":"What is 2 + 2?"},{"type":"file","file":{"file_id":"%s"}}]}]}""";

        assertThat(api.chat(chat.formatted(id)).statusCode()).isEqualTo(200);
        assertThat(api.chat(chat.formatted("file-api-none")).statusCode()).isEqualTo(400);
    }
}
