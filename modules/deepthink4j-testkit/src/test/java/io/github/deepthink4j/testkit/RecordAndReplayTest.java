package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.testkit.recording.Equivalence;
import io.github.deepthink4j.testkit.recording.RecordingFiles;
import io.github.deepthink4j.testkit.recording.Redaction;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulator stands for the real API here; the recorder knows no difference. */
@Timeout(60)
class RecordAndReplayTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final String QUESTION = """
            {"model":"deepseek-flash","stream":true,"user_id":"anna-7","stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"I am anna@example.com. The weather?"}]}""";

    @TempDir
    private Path folder;

    private final DeepSeekSimulator real = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekSimulator replaying = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        real.close();
        replaying.close();
    }

    private static HttpResponse<String> post(String baseUrl, String body) {
        return Api.send(request(baseUrl, body));
    }

    private static HttpRequest request(String baseUrl, String body) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .header("Authorization", "Bearer " + KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private DeepSeekRecorder recorder() {
        return DeepSeekRecorder.of(real.baseUrl()).into(folder);
    }

    private String saved() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void should_replay_a_stream_byte_by_byte() {
        real.onMessage(containing("weather")).think("Look it up.").callTool("getWeather", Map.of("city", "Munich"));
        String recorded;
        try (DeepSeekRecorder recorder = recorder()) {
            recorded = post(recorder.baseUrl(), QUESTION).body();
            assertThat(recorder.count()).isEqualTo(1);
        }
        replaying.replay(folder);

        HttpResponse<String> replayed = post(replaying.baseUrl(), QUESTION);

        assertThat(recorded).contains("Munich").endsWith("data: [DONE]\n\n");
        assertThat(replayed.body()).isEqualTo(recorded);
        assertThat(replayed.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(replayed.headers().firstValue("x-ds-trace-id")).isPresent();
    }

    @Test
    void should_save_what_a_person_can_read_and_edit() throws IOException {
        real.respond(Answer.text("Sunny"), Answer.text("Rainy"));
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), QUESTION.replace("true,\"user", "false,\"user"));
            post(recorder.baseUrl(), QUESTION);
        }

        assertThat(folder).isDirectoryContaining("glob:**001.json").isDirectoryContaining("glob:**002.sse");
        assertThat(Files.readString(folder.resolve("001.json")))
                .contains("\"format\" : \"deepthink4j-exchange/1\"")
                .contains("    \"path\" : \"/chat/completions\",\n")
                .contains("\"status\" : 200")
                .contains("\"content\" : \"Sunny\"");
        assertThat(Files.readString(folder.resolve("002.json"))).contains("\"bodyFile\" : \"002.sse\"");
        Path edited = folder.resolve("002.sse");
        Files.writeString(edited, Files.readString(edited).replace("Rainy", "Stormy"));
        replaying.replay(folder);
        assertThat(post(replaying.baseUrl(), QUESTION).body()).contains("Stormy");
    }

    @Test
    void should_never_write_the_key_and_redact_by_rule() throws IOException {
        real.brain(request -> Answer.thinking("Mail to anna@example.com with " + KEY + ".")
                .thenText("Sent to anna@example.com!")
                .andToolCall("mail", Map.of("to", "anna@example.com"))
                .pieces(5));
        Redaction redaction = Redaction.none().field("user_id").text("[\\w.]+@[\\w.]+\\w");
        try (DeepSeekRecorder recorder = recorder().redacting(redaction)) {
            post(recorder.baseUrl(), QUESTION);
            post(recorder.baseUrl(), QUESTION.replace("true,\"user", "false,\"user"));
            post(recorder.baseUrl(), QUESTION.replace("The weather", "My key is " + KEY));
        }
        String saved = saved();

        assertThat(saved)
                .doesNotContain("secret")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContain("anna")
                .doesNotContain("example.com")
                .contains("\"user_id\" : \"***\"")
                .contains("I am ***. The weather?")
                .contains("Sent to ***!");
        replaying.replay(folder);
        String replayed = post(
                        replaying.baseUrl(),
                        QUESTION.replace("anna@example.com", "bob@example.org").replace("anna-7", "bob-1"))
                .body();
        StringBuilder thought = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        Api.chunks(replayed).forEach(chunk -> {
            thought.append(chunk.at("/choices/0/delta/reasoning_content").asText(""));
            arguments.append(
                    chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asText(""));
        });
        assertThat(thought.toString().replace("null", "")).isEqualTo("Mail to *** with ***.");
        assertThat(arguments.toString()).isEqualTo("{\"to\":\"***\"}");
    }

    @Test
    void should_leave_events_as_they_came_where_there_is_nothing_to_redact() {
        String events = ": keep-alive\n\ndata:{ \"choices\" : [ { \"delta\" : { \"content\" : \"a@b.c\" } } ] }\n\n"
                + "data: {\"n\": 1.50,  \"choices\": []}\r\n\r\ndata: [DONE]\n\n";

        String redacted = Redaction.none().text("\\w@\\S+").applyToStream(events);

        assertThat(redacted)
                .isEqualTo(": keep-alive\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"***\"}}]}\n\n"
                        + "data: {\"n\": 1.50,  \"choices\": []}\r\n\r\ndata: [DONE]\n\n");
    }

    @Test
    void should_give_the_same_request_again_what_it_got_then() {
        real.respond(Answer.text("first"), Answer.error(503, "Later"));
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), QUESTION);
            post(recorder.baseUrl(), QUESTION);
        }
        replaying.replay(folder);

        assertThat(post(replaying.baseUrl(), QUESTION).body()).contains("first");
        assertThat(post(replaying.baseUrl(), QUESTION).statusCode()).isEqualTo(503);
        assertThat(post(replaying.baseUrl(), QUESTION).body()).contains("first");
    }

    @Test
    void should_refuse_what_was_not_recorded_and_say_how_it_differs() {
        real.respond(Answer.text("Sunny"));
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), QUESTION);
        }
        replaying.replay(folder);

        HttpResponse<String> other = post(replaying.baseUrl(), QUESTION.replace("The weather", "The time"));

        assertThat(other.statusCode()).isEqualTo(400);
        assertThatThrownBy(replaying::verify)
                .hasMessageContaining("The nearest of 1 recordings is 001:")
                .hasMessageContaining(
                        "messages[0].content: recorded is \"I am anna@example.com. The weather?\", asked was"
                                + " \"I am anna@example.com. The time?\"");
    }

    @Test
    void should_let_a_recorded_answer_go_wrong() {
        real.onAnyMessage().think("So so").answer("Yes yes").callTool("f", "{\"x\":1}");
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), QUESTION);
        }
        replaying.replay(folder).fault(Fault.CUT_BEFORE_DONE);

        String cut = post(replaying.baseUrl(), QUESTION).body();

        assertThat(cut)
                .contains("\"So\"")
                .contains("\" yes\"")
                .contains("\"name\":\"f\"")
                .doesNotContain("[DONE]");
        assertThat(post(replaying.baseUrl(), QUESTION).body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void should_still_enforce_the_rules() {
        real.respond(Answer.text("Sunny"));
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), QUESTION);
        }
        replaying.replay(new RecordingFiles(folder).read(), Equivalence.sameConversation());

        assertThat(post(replaying.baseUrl(), QUESTION.replace("\"stream\":true", "\"stream\":true,\"n\":2"))
                        .body())
                .contains("Invalid n value");
    }

    @Test
    void should_record_errors_and_other_endpoints_and_count_on() throws IOException {
        try (DeepSeekRecorder recorder = recorder()) {
            Api.send(HttpRequest.newBuilder(URI.create(recorder.baseUrl() + "/models"))
                    .header("Authorization", "Bearer " + KEY)
                    .build());
        }
        try (DeepSeekRecorder recorder = recorder()) {
            post(recorder.baseUrl(), "{}");
        }

        assertThat(saved()).contains("001.json").contains("002.json").contains("missing field `messages`");
        replaying.replay(folder);
        Api.send(HttpRequest.newBuilder(URI.create(replaying.baseUrl() + "/models"))
                .header("Authorization", "Bearer any")
                .build());
        assertThat(replaying.allRequests().get(0).status()).isEqualTo(200);
    }

    @Test
    void should_pass_pieces_on_at_once_and_stop_when_the_client_goes() throws Exception {
        real.respond(Answer.text("word ".repeat(2000)).pause(Duration.ofMillis(5)));
        try (DeepSeekRecorder recorder = recorder()) {
            HttpResponse<InputStream> response =
                    Api.CLIENT.send(request(recorder.baseUrl(), QUESTION), HttpResponse.BodyHandlers.ofInputStream());
            response.body().readNBytes(300);
            assertThat(real.runningAnswers()).isEqualTo(1);

            response.body().close();

            assertThat(real.lastRequest().awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(real.lastRequest().cancelled()).isTrue();
            assertThat(recorder.count()).isZero();
        }
    }

    @Test
    void should_say_what_is_wrong_with_files() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> DeepSeekRecorder.of("http://127.0.0.1:1").baseUrl())
                .withMessageContaining("into(folder)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replaying.replay(folder))
                .withMessageContaining("no recording in");
        Files.writeString(folder.resolve("a.json"), "{\"request\":{}}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replaying.replay(folder))
                .withMessageContaining("a.json is no recording: it lacks \"format\"");
        Files.writeString(folder.resolve("a.json"), "{");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replaying.replay(folder))
                .withMessageContaining("a.json is no JSON");
        try (DeepSeekRecorder unreachable =
                DeepSeekRecorder.of("http://127.0.0.1:1").into(folder)) {
            assertThat(post(unreachable.baseUrl(), QUESTION).statusCode()).isEqualTo(502);
        }
    }
}
