package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.github.deepthink4j.samples.agent.screen.PipeScreen;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who copies this sample and adds a tool sees it called, without a model. */
@Timeout(60)
class AddedToolTest {

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    /** Beside two of the shop's, as whoever adds a method has them. */
    public static final class Tools {

        @Tool("Tells the weather in a city")
        String getWeather(@P("the city") String city, @P(value = "the unit", required = false) Unit unit) {
            return "sunny in " + city + "\nand warm" + (unit == null ? "" : ", in " + unit);
        }

        @Tool("把金额从一种货币换算成另一种")
        String exchange(@P("金额") double amount, @P("原来的货币") String fromCurrency, @P("目标货币") String toCurrency) {
            return amount + " " + fromCurrency + " as " + toCurrency;
        }

        @Tool("Changes the delivery address of an order")
        String changeAddress(@P("the order's number") int orderNumber, @P("the new address") String address) {
            return orderNumber + " goes to " + address;
        }

        @Tool("Remembers a note")
        String remember(@P("what to say on the day of the visit") String note) {
            return "noted: " + note;
        }

        @Tool("Opening hours of the store")
        String openingHours() {
            return "9 to 17";
        }

        @Tool("Looks up an order: customer, dates, goods and total")
        String findOrder(@P("the order's number, such as 1017") int orderNumber) {
            return "Order " + orderNumber + " is on its way.";
        }

        @Tool("Tells how many pieces of a product are in stock, and its price")
        String checkStock(@P("the product's full name, such as Oak chair") String product) {
            return product + ": 3 in stock";
        }
    }

    private static String ask(String question, boolean planning) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipeScreen screen = new PipeScreen(
                new ByteArrayInputStream((question + "\n").getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        try (DeepSeekSimulator simulator = DeepSeekSimulator.builder()
                .generation(Generation.R1)
                .brain(new SupportBrain())
                .build()) {
            Settings settings = new Settings(
                    new Settings.Model("any", simulator.baseUrl(), "deepseek-reasoner"),
                    new Settings.Model("any", simulator.baseUrl(), "deepseek-chat"),
                    planning,
                    "none");
            new Agent(screen, settings, new Tools(), Duration.ofSeconds(10)).run();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How is the weather in Munich?              | getWeather {"city":"Munich"}
            What will the weather be like in New York? | getWeather {"city":"New York"}
            the weather in paris please                | getWeather {"city":"paris"}
            Weather in Rome in fahrenheit?             | getWeather {"city":"Rome","unit":"FAHRENHEIT"}
            Call getWeather for Oslo                   | getWeather {"city":"Oslo"}
            北京天气怎么样？                             | getWeather {"city":"北京"}
            查一下上海明天的天气                         | getWeather {"city":"上海"}
            请用 getWeather 查一下深圳                   | getWeather {"city":"深圳"}
            Convert 12.5 EUR to USD                    | exchange {"amount":12.5,"fromCurrency":"EUR","toCurrency":"USD"}
            把 100 美元换算成人民币                       | exchange {"amount":100,"fromCurrency":"美元","toCurrency":"人民币"}
            Change the delivery address of order 1022 to "1 High Street" | changeAddress {"orderNumber":1022,"address":"1 High Street"}
            订单 1022 的收货地址改成“长安街 1 号”         | changeAddress {"orderNumber":1022,"address":"长安街 1 号"}
            Change the delivery address of order 1022 to 1 High Street | changeAddress {"orderNumber":1022,"address":"1 High Street"}
            When do you open the store?                | openingHours {}
            Call getWeather {"city": "New York", "unit": "celsius"} | getWeather {"city":"New York","unit":"CELSIUS"}
            getWeather(Oslo)                           | getWeather {"city":"Oslo"}
            getWeather("St. John's", FAHRENHEIT)       | getWeather {"city":"St. John's","unit":"FAHRENHEIT"}
            getWeather city=Munich                     | getWeather {"city":"Munich"}
            Call getWeather with city = New York, unit=celsius please | getWeather {"city":"New York","unit":"CELSIUS"}
            exchange(12.5, EUR, USD)                   | exchange {"amount":12.5,"fromCurrency":"EUR","toCurrency":"USD"}
            用 exchange 换算 {"amount": 3, "fromCurrency": "EUR", "toCurrency": "USD"} | exchange {"amount":3,"fromCurrency":"EUR","toCurrency":"USD"}
            getWeather city=北京                        | getWeather {"city":"北京"}
            getWeather（上海）                           | getWeather {"city":"上海"}
            Call remember: Bring the key                | remember {"note":"Bring the key"}
            How is the weather in 北京?                 | getWeather {"city":"北京"}
            Where is order 1022?                       | findOrder {"orderNumber": 1022}
            Where is order 0022?                       | findOrder {"orderNumber": 22}
            订单 1022 到哪了？                           | findOrder {"orderNumber": 1022}
            Is the Oak chair in stock?                 | checkStock {"product": "Oak chair"}
            """)
    void should_call_the_tool_the_question_speaks_of(String question, String call) {
        String tool = call.substring(0, call.indexOf(' '));

        assertThat(ask(question, true))
                .contains("1. ")
                .containsPattern("(?:Call|调用) " + tool)
                .contains("-> " + call);
        assertThat(ask(question, false)).contains("-> " + call);
    }

    @Test
    void should_tell_all_that_the_tool_returned_in_the_language_of_the_question() {
        assertThat(ask("How is the weather in Munich?", true))
                .contains("The tool getWeather says: sunny in Munich\n  and warm");
        assertThat(ask("慕尼黑天气怎么样？", true)).contains("工具 getWeather 说：sunny in 慕尼黑\n  and warm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How is the weather in Munich?   | And in Hamburg?        | getWeather {"city":"Hamburg"}
            How is the weather in Munich?   | 那上海呢？               | getWeather {"city":"上海"}
            北京天气怎么样？                  | 那上海呢？               | getWeather {"city":"上海"}
            Where is order 1022?            | And 1023?              | findOrder {"orderNumber": 1023}
            Where is order 1022?            | And order 1023?        | findOrder {"orderNumber": 1023}
            订单 1022 到哪了？                | 那 1024 呢？             | findOrder {"orderNumber": 1024}
            Is the Oak chair in stock?      | And the Steel lamp?    | checkStock {"product": "Steel lamp"}
            Oak chair 还有货吗？              | Steel lamp 呢？         | checkStock {"product": "Steel lamp"}
            Hello                           | How many Cork mugs are left? | checkStock {"product": "Cork mug"}
            你好                             | Steel lamp还有吗         | checkStock {"product": "Steel lamp"}
            """)
    void should_understand_a_follow_up(String first, String followUp, String call) {
        assertThat(ask(first + "\n" + followUp, true)).contains("-> " + call);
        assertThat(ask(first + "\n" + followUp, false)).contains("-> " + call);
    }

    @Test
    void should_say_what_is_missing() {
        assertThat(ask("How is the weather?", true))
                .contains(
                        "There is a tool for this, but the question does not say all that it needs.",
                        "To call getWeather I need city (the city).")
                .doesNotContain("-> getWeather", "none of the things that the tools know");
        assertThat(ask("天气怎么样？", false))
                .contains("要调用 getWeather，还缺少：city (the city)。")
                .doesNotContain("-> getWeather");
        assertThat(ask("Convert 10 dollars, exchange it", true)).contains("To call exchange I need fromCurrency");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            exchange(12.5, EUR)                          | To call exchange I need toCurrency
            exchange(much, EUR, USD)                     | To call exchange I need amount
            Call exchange {"amount": "12,5", "fromCurrency": "EUR", "toCurrency": "USD"} | To call exchange I need amount
            Call getWeather {"town": "Oslo"}             | To call getWeather I need city
            How is the weather in Munich and Hamburg?    | To call getWeather I need city
            the weather in paris for the weekend         | To call getWeather I need city
            北京和上海的天气怎么样？                        | 要调用 getWeather，还缺少：city
            """)
    void should_ask_for_an_argument_rather_than_guess_it(String question, String expected) {
        assertThat(ask(question, false)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How is the weather in Munich? | And who is Angela Merkel?
            How is the weather in Munich? | And why is that so?
            How is the weather in Munich? | And tell me a joke about Oslo
            北京天气怎么样？                | 那为什么呢？
            Where is order 1022?          | And what about my 2000 dollars?
            Hello                         | Where are orders 1022 and 1023?
            Hello                         | Do not refund order 1012, please!
            Hello                         | Where are the orders of anna@example.com and bob@example.com?
            Hello                         | Is the Oak chair in stock and the Steel lamp?
            Hello                         | Are the Oak chair and the Steel lamp in stock?
            你好                           | Oak chair 和 Steel lamp 还有货吗？
            你好                           | 订单 1012 我不想退货
            """)
    void should_not_take_half_of_a_question_for_all_of_it(String first, String second) {
        String shown = ask(first + "\n" + second, false);

        String answer = shown.substring(shown.lastIndexOf("\n> "));
        assertThat(answer)
                .containsPattern("deepthink4j's simulator|deepthink4j 的模拟器")
                .doesNotContain("-> ");
    }

    @Test
    void should_answer_in_the_language_of_the_question_and_not_of_a_name_in_it() {
        assertThat(ask("How is the weather in 北京?", false)).contains("The tool getWeather says: sunny in 北京");
        assertThat(ask("getWeather 里 Oslo 的天气", false)).contains("工具 getWeather 说：");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello!", "What can you do?", "Tell me a joke.", "你好，你是谁？", "讲个笑话"})
    void should_leave_the_tools_alone_where_nobody_speaks_of_them(String question) {
        assertThat(ask(question, true))
                .containsPattern("deepthink4j's simulator|deepthink4j 的模拟器")
                .doesNotContain("-> ");
    }
}
