package io.github.deepthink4j.testkit.standalone;

import static io.github.deepthink4j.testkit.standalone.ScriptFileTest.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ScriptFileTest {

    private static final String SCRIPT = """
            generation: v4.1
            strict: true
            rules: { KNOWN_MODEL: false }
            contextLimit: 1000
            concurrencyLimit: 50
            words: { TOOL_LIMITS: { status: 422, message: Too many tools } }
            scripts:
              - onMessage: { containing: strawberry }
                think: Spelled out...
                answer: There are 3.
                pieces: 100
                every: 1ms
                after: 1ms
                keepAlives: 1
                headers: { X-Extra: "yes" }
              - onMessage: weather
                callTools:
                  - getWeather: { city: Munich }
                  - getTime: '{"zone": "CET"}'
                then:
                  - onlyForShow: x
              - onMessage: { matching: "^busy" }
                error: { status: 503, message: Later }
                nextTime: { answer: Now }
              - onMessage: { equalTo: cut }
                answer: a b c d
                fault: error in stream data
                faultAfter: 2
              - onToolResult: rain
                answer: Take an umbrella
                finishReason: length
              - onAnyMessage:
                model: deepseek-chat
                answer: I do not think.
            """.replace("      - onlyForShow: x", "      - answer: 20 degrees");

    /** What came back. */
    record Reply(int status, String body, HttpResponse<String> response) {

        static Reply reply(DeepSeekSimulator deepSeek, String body) {
            return post(deepSeek, "/chat/completions", "application/json", body.replace('\'', '"'));
        }

        static Reply post(DeepSeekSimulator deepSeek, String path, String type, String body) {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + path))
                        .header("Authorization", "Bearer sk-test")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                return new Reply(response.statusCode(), response.body(), response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static String user(String text) {
        return "{'model':'any','messages':[{'role':'user','content':'" + text + "'}]}";
    }

    @Test
    void should_set_up_what_it_says() {
        ScriptFile script = ScriptFile.parse(SCRIPT);
        try (DeepSeekSimulator deepSeek =
                DeepSeekSimulator.as(script.generation().orElseThrow())) {
            script.applyTo(deepSeek);

            Reply strawberry = reply(deepSeek, user("strawberry").replace("{'model'", "{'stream':true,'model'"));
            assertThat(strawberry.body()).startsWith(": keep-alive").contains("\"There are 3.\"");
            assertThat(strawberry.response().headers().firstValue("x-extra")).hasValue("yes");
            assertThat(reply(deepSeek, user("the weather")).body())
                    .contains("{\\\"city\\\":\\\"Munich\\\"}")
                    .contains("{\\\"zone\\\": \\\"CET\\\"}");
            assertThat(reply(
                                    deepSeek,
                                    user("the weather")
                                            .replace(
                                                    "}]}",
                                                    "},{'role':'assistant','content':'','tool_calls':[{'id':'1','type':'function',"
                                                            + "'function':{'name':'getWeather','arguments':'{}'}}]},"
                                                            + "{'role':'tool','tool_call_id':'1','content':'20'}]}"))
                            .body())
                    .contains("20 degrees");
            assertThat(reply(deepSeek, user("busy?")).status()).isEqualTo(503);
            assertThat(reply(deepSeek, user("busy?")).body()).contains("Now");
            assertThat(reply(deepSeek, user("cut").replace("{'model'", "{'stream':true,'model'"))
                            .body())
                    .contains("The server is overloaded")
                    .doesNotContain("[DONE]");
            assertThat(reply(deepSeek, user("Hi").replace("any", "deepseek-chat"))
                            .body())
                    .contains("I do not think.");
            assertThat(reply(deepSeek, user("Hi")).status()).as("of no script").isEqualTo(400);
            assertThat(reply(deepSeek, user("Hi").replace("{'model'", "{'seed':1,'model'"))
                            .body())
                    .contains("strict: seed has no effect");
        }
    }

    @Test
    void should_script_all_that_the_page_shows() throws IOException {
        String page = Files.readString(Path.of("../../docs/testing.md"));
        int search = page.indexOf("  - onSearch:");
        String scripts = page.substring(page.lastIndexOf("```yaml\n", search) + 8, page.indexOf("```", search));

        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            ScriptFile.parse(scripts).applyTo(deepSeek);
            deepSeek.enforcing(Rule.KNOWN_MODEL, false);

            assertThat(post(deepSeek, "/v1/tools/search", "{'query':'the weather'}")
                            .body())
                    .contains("20 degrees in Munich", "https://example.com/more");
            assertThat(post(deepSeek, "/v1/tools/search", "{'query':'the news'}")
                            .status())
                    .isEqualTo(503);
            assertThat(post(deepSeek, "/v1/tools/search", "{'query':'the news'}")
                            .body())
                    .contains("\"results\":[]");
            assertThat(post(deepSeek, "/v1/tools/fetch", "{'url':'https://example.com/'}")
                            .body())
                    .contains("# 20 degrees");
            assertThat(post(deepSeek, "/v1/tools/fetch", "{'url':'https://missing.example/'}")
                            .status())
                    .isEqualTo(404);
            assertThat(reply(deepSeek, user("public").replace("{'model':'any'", "{'stream':true,'model':'any'"))
                            .body())
                    .contains("content_filter");
            assertThat(reply(deepSeek, user("Who won?")).body()).contains("https://example.com/final");
            assertThat(upload(deepSeek, "/v1/tools/ocr", "scan.png").body())
                    .contains("The first page", "The second page");
            assertThat(upload(deepSeek, "/v1/files", "broken.txt").body()).contains("can't be parsed");
        }
    }

    private static Reply upload(DeepSeekSimulator deepSeek, String path, String name) {
        String form = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n"
                + (path.endsWith("ocr") ? "text_recognition" : "user_data")
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\nwords\r\n--b--\r\n";
        return Reply.post(deepSeek, path, "multipart/form-data; boundary=b", form);
    }

    private static Reply post(DeepSeekSimulator deepSeek, String path, String json) {
        return Reply.post(deepSeek, path, "application/json", json.replace('\'', '"'));
    }

    @Test
    void should_know_generations_by_the_names_that_people_write() {
        assertThat(ScriptFile.parse("generation: r1-0528").generation()).hasValue(Generation.R1_0528);
        assertThat(ScriptFile.parse("strict: true").generation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generation: V9                                               | no generation "V9"; there are [CHAT_V3, R1
            script: []                                                   | script is not known; there are [concurrencyLimit, contextLimit, generation, rules
            [a]                                                          | the script must have some of
            a: b: c                                                      | the script is no YAML
            scripts: [{answer: x}]                                       | scripts[0] needs one of [onAnyMessage, onFetch, onMessage
            scripts: [{onMessage: x, anser: y}]                          | scripts[0].anser is not known
            scripts: [{onMessage: {like: x}, answer: y}]                 | scripts[0].onMessage must be a text, or one of
            scripts: [{onMessage: x, answer: y, every: soon}]            | scripts[0].every must be a time such as 50ms
            scripts: [{onMessage: x, answer: y, fault: earthquake}]      | no Fault "earthquake"; there are [CUT_BEFORE
            scripts: [{onMessage: x, callTool: {f: {}}, then: [{anser: y}]}] | scripts[0].then[0].anser is not known
            rules: {NO_SUCH: true}                                       | no Rule "NO_SUCH"; there are [KNOWN_MODEL
            """)
    void should_say_what_is_wrong(String yaml, String message) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            assertThatThrownBy(() -> {
                        ScriptFile script = ScriptFile.parse(yaml);
                        script.generation();
                        script.applyTo(deepSeek);
                    })
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void should_name_a_file_that_is_not_there() {
        assertThatThrownBy(() -> ScriptFile.read(Path.of("no-such.yaml")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no-such.yaml");
    }
}
