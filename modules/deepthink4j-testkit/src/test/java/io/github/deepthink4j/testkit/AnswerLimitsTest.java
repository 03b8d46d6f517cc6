package io.github.deepthink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What limits an answer, and what goes with it: max_tokens, the context, probabilities, the list of models. */
class AnswerLimitsTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static String body(String more) {
        return ("{'model':'deepseek-flash'," + more + "'messages':[{'role':'user','content':'Hi'}]}")
                .replace('\'', '"');
    }

    /** A thought of two tokens, a text of one, a call of 2 + 5 and one of 1 + 5. */
    private static Answer answer() {
        return Answer.thinking("So so")
                .thenText("Yes")
                .andToolCall("getWeather", "{\"a\":1}")
                .andToolCall("f", "{\"b\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1  | length     | -                  | -
            2  | length     | -                  | -
            3  | length     | -                  | -
            4  | length     | ''                 | -
            5  | length     | ''                 | -
            6  | length     | {                  | -
            9  | length     | {"a"               | -
            12 | length     | {"a":1}            | -
            13 | length     | {"a":1}            | ''
            14 | length     | {"a":1}            | {
            20 | tool_calls | {"a":1}            | {"b":2}
            99 | tool_calls | {"a":1}            | {"b":2}
            """)
    void should_cut_calls_where_the_tokens_end(int maxTokens, String finish, String first, String second) {
        deepSeek.respond(answer(), answer());

        JsonNode whole = Api.json(api.chat(body("'max_tokens':" + maxTokens + ",")));
        List<JsonNode> chunks = Api.chunks(
                api.chat(body("'stream':true,'max_tokens':" + maxTokens + ",")).body());

        JsonNode calls = whole.at("/choices/0/message/tool_calls");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo(finish);
        assertThat(arguments(calls.path(0))).isEqualTo(first);
        assertThat(arguments(calls.path(1))).isEqualTo(second);
        if (first != null) {
            assertThat(calls.at("/0/function/name").asText()).isEqualTo("getWeather");
        }
        assertThat(whole.at("/usage/completion_tokens").asInt()).isLessThanOrEqualTo(maxTokens);
        JsonNode last = chunks.get(chunks.size() - 1);
        assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo(finish);
        assertThat(last.at("/usage/completion_tokens")).isEqualTo(whole.at("/usage/completion_tokens"));
        assertThat(streamed(chunks, 0)).isEqualTo(first);
        assertThat(streamed(chunks, 1)).isEqualTo(second);
    }

    private static String arguments(JsonNode call) {
        return call.isMissingNode() ? null : call.at("/function/arguments").asText();
    }

    private static String streamed(List<JsonNode> chunks, int index) {
        List<JsonNode> pieces = chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.has("index") && call.path("index").asInt() == index)
                .toList();
        return pieces.isEmpty()
                ? null
                : pieces.stream()
                        .map(call -> call.at("/function/arguments").asText())
                        .collect(Collectors.joining());
    }

    @Test
    void should_show_how_likely_each_token_was() {
        deepSeek.respond(Answer.thinking("So").thenText("Gr\u00fcezi all"), Answer.text("Yes"));

        JsonNode lists =
                Api.json(api.chat(body("'logprobs':true,'top_logprobs':3,"))).at("/choices/0/logprobs");
        JsonNode bare = Api.json(api.chat(body("'logprobs':true,"))).at("/choices/0/logprobs/content/0");

        JsonNode first = lists.at("/content/0");
        assertThat(lists.path("content")).hasSize(2);
        assertThat(lists.path("reasoning_content")).hasSize(1);
        assertThat(first.path("token").asText()).isEqualTo("Gr\u00fcezi");
        assertThat(first.path("bytes").toString()).isEqualTo("[71,114,195,188,101,122,105]");
        assertThat(first.path("logprob").asDouble()).isNegative();
        assertThat(first.path("top_logprobs")).hasSize(3);
        assertThat(first.at("/top_logprobs/0/token")).isEqualTo(first.path("token"));
        assertThat(first.at("/top_logprobs/0/bytes")).isEqualTo(first.path("bytes"));
        assertThat(first.at("/top_logprobs/1/logprob").asDouble())
                .isLessThan(first.path("logprob").asDouble())
                .isGreaterThan(first.at("/top_logprobs/2/logprob").asDouble());
        assertThat(bare.path("top_logprobs").isArray()).isTrue();
        assertThat(bare.path("top_logprobs")).isEmpty();
    }

    @Test
    void should_stream_the_list_that_fits() {
        deepSeek.respond(Answer.thinking("So so").thenText("Yes yes").pieces(20));

        List<JsonNode> lists =
                Api.chunks(api.chat(body("'stream':true,'logprobs':true,'top_logprobs':1,"))
                                .body())
                        .stream()
                        .map(chunk -> chunk.at("/choices/0/logprobs"))
                        .filter(JsonNode::isObject)
                        .toList();

        assertThat(lists).hasSize(2);
        assertThat(lists.get(0).path("reasoning_content"))
                .extracting(entry -> entry.path("token").asText())
                .containsExactly("So", " so");
        assertThat(lists.get(1).path("content"))
                .allSatisfy(entry -> assertThat(entry.path("top_logprobs")).hasSize(1));
    }

    @Test
    void should_keep_to_a_context_that_is_set() {
        deepSeek.contextLimit(100);
        String longer = body("").replace("Hi", "word ".repeat(100));

        HttpResponse<String> refused = api.chat(longer);
        HttpResponse<String> withCompletion = api.chat(body("'max_tokens':100,"));

        assertThat(api.chat(body("")).statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(400);
        int tokens = deepSeek.requests().get(0).promptTokens();
        assertThat(Api.json(refused).at("/error/message").asText())
                .isEqualTo("This model's maximum context length is 100 tokens. However, you requested " + tokens
                        + " tokens (" + tokens + " in the messages, 0 in the completion). Please reduce the length of"
                        + " the messages or completion.");
        assertThat(Api.json(withCompletion).at("/error/message").asText()).contains("100 in the completion");
        deepSeek.contextLimit(0);
        assertThat(api.chat(longer).statusCode()).isEqualTo(200);
    }

    @Test
    void should_refuse_what_is_more_than_so_many_at_a_time_in_the_words_that_were_seen() throws InterruptedException {
        deepSeek.concurrencyLimit(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.brain(request -> {
            asked.countDown();
            awaitQuietly(mayAnswer);
            return answer();
        });
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> api.chat(body("")));
        asked.await();

        HttpResponse<String> second = api.chat(body(""));
        mayAnswer.countDown();

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("retry-after")).isEmpty();
        assertThat(Api.json(second).at("/error/message").asText())
                .isEqualTo(
                        "Your current concurrency is 2, which exceeds your concurrency limit of 1 based on your remaining"
                                + " balance. Please top up your balance to restore your concurrency.");
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(api.chat(body("")).statusCode())
                .as("the place is free again")
                .isEqualTo(200);
        assertThat(api.chat(body("'stream':true,")).statusCode()).isEqualTo(200);
        assertThat(api.chat(body("")).statusCode()).isEqualTo(200);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_say_what_was_seen_elsewhere() {
        deepSeek.words(Rule.KNOWN_MODEL, 404, "No such model");

        HttpResponse<String> refused = api.chat(body("").replace("deepseek-flash", "deepseek-r9"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Api.json(refused).at("/error/message").asText()).isEqualTo("No such model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CHAT_V3 | deepseek-chat
            R1      | deepseek-chat, deepseek-reasoner
            R1_0528 | deepseek-chat, deepseek-reasoner
            V3_1    | deepseek-chat, deepseek-reasoner
            V3_2    | deepseek-chat, deepseek-reasoner
            V4      | deepseek-v4-flash, deepseek-v4-pro
            V4_0731 | deepseek-v4-flash, deepseek-v4-pro
            V4_1    | deepseek-flash, deepseek-v4-pro
            """)
    void should_list_the_models_of_the_generation(Generation generation, String ids) {
        try (DeepSeekSimulator simulated = DeepSeekSimulator.as(generation)) {
            JsonNode models = Api.json(new Api(simulated).get("/models")).path("data");

            assertThat(models).extracting(model -> model.path("id").asText()).containsExactly(ids.split(", "));
            boolean described = generation == Generation.V4_1;
            assertThat(models)
                    .allSatisfy(model -> assertThat(model.has("effort")).isEqualTo(described));
        }
    }

    @Test
    void should_describe_the_models_of_late_2026() {
        JsonNode models = Api.json(api.get("/models")).path("data");

        assertThat(models.at("/0/input_modalities").toString()).isEqualTo("[\"text\",\"image\"]");
        assertThat(models.at("/1/input_modalities").toString()).isEqualTo("[\"text\"]");
        assertThat(models.at("/0/effort/supported_levels").toString()).isEqualTo("[\"low\",\"high\",\"max\"]");
        assertThat(models.at("/0/context_window").asInt()).isEqualTo(1_048_576);
    }

    @Test
    void should_have_tools_answered_by_chat_on_v3_1() {
        try (DeepSeekSimulator simulated = DeepSeekSimulator.as(Generation.V3_1)) {
            simulated.respond(Answer.thinking("So.").andToolCall("f", "{}"));
            String tools = "'tools':[{'type':'function','function':{'name':'f'}}],".replace('\'', '"');

            JsonNode answer = Api.json(new Api(simulated)
                    .chat(body("").replace(
                                    "{\"model\":\"deepseek-flash\",", "{\"model\":\"deepseek-reasoner\"," + tools)));

            assertThat(answer.path("model").asText()).isEqualTo("deepseek-chat");
            assertThat(answer.at("/choices/0/message").has("reasoning_content")).isFalse();
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
            assertThat(simulated.lastRequest().warnings()).isNotEmpty();
        }
    }
}
