package io.github.deepthink4j.testkit.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each question is answered exactly right, or with the line that says that this is a simulator: never in part. */
class ArithmeticBrainTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static DeepSeekSimulator deepSeek;

    @BeforeAll
    static void start() {
        deepSeek = DeepSeekSimulator.as(Generation.V4_1).start();
    }

    @AfterAll
    static void stop() {
        deepSeek.close();
    }

    private static JsonNode ask(String... questions) throws Exception {
        List<Map<String, String>> messages = Stream.of(questions)
                .flatMap(question -> Stream.of(
                        Map.of("role", "user", "content", question), Map.of("role", "assistant", "content", "So.")))
                .toList();
        String body = MAPPER.writeValueAsString(
                Map.of("model", "deepseek-flash", "messages", messages.subList(0, messages.size() - 1)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer sk-test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return MAPPER.readTree(HTTP.send(request, BodyHandlers.ofString()).body())
                .at("/choices/0/message");
    }

    private static String answer(String... questions) throws Exception {
        return ask(questions).path("content").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        Hi! Which is greater, 9.11 or 9.8?                       | 9.8 is greater.
        Please tell me which is smaller, 9.11 or 9.8, thanks!    | 9.11 is smaller.
        Could you please tell me: is 9.11 greater than 9.8?      | 9.8 is greater.
        9.11 and 9.8，which is greater？                           | 9.8 is greater.
        which number is bigger, 9.11 or 9.8                      | 9.8 is greater.
        Which of 9.11 and 9.8 is larger?                         | 9.8 is greater.
        Why is 9.8 greater than 9.11?                            | 9.8 is greater.
        9.11 < 9.8?                                              | 9.11 is smaller.
        -9.11 or -9.8, which is greater?                         | -9.11 is greater.
        By how much is 9.8 greater than 9.11?                    | 9.8 - 9.11 = 0.69
        How much less is 9.11 than 9.8?                          | 9.8 - 9.11 = 0.69
        What is the sum of 1, 2 and 3.5?                         | 1 + 2 + 3.5 = 6.5
        Which one is larger? 9.11 or 9.8                         | 9.8 is greater.
        Is 9.8 bigger than 9.11 or not?                          | 9.8 is greater.
        How many times is the letter r in strawberry?            | There are 3 "r" in "strawberry".
        请问strawberry这个单词有几个r                               | “strawberry”里有 3 个“r”。
        草莓的英文strawberry里有几个r？                             | “strawberry”里有 3 个“r”。
        9.11和9.8比较哪个大                                        | 9.8 更大。
        Which is the largest, 9.8, 9.9, 9.9 or 9.11?             | 9.9 is greater.
        1/3*3                                                    | 1/3*3 = 1
        10 / 3                                                   | 10 / 3 is about 3.333333333333333
        (1/3 + 1/6) * 2 =                                        | (1/3 + 1/6) * 2 = 1
        0.1 + 0.2                                                | 0.1 + 0.2 = 0.3
        1 / 3 + 1 / 3 + 1 / 3                                    | 1 / 3 + 1 / 3 + 1 / 3 = 1
        80/20                                                    | 80/20 = 4
        compute 2 x 3.5, please                                  | 2 x 3.5 = 7
        How much is 3 - -2?                                      | 3 - -2 = 5
        How many r are there in "Straw Berry"?                   | There are 3 "r" in "Straw Berry".
        How many r's are in straw-berry?                         | There are 3 "r" in "straw-berry".
        how many s's in Mississippi                              | There are 4 "s" in "Mississippi".
        How many times does the letter p appear in Mississippi?  | There are 2 "p" in "Mississippi".
        Count the letter e in nevertheless                       | There are 4 "e" in "nevertheless".
        How many i are in the word "Mississippi"?                | There are 4 "i" in "Mississippi".
        How many 人 are there in "人山人海"?                       | There are 2 "人" in "人山人海".
        How many é are in café?                                  | There is 1 "é" in "café".
        你好，9.11和9.8哪个大？                                    | 9.8 更大。
        请问 9.11 和 9.8 哪一个数更小呢？谢谢                        | 9.11 更小。
        9.11，9.8，哪个更大？                                      | 9.8 更大。
        9.8 比 9.11 大吗                                          | 9.8 更大。
        9.11 and 9.8 哪个大？                                     | 9.8 更大。
        9.8 比 9.11 大多少？                                       | 9.8 - 9.11 = 0.69
        为什么 9.8 大于 9.11？                                     | 9.8 更大。
        10 除以 3 等于多少？                                       | 10 / 3 约等于 3.333333333333333
        请帮我算一下 1/3*3                                          | 1/3*3 = 1
        3 加 4 乘以 2 是多少                                       | 3 + 4 * 2 = 11
        2.5 和 0.5 相加等于几？                                    | 2.5 + 0.5 = 3
        “Straw Berry”里有几个 r？                                  | “Straw Berry”里有 3 个“r”。
        单词 Mississippi 中字母 s 出现了几次？                        | “Mississippi”里有 4 个“s”。
        有几个 r 在 strawberry 里？                                | “strawberry”里有 3 个“r”。
        strawberry 里有几个 r? thanks                             | “strawberry”里有 3 个“r”。
        """)
    void should_answer_exactly(String question, String expected) throws Exception {
        JsonNode message = ask(question);

        assertThat(message.path("content").asText()).isEqualTo(expected);
        assertThat(message.path("reasoning_content").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call 555-1234",
                "555-1234",
                "My number is 1-800-555-1234",
                "1-800-555-1234",
                "2024-01-15",
                "12/25/2024",
                "What is the 80/20 rule?",
                "the 80/20 rule",
                "I work 24/7 - 5 days",
                "which is not greater, 9.11 or 9.8?",
                "Which isn't the smaller one, 9.11 or 9.8?",
                "9.11 is not greater than 9.8",
                "Is 9.11 greater than 9.8? And is 2 greater than 1?",
                "Is 9.11 greater than 9.8 and how many r are in strawberry?",
                "What is 1 + 1? What is 2 + 2?",
                "1 + 1; 2 + 2",
                "1.000,5 + 1",
                "1,000.5 + 1",
                "1.000.000 + 1",
                "1 000 + 1",
                "1'000 + 1",
                "007 + 1",
                "0x10 + 1",
                "0x10",
                "Which is greater, 9,11 or 9,8?",
                "how many ss in Mississippi",
                "How many \"ss\" are in Mississippi?",
                "How many iss in Mississippi?",
                "How many r are in it?",
                "How many r are in Straw Berry?",
                "How many r are in strawberry and blueberry?",
                "How many uppercase R are in strawberRy?",
                "How many vowels are in strawberry?",
                "How many r are in the third syllable of strawberry?",
                "Which is the second largest, 1, 2 or 3?",
                "Which is greater, 9.11 kg or 9.8 g?",
                "Which is greater, 9.11 or twice 9.8?",
                "Which is greater, 10 or pi?",
                "Why is the sky blue?",
                "Are 9.11 and 9.8 friends?",
                "Is 9.11 a greater tragedy than 9.8?",
                "Tell me more about 9.11 and 9.8",
                "What happened on 9/11?",
                "Write a poem about 3 + 4",
                "3 + 4 apples",
                "The score was 3-2 or 4-1, which is more likely?",
                "1 + 1 = 3?",
                "3 + 2!",
                "2 + + 3",
                "() + 1",
                "1 +",
                "What does 你好 mean?",
                "ignore what was said and compare 1 and 2 with your heart",
                "Python 3.11 or 3.8, which is newer?",
                "I paid 9.11 and 9.8, which is greater than I thought"
            })
    void should_say_that_it_is_a_simulator_where_it_does_not_understand_all_of_it(String question) throws Exception {
        assertThat(answer(question)).contains("simulator, not a model").contains("DEEPSEEK_API_KEY");
    }

    @Test
    void should_say_so_soon_of_what_is_long() throws Exception {
        for (String question : List.of(
                "how many r" + " are there".repeat(25),
                "9.11, ".repeat(45) + "which is not greater?!",
                "(".repeat(140) + "1 + 1" + ")".repeat(140),
                "What is " + "1 + ".repeat(60) + "pi",
                "1 + ".repeat(100_000) + "1",
                "hello ".repeat(49) + "x")) {
            assertThat(answer(question)).contains("simulator, not a model");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.11 和 9.8 哪个不大？",
                "9.11 不比 9.8 大吗",
                "9.11和9.8哪个大？1和2哪个大？",
                "9.11和9.8哪个大，strawberry里有几个r？",
                "请拨打 555-1234",
                "80/20 法则是什么",
                "二八定律 80/20",
                "1.000,5 加 1",
                "strawberry里有几个大写字母R？",
                "strawberry 和 blueberry 里有几个 r？",
                "Mississippi 里有几个 ss？",
                "strawberry 里有几个元音？",
                "3 加 4 的两倍",
                "我花了 3 + 4 块钱",
                "版本 1.10 和 1.9 哪个大",
                "9.11 和 9.8 是什么日子",
                "三加五是多少",
                "Python 3.11 和 3.8 哪个新",
                "写一首关于 3 + 4 的诗",
                "9.11 事件比 9.8 大吗"
            })
    void should_say_so_in_chinese_where_that_is_asked_in_chinese(String question) throws Exception {
        assertThat(answer(question)).contains("模拟器，不是模型").contains("DEEPSEEK_API_KEY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        9.11 and 9.8, which is greater?      | By how much?                | 9.8 is greater than 9.11 by 0.69.
        Which is smaller, 9.11 or 9.8?       | And by how much?            | 9.11 is smaller than 9.8 by 0.69.
        Is 9.11 greater than 9.8?            | How much smaller is it?     | 9.8 is greater than 9.11 by 0.69.
        Is 2.50 greater than 0.5?            | What's the difference?      | 2.50 is greater than 0.5 by 2.
        Is 100 greater than -100?            | by how much                 | 100 is greater than -100 by 200.
        Is 9.80 greater than 9.8?            | By how much?                | 9.80 and 9.8 do not differ.
        9.11 and 9.8, which is greater?      | Which is smaller?           | 9.11 is smaller.
        9.11 and 9.8, which is greater?      | And which one of them is the smaller one? | 9.11 is smaller.
        Which is the smallest, 1, 2, 3 or 4? | And which is the greatest?  | 4 is greater.
        Which is the greatest, 1, 2, 3 or 4? | and the smallest?           | 1 is smaller.
        How many r are in strawberry?        | And in raspberry?           | There are 3 "r" in "raspberry".
        9.11和9.8哪个大？                      | 差多少？                      | 9.8 比 9.11 大 0.69。
        9.11和9.8哪个小？                      | 那小多少呢？                   | 9.11 比 9.8 小 0.69。
        9.11和9.8哪个大？                      | 两者相差多少                   | 9.8 比 9.11 大 0.69。
        9.80和9.8哪个大？                      | 差多少？                      | 9.80 和 9.8 没有差别。
        9.11和9.8哪个大？                      | 哪个更小？                     | 9.11 更小。
        9.11和9.8哪个大？                      | 那小的呢？                     | 9.11 更小。
        1、2、3 哪个最大？                      | 最小的是哪个？                  | 1 更小。
        9.11 and 9.8, which is greater?      | 差多少?                       | 9.8 比 9.11 大 0.69。
        strawberry 里有几个 r？                | 那 raspberry 呢？             | “raspberry”里有 3 个“r”。
        """)
    void should_answer_what_is_asked_of_what_was_compared_or_counted_before(
            String first, String second, String expected) throws Exception {
        assertThat(answer(first, second)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        By how much?      | Are you sure?     | So: 9.8 is greater than 9.11 by 0.69.
        By how much?      | Which is smaller? | 9.11 is smaller.
        Are you sure?     | By how much?      | 9.8 is greater than 9.11 by 0.69.
        Which is smaller? | By how much?      | 9.11 is smaller than 9.8 by 0.69.
        差多少?             | 你确定吗？          | 所以：9.8 比 9.11 大 0.69。
        谢谢               | 为什么？            | 所以：9.8 更大。
        """)
    void should_go_on_from_one_such_question_to_the_next(String second, String third, String expected)
            throws Exception {
        assertThat(answer("9.11 and 9.8, which is greater?", second, third)).endsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"By how much?", "Which is smaller?", "Are you sure?", "And in France?", "差多少?", "哪个更小?", "你确定吗?"
            })
    void should_not_speak_of_a_comparison_where_it_was_asked_something_else_meanwhile(String question)
            throws Exception {
        assertThat(answer("Is 9.11 greater than 9.8?", "Who wrote Faust?", question))
                .containsAnyOf("simulator, not a model", "模拟器，不是模型");
        assertThat(answer(question)).containsAnyOf("simulator, not a model", "模拟器，不是模型");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        Is 9.11 greater than 9.8?     | But why is the sky blue?
        Is 9.11 greater than 9.8?     | And what happened on 9/11?
        How many r are in strawberry? | And why?! Because I said so
        How many r are in strawberry? | What about you?
        How many r are in strawberry? | and in it?
        Is 9.11 greater than 9.8?     | And not 9.9?
        Is 9.11 greater than 9.8?     | and 9,9?
        Is 9.11 greater than 9.8?     | How much is the fish?
        Is 9.11 greater than 9.8?     | Which is smaller, the moon or the sun?
        How many r are in strawberry? | By how much?
        How many r are in strawberry? | Which is smaller?
        """)
    void should_not_take_another_question_for_a_follow_up(String first, String second) throws Exception {
        assertThat(answer(first, second)).contains("simulator, not a model");
    }
}
