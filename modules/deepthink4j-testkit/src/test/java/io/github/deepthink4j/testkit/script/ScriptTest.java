package io.github.deepthink4j.testkit.script;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static io.github.deepthink4j.testkit.script.TextMatch.equalTo;
import static io.github.deepthink4j.testkit.script.TextMatch.matching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScriptTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static String body(String... messages) {
        return ("{'model':'deepseek-flash','messages':[" + String.join(",", messages) + "]}").replace('\'', '"');
    }

    private static String user(String text) {
        return "{'role':'user','content':'" + text + "'}";
    }

    private static String call(String tool) {
        return call(tool, 1);
    }

    private static String call(String tool, int id) {
        return "{'role':'assistant','content':'','reasoning_content':'','tool_calls':[{'id':'" + id
                + "','type':'function'," + "'function':{'name':'" + tool + "','arguments':'{}'}}]}";
    }

    private static String result(String text) {
        return result(text, 1);
    }

    private static String result(String text, int id) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'" + text + "'}";
    }

    private JsonNode message(String... messages) {
        HttpResponse<String> response = api.chat(body(messages));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Api.json(response).at("/choices/0/message");
    }

    private String answer(String... messages) {
        return message(messages).path("content").asText();
    }

    @Test
    void should_answer_by_the_text_of_the_last_user_message() {
        deepSeek.onMessage(containing("strawberry")).think("Spelled out...").answer("3");
        deepSeek.onMessage(equalTo("Hi")).answer("Hello");
        deepSeek.onMessage(matching("^What.*\\?$")).answer("Something");

        assertThat(answer(user("A strawberry?"))).isEqualTo("3");
        assertThat(answer(user("Hi"))).isEqualTo("Hello");
        assertThat(answer(user("Hi"), "{'role':'assistant','content':'Hello'}", user("What is it?")))
                .isEqualTo("Something");
        assertThat(message(user("strawberry")).path("reasoning_content").asText())
                .isEqualTo("Spelled out...");
    }

    @Test
    void should_prefer_the_latest_script() {
        deepSeek.onAnyMessage().answer("of all");
        deepSeek.onMessage(containing("berry")).answer("of some");

        assertThat(answer(user("strawberry"))).isEqualTo("of some");
        assertThat(answer(user("plum"))).isEqualTo("of all");
    }

    @Test
    void should_go_through_the_rounds_of_a_tool_loop_however_many_run_at_a_time() {
        deepSeek.onMessage(containing("weather"))
                .think("Where?")
                .callTool("locate", Map.of())
                .then()
                .callTool("getWeather", Map.of("city", "Munich"))
                .then(Answer.thinking("Got it.").thenText("20 degrees"));
        String question = user("The weather?");

        List<String> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> {
                    JsonNode first = message(question).path("tool_calls").get(0).path("function");
                    JsonNode second = message(question, call("locate"), result("Munich"))
                            .path("tool_calls")
                            .get(0)
                            .path("function");
                    String third =
                            answer(question, call("locate"), result("Munich"), call("getWeather", 2), result("20", 2));
                    return first.path("name").asText()
                            + second.path("name").asText()
                            + second.path("arguments").asText()
                            + third;
                })
                .distinct()
                .toList();

        assertThat(answers).containsExactly("locategetWeather{\"city\":\"Munich\"}20 degrees");
    }

    @Test
    void should_answer_a_sequence_and_stay_with_its_end() {
        deepSeek.onMessage(containing("busy")).error(503, "Later").nextTime().answer("Now");

        assertThat(api.chat(body(user("busy?"))).statusCode()).isEqualTo(503);
        assertThat(answer(user("busy?"))).isEqualTo("Now");
        assertThat(answer(user("busy?"))).isEqualTo("Now");
    }

    @Test
    void should_answer_by_the_result_of_a_tool_and_by_any_predicate() {
        deepSeek.onToolResult(containing("rain"))
                .answer("Take an umbrella")
                .then()
                .answer("Later");
        deepSeek.onRequest(SimulatedRequest::stream).answer("streamed");
        deepSeek.onMessage(containing("you"))
                .when(request -> request.messages().size() > 2)
                .reply(request -> Answer.text("Message " + request.messages().size()));

        assertThat(answer(user("Go out?"), call("getWeather"), result("rain"))).isEqualTo("Take an umbrella");
        assertThat(answer(user("Out?"), call("w"), result("rain"), call("w", 2), result("sun", 2)))
                .isEqualTo("Later");
        assertThat(api.chat(body(user("Hi")).replace("{\"model\"", "{\"stream\":true,\"model\""))
                        .body())
                .contains("streamed");
        assertThat(answer(user("Hi"), "{'role':'assistant','content':'Yes?'}", user("Are you there?")))
                .isEqualTo("Message 3");
    }

    @Test
    void should_deliver_as_told() {
        deepSeek.onAnyMessage()
                .think("abcdefgh")
                .answer("ijkl")
                .pieces(4)
                .keepAlives(1)
                .every(Duration.ofMillis(1))
                .after(Duration.ofMillis(1))
                .header("X-Extra", "yes")
                .finishReason("insufficient_system_resource");

        HttpResponse<String> response = api.chat(body(user("Hi")).replace("{\"model\"", "{\"stream\":true,\"model\""));

        assertThat(response.body()).startsWith(": keep-alive\n\n");
        assertThat(response.headers().firstValue("X-Extra")).hasValue("yes");
        assertThat(Api.chunks(response.body()))
                .extracting(
                        chunk -> chunk.at("/choices/0/delta/reasoning_content").asText("")
                                + chunk.at("/choices/0/delta/content").asText(""))
                .filteredOn(piece -> !piece.isEmpty())
                .containsExactly("abcd", "efgh", "ijkl");
        assertThat(response.body()).contains("insufficient_system_resource");
    }

    @Test
    void should_let_an_answer_go_wrong_after_the_nth_piece() {
        deepSeek.onMessage(containing("cut")).answer("a b c d e").fault(Fault.ERROR_IN_STREAM_DATA, 3);

        String stream = api.chat(body(user("cut")).replace("{\"model\"", "{\"stream\":true,\"model\""))
                .body();

        assertThat(Api.chunks(stream)).hasSize(1 + 3 + 1);
        assertThat(stream).contains("The server is overloaded").doesNotContain("[DONE]");
    }

    @Test
    void should_refuse_what_no_script_answers_and_say_what_is_nearest() {
        deepSeek.onMessage(containing("strawberries")).answer("3");
        deepSeek.onMessage(containing("weather")).callTool("getWeather", "{}");

        HttpResponse<String> misspelt = api.chat(body(user("strawbery?")));
        api.chat(body(user("The weather?"), call("getWeather"), result("20")));

        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(Api.json(misspelt).at("/error/message").asText())
                .contains("[0] user: strawbery?")
                .contains("The nearest of 2 is onMessage(containing \"strawberries\"): its text is another.");
        assertThatThrownBy(deepSeek::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("strawbery?")
                .hasMessageContaining(
                        "onMessage(containing \"weather\"): it ends with round 1 and this is round 2 of the"
                                + " turn: add .then()");
    }

    @Test
    void should_wait_for_requests() {
        deepSeek.onAnyMessage().answer("Hello");
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> answer(user("Hi")));

        assertThat(deepSeek.awaitRequests(1, Duration.ofSeconds(30)).lastUserText())
                .isEqualTo("Hi");
        assertThat(answer.join()).isEqualTo("Hello");
        assertThatThrownBy(() -> deepSeek.awaitRequests(2, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("waited PT0.001S for 2 chat requests, but only 1 have come");
    }

    @Test
    void should_leave_the_rest_to_a_brain_that_was_given() {
        deepSeek.brain(request -> Answer.text("thought up"));
        deepSeek.onMessage(containing("known")).answer("scripted");

        assertThat(answer(user("known"))).isEqualTo("scripted");
        assertThat(answer(user("else"))).isEqualTo("thought up");
        deepSeek.verify();
    }

    @Test
    void should_fail_the_test_whose_own_code_throws() {
        deepSeek.onAnyMessage().reply(request -> {
            throw new AssertionError("not what I wanted");
        });

        assertThat(api.chat(body(user("Hi"))).statusCode()).isEqualTo(400);
        assertThatThrownBy(deepSeek::verify)
                .hasMessageContaining("has thrown java.lang.AssertionError: not what I wanted")
                .hasMessageContaining("[0] user: Hi");
    }

    @Test
    void should_not_change_what_a_function_makes() {
        Script script = deepSeek.onAnyMessage().answer("replaced").reply(request -> Answer.text("made"));

        assertThatIllegalStateException().isThrownBy(() -> script.pieces(3)).withMessageContaining("let it set this");
        script.nextTime().answer("then this").pieces(3);
        assertThat(answer(user("Hi"))).isEqualTo("made");
        assertThat(answer(user("Hi"))).isEqualTo("then this");
    }

    @Test
    void should_want_an_answer_before_the_next_one() {
        Script script = deepSeek.onMessage(containing("x"));

        assertThatIllegalStateException()
                .isThrownBy(script::then)
                .withMessageContaining("give an answer before then(): onMessage(containing \"x\") has none");
        assertThat(Api.json(api.chat(body(user("x")))).at("/error/message").asText())
                .contains("it has no answer yet");
    }
}
