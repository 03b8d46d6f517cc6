package io.github.deepthink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeepSeekSimulatorTest {

    private static final String STREAM = """
        {"model":"deepseek-reasoner","stream":true,"stream_options":{"include_usage":true},\
        "messages":[{"role":"user","content":"Hi"}],"tools":[]}\
        """;

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V3_2);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @Test
    void should_count_tokens_and_keep_to_max_tokens() {
        String limited = STREAM.replace("\"stream\":true", "\"stream\":false,\"max_tokens\":4");
        deepSeek.respond(
                Answer.thinking("a b c").thenText("d e f"),
                Answer.thinking("a b c d e").thenText("f"));

        JsonNode cutInText = Api.json(api.chat(limited));
        JsonNode cutInThought = Api.json(api.chat(limited));

        assertThat(cutInText.at("/choices/0/message/content").asText()).isEqualTo("d");
        assertThat(cutInText.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(cutInText.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(cutInText
                        .at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(3);
        assertThat(cutInThought.at("/choices/0/message/content").asText()).isEmpty();
        assertThat(cutInThought.at("/choices/0/message/reasoning_content").asText())
                .isEqualTo("a b c d");
    }

    @Test
    void should_stop_at_stop_sequences_and_find_what_is_in_the_cache() {
        String question = "\"" + "word ".repeat(100) + "\"";
        String body = STREAM.replace("\"stream\":true", "\"stream\":false,\"stop\":[\"END\"]")
                .replace("\"Hi\"", question);
        deepSeek.respond(Answer.text("before END after"), Answer.text("again"));

        JsonNode first = Api.json(api.chat(body));
        JsonNode second = Api.json(api.chat(body));

        assertThat(first.at("/choices/0/message/content").asText()).isEqualTo("before ");
        assertThat(first.at("/usage/prompt_cache_hit_tokens").asInt()).isZero();
        assertThat(second.at("/usage/prompt_cache_hit_tokens").asInt()).isPositive();
        assertThat(second.at("/usage/prompt_cache_hit_tokens").asInt()
                        + second.at("/usage/prompt_cache_miss_tokens").asInt())
                .isEqualTo(second.at("/usage/prompt_tokens").asInt());
    }

    @Test
    void should_keep_alive_while_a_request_waits() {
        deepSeek.respond(Answer.text("a").keepAlives(2), Answer.text("b").keepAlives(2));

        String stream = api.chat(STREAM).body();
        String whole = api.chat(STREAM.replace("true", "false")).body();

        assertThat(stream).startsWith(": keep-alive\n\n: keep-alive\n\ndata: {");
        assertThat(whole).startsWith("\n\n{");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        9.11 and 9.8, which is greater?                       | 9.8 is greater.
        Which is smaller, 9.11 or 9.9?                        | 9.11 is smaller.
        Is 2.50 greater, or 2.5 and 2.5?                      | 2.50 and 2.5 are equal.
        How many Rs are there in the word strawberry?         | There are 3 "r" in "strawberry".
        How many letter 'e' are in nevertheless               | There are 4 "e" in "nevertheless".
        How many z are there in pizza?                        | There are 2 "z" in "pizza".
        What is 17 * 23 + 4?                                  | 17 * 23 + 4 = 395
        What is (1.5 + 2.5) * 10 / 4?                         | (1.5 + 2.5) * 10 / 4 = 10
        What is 1 / 0?                                        | 1 / 0 has no result: it divides by zero.
        Is 9.11 greater than 9.8?                             | 9.8 is greater.
        9.11 > 9.8?                                           | 9.8 is greater.
        Is 9.8 really less than 9.11?                         | 9.11 is smaller.
        Which is the largest: 9.11 or 9.8?                    | 9.8 is greater.
        Which is the largest, 1.1, 1.2 or 1.9?                | 1.9 is greater.
        Which is the smallest, 9.8, 9.11, and 9.9?            | 9.11 is smaller.
        1.1, 1.2, 1.9 哪个最大                                 | 1.9 更大。
        Which is larger, 1.1 vs 1.2 vs 1.9?                   | 1.9 is greater.
        The largest of 1.9; 1.1, 1.2 is?                      | 1.9 is greater.
        1.1、1.2，还是1.9哪个大                                 | 1.9 更大。
        1.3、1.2和1.9哪个最小？                                 | 1.2 更小。
        How many r's in strawberry?                           | There are 3 "r" in "strawberry".
        9.11大于9.8吗？                                         | 9.8 更大。
        strawberry里有几个r?                                   | “strawberry”里有 3 个“r”。
        9.11和9.8哪个大？                                       | 9.8 更大。
        ９．１１与９．９，哪一个更小?                             | 9.11 更小。
        9.11 还是 9.8 大？                                     | 9.8 更大。
        9.11 比 9.8 大吗？                                     | 9.8 更大。
        请比较 2.5 和 2.50 的大小                              | 2.5 和 2.50 相等。
        compare 3.14 with 3.2                                 | 3.2 is greater.
        9.8大还是9.11大                                         | 9.8 更大。
        13.8、13.11 谁更大                                     | 13.8 更大。
        单词 strawberry 里有几个 r？                           | “strawberry”里有 3 个“r”。
        “strawberry”这个单词中有多少个字母“R”？                | “strawberry”里有 3 个“r”。
        字母e在nevertheless里出现了几次？                       | “nevertheless”里有 4 个“e”。
        数一数 pizza 里 z 的个数                               | “pizza”里有 2 个“z”。
        “人山人海”里有几个“人”字？                             | “人山人海”里有 2 个“人”。
        17 乘以 23 加 4 等于几？                               | 17 * 23 + 4 = 395
        （1.5＋2.5）×10÷4＝？                                  | (1.5+2.5)×10÷4 = 10
        3 和 5 的和是多少？                                    | 3 + 5 = 8
        1 除以 0 是多少？                                      | 1 / 0 没有结果：除数为零。
        """)
    void should_really_work_it_out(String question, String answer) {
        String body = STREAM.replace("\"Hi\"", Api.MAPPER.valueToTree(question).toString())
                .replace("true", "false");

        JsonNode message = Api.json(api.chat(body)).at("/choices/0/message");

        assertThat(message.path("content").asText()).isEqualTo(answer);
        assertThat(message.path("reasoning_content").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Is 9.11 greater than 9.8? | Why?               | 9.11 and 9.80. | So: 9.8 is greater.
        Is 9.11 greater than 9.8? | Are you sure?      | 9.11 and 9.80. | So: 9.8 is greater.
        9.11和9.8哪个大？           | 为什么？            | 9.11 和 9.80   | 所以：9.8 更大。
        strawberry里有几个r?       | 你确定吗？           | 第 3、8、9 位   | 3 个“r”。
        How many r are in strawberry? | 为什么？         | 第 3、8、9 位   | 3 个“r”。
        Which is smaller, 9.11 or 9.8? | And 9.2 and 9.11? | '' | 9.11 is smaller.
        9.11和9.8哪个大？           | 那9.2和9.11呢？      | ''             | 9.2 更大。
        Is 9.11 greater than 9.8? | 那9.2和9.11呢？      | ''             | 9.2 更大。
        Is 9.11 greater than 9.8? | and 9.9?             | ''             | 9.9 is greater.
        9.11和9.8哪个大？           | 那 9.12 呢？          | ''             | 9.8 更大。
        Which is smaller, 9.11 or 9.8? | And is 9.2 greater? | '' | 9.2 is greater.
        9.11和9.8哪个大？           | 那 9.12 哪个小呢？    | ''             | 9.12 更小。
        How many r are in strawberry? | and how many s?  | ''             | There is 1 "s" in "strawberry".
        How many r are in strawberry? | And in blueberry? | ''            | There are 2 "r" in "blueberry".
        strawberry里有几个r?       | 那 blueberry 里呢？    | ''             | “blueberry”里有 2 个“r”。
        strawberry里有几个r?       | s 呢？               | ''             | “strawberry”里有 1 个“s”。
        """)
    void should_tell_how_it_came_to_an_answer_when_it_is_asked(
            String question, String followUp, String way, String answer) {
        String messages = "[{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"So.\"},"
                + " {\"role\": \"user\", \"content\": \"%s\"}]";
        String body =
                "{\"model\": \"deepseek-chat\", \"messages\": " + String.format(messages, question, followUp) + "}";

        String content =
                Api.json(api.chat(body)).at("/choices/0/message/content").asText();

        assertThat(content).contains(way).endsWith(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Is 9.11 greater than 9.8? | and 9.9?      | and 9.85?     | 9.9 is greater.
        Is 9.11 greater than 9.8? | and 9.9?      | Why?          | So: 9.9 is greater.
        Is 9.11 greater than 9.8? | 10            | 9.95?         | 10 is greater.
        9.11和9.8哪个大？           | 那 9.9 呢？     | 那 9.85 呢？    | 9.9 更大。
        9.11和9.8哪个大？           | 那 9.9 呢？     | 为什么？        | 所以：9.9 更大。
        How many r are in strawberry? | And in blueberry? | and how many e? | There are 2 "e" in "blueberry".
        strawberry里有几个r?       | 那 blueberry 里呢？ | e 呢？     | “blueberry”里有 2 个“e”。
        Is 9.11 greater than 9.8? | How many r are in strawberry? | and 9.9? | 9.9 is greater.
        """)
    void should_follow_a_chain_of_questions(String first, String second, String third, String answer) {
        assertThat(talk(first, second, third)).endsWith(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Is 9.11 greater than 9.8? | And what do 5 apples cost?
        9.11和9.8哪个大？           | 那 5 个苹果多少钱呢？
        """)
    void should_not_take_another_question_for_a_follow_up(String first, String second) {
        assertThat(talk(first, second)).containsAnyOf("simulator, not a model", "模拟器，不是模型");
    }

    private String talk(String... questions) {
        String messages = Stream.of(questions)
                .map(question -> "{\"role\": \"user\", \"content\": \"" + question + "\"}")
                .collect(Collectors.joining(", {\"role\": \"assistant\", \"content\": \"So.\"}, "));
        return Api.json(api.chat("{\"model\": \"deepseek-chat\", \"messages\": [" + messages + "]}"))
                .at("/choices/0/message/content")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(3 + 4) * 5 - 2^3",
                "2² + 3",
                "What is 15% of 80 + 1?",
                "10 mod 3 + 1",
                "7 + 1e3",
                "3 + 4 & 1",
                "1 + 2 << 3",
                "2 + 3 * pi",
                "5 + 3 - abs(2)",
                "1,000 + 2",
                "3 + tan(4) + 5 * 2",
                "divide 10 by 4",
                "15% of 80",
                "15 percent of 80",
                "What is 7 minus 2 + 3?",
                "2 + 3 plus five",
                "twice 3 + 4",
                "the square of 3 + 4",
                "2**3 + 1",
                "What are 1 + 2 and 3 + 4?",
                "Is 2 + 3 greater than 4?",
                "Is 2^3 greater than 7?",
                "Which is greater, 1/2 or 1/3?",
                "Which is greater, 1,000 or 999?",
                "Is version 1.10.2 greater than 1.9.1?",
                "Which is more, half of 9 or 4?",
                "How many r and s are in strawberry?",
                "三加五是多少",
                "2 + 3 加五是多少",
                "3 的平方加 4 减 1",
                "3 加 4 的 2 倍"
            })
    void should_not_answer_a_part_of_a_term_as_if_it_were_the_whole(String question) {
        String body = STREAM.replace("\"Hi\"", Api.MAPPER.valueToTree(question).toString())
                .replace("true", "false");

        assertThat(Api.json(api.chat(body)).at("/choices/0/message/content").asText())
                .containsAnyOf("simulator", "模拟器");
    }

    @Test
    void should_greet_and_say_what_can_be_asked() {
        assertThat(api.chat(STREAM.replace("true", "false").replace("\"Hi\"", "\"Hello there!\""))
                        .body())
                .contains("Hello!", "simulator, not a model", "9.11 and 9.8, which is greater?");
        assertThat(api.chat(STREAM.replace("true", "false").replace("\"Hi\"", "\"你好！你是谁？\""))
                        .body())
                .contains("你好！", "模拟器，不是模型", "9.11和9.8哪个大？");
    }

    @Test
    void should_say_what_it_is_when_it_does_not_know() {
        assertThat(api.chat(STREAM.replace("true", "false")).body())
                .contains("simulator, not a model")
                .contains("DEEPSEEK_API_KEY");
    }

    @Test
    void should_say_what_it_is_in_the_language_of_the_question() {
        assertThat(api.chat(STREAM.replace("true", "false").replace("\"Hi\"", "\"你好\""))
                        .body())
                .contains("模拟器，不是模型", "DEEPSEEK_API_KEY");
    }

    @Test
    void should_serve_the_other_endpoints() {
        assertThat(Api.json(api.get("/models")).path("data"))
                .extracting(model -> model.path("id").asText())
                .containsExactly("deepseek-chat", "deepseek-reasoner");
        assertThat(api.get("/models/deepseek-chat").statusCode()).isEqualTo(200);
        assertThat(api.get("/models/no-such").statusCode()).isEqualTo(404);
        assertThat(Api.json(api.get("/user/balance")).path("is_available").asBoolean())
                .isTrue();
        assertThat(api.get("/embeddings").statusCode()).isEqualTo(404);
        assertThat(api.post("/v1/chat/completions", STREAM).statusCode()).isEqualTo(200);
        assertThat(api.post("/beta/chat/completions", STREAM).statusCode()).isEqualTo(200);
    }

    @Test
    void should_refuse_a_missing_and_a_wrong_key() {
        URI uri = URI.create(deepSeek.baseUrl() + "/models");
        HttpResponse<String> none = Api.send(HttpRequest.newBuilder(uri).build());
        HttpResponse<String> wrong = Api.send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer wrong-key")
                .build());

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).contains("auth header format");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("****-key is invalid");
    }

    @Test
    void should_notice_a_client_that_goes_away() throws Exception {
        deepSeek.respond(Answer.text("word ".repeat(1000)).pause(Duration.ofMillis(10)));
        HttpResponse<InputStream> response = Api.CLIENT.send(
                Api.request(deepSeek.baseUrl() + "/chat/completions", STREAM),
                HttpResponse.BodyHandlers.ofInputStream());
        response.body().read();
        assertThat(deepSeek.runningAnswers()).isEqualTo(1);

        response.body().close();

        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true", disabledReason = "run by mvn verify -Pthorough")
    void should_stream_to_500_at_a_time() {
        int streams = 500;
        CountDownLatch allAreHere = new CountDownLatch(streams);
        deepSeek.brain(request -> {
            allAreHere.countDown();
            await(allAreHere);
            return Answer.text("word ".repeat(20)).pause(Duration.ofMillis(5));
        });
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            answers.add(Api.CLIENT
                    .sendAsync(
                            Api.request(deepSeek.baseUrl() + "/chat/completions", STREAM),
                            HttpResponse.BodyHandlers.ofString())
                    .thenApply(HttpResponse::body));
        }

        await(allAreHere);
        long platformThreads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deepseek-simulator-"))
                .count();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).endsWith("data: [DONE]\n\n"));
        assertThat(deepSeek.requests()).hasSize(streams);
        if (Runtime.version().feature() >= 21) {
            assertThat(platformThreads).as("from Java 21 on they are virtual").isZero();
        }
    }

    @Test
    @Timeout(10)
    void should_start_in_well_under_a_second() {
        for (int i = 0; i < 20; i++) {
            try (DeepSeekSimulator another = DeepSeekSimulator.as(Generation.V4_1)) {
                assertThat(new Api(another).get("/models").statusCode()).isEqualTo(200);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CUT_BEFORE_FIRST_PIECE",
                "CUT_IN_THOUGHT",
                "CUT_IN_ANSWER",
                "CUT_IN_TOOL_CALL",
                "RESET",
                "RESET_IN_ANSWER"
            })
    void should_break_connections_off(Fault fault) {
        deepSeek.respond(Answer.thinking("So so so").thenText("Yes yes yes").andToolCall("f", "{\"x\":1}"));
        deepSeek.fault(fault);

        assertThatThrownBy(() -> api.chat(STREAM)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void should_forget_and_close() {
        deepSeek.respond(Answer.text("never"));
        api.chat(STREAM);
        deepSeek.respond(Answer.text("never"));
        deepSeek.reset();

        assertThat(deepSeek.requests()).isEmpty();
        assertThatThrownBy(deepSeek::lastRequest).isInstanceOf(IllegalStateException.class);
        assertThat(api.chat(STREAM).body()).doesNotContain("never");
        deepSeek.close();
        assertThat(deepSeek.openConnections()).isZero();
    }
}
