package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models with budgets, against the simulator. */
@Timeout(120)
class BudgetTest {

    private static final BigDecimal ONE = BigDecimal.ONE;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("Hi"));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model(CallGate... gates) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .gates(gates);
    }

    /** What is reserved costs the first, and what was used the second. */
    private static Budget.Builder costing(String limit, String expected, String real) {
        return Budget.builder("test")
                .money(new BigDecimal(limit), PriceList.USD)
                .assumedOutputTokens(1_000_000)
                .pricing(call -> Cost.in(PriceList.USD)
                        .services(new BigDecimal(call.outputTokens() == 1_000_000 ? expected : real))
                        .build());
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static ChatRequest of(String user) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .parameters(DeepSeekChatRequestParameters.builder().userId(user).build())
                .build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many have an answer; all others were refused by the budget. */
    private static int answered(List<CompletableFuture<ChatResponse>> calls) throws Exception {
        int answered = 0;
        for (CompletableFuture<ChatResponse> call : calls) {
            try {
                call.get(60, TimeUnit.SECONDS);
                answered++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(BudgetExceededException.class);
            }
        }
        return answered;
    }

    private static List<CompletableFuture<ChatResponse>> calls(DeepSeekChatModel model, int count) {
        List<CompletableFuture<ChatResponse>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(model.chatAsync(saying("question " + i)));
        }
        return calls;
    }

    @Test
    void should_let_a_hundred_of_two_hundred_parallel_calls_through() throws Exception {
        try (DeepSeekChatModel model = model(costing("100", "1", "1").build()).build()) {

            assertThat(answered(calls(model, 200))).isEqualTo(100);
        }
        assertThat(deepSeek.requests()).as("the others were not sent").hasSize(100);
    }

    @Test
    void should_do_so_over_a_database_too() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
        JdbcBudgetStore store = JdbcBudgetStore.of(pool).createTables();
        try (DeepSeekChatModel one =
                        model(costing("20", "1", "1").store(store).build()).build();
                DeepSeekChatModel other =
                        model(costing("20", "1", "1").store(store).build()).build()) {
            List<CompletableFuture<ChatResponse>> calls = calls(one, 20);
            calls.addAll(calls(other, 20));

            assertThat(answered(calls))
                    .as("budgets of one name and store are one")
                    .isEqualTo(20);
        } finally {
            pool.dispose();
        }
        assertThat(deepSeek.requests()).hasSize(20);
    }

    @Test
    void should_overshoot_by_no_more_than_what_runs() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        Budget budget = costing("10", "1", "3").build();
        try (DeepSeekChatModel model = model(budget).build()) {
            List<CompletableFuture<ChatResponse>> calls = calls(model, 30);
            until(() -> deepSeek.requests().size() == 10);
            mayAnswer.countDown();

            assertThat(answered(calls)).isEqualTo(10);
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> model.chat("one more"))
                            .used())
                    .isEqualByComparingTo("30");
        }
    }

    @Test
    void should_say_that_not_even_all_of_it_would_suffice() {
        try (DeepSeekChatModel model = model(Budget.builder("day")
                        .tokens(300)
                        .every(BudgetPeriod.day())
                        .build())
                .build()) {
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> model.chat("Hi")))
                    .hasMessageContaining("set maxOutputTokens")
                    .hasMessageEndingWith("All of it would not suffice; ask for less, or raise it.");
        }
    }

    @Test
    void should_refuse_a_second_limit() {
        Budget.Builder tokens = Budget.builder("both").tokens(3);
        Budget.Builder money = Budget.builder("both").money(BigDecimal.ONE, PriceList.CNY);

        assertThatThrownBy(() -> tokens.money(BigDecimal.ONE, PriceList.CNY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are two budgets");
        assertThatThrownBy(() -> money.tokens(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are two budgets");
        assertThat(tokens.tokens(4).build()).hasToString("Budget[both, 4 tokens, forever]");
    }

    @Test
    void should_give_back_what_was_reserved_and_not_used() {
        try (DeepSeekChatModel model = model(costing("50", "41", "1").build()).build()) {
            for (int i = 0; i < 10; i++) {
                model.chat("Hi");
            }

            BudgetExceededException refused =
                    catchThrowableOfType(BudgetExceededException.class, () -> model.chat("Hi"));

            assertThat(refused)
                    .isInstanceOf(DeepSeekError.class)
                    .hasMessage(
                            "The budget 'test' does not suffice: 10 of 50 USD are used or reserved, and the call may take"
                                    + " 41, of which the output is assumed (set maxOutputTokens, or assumedOutputTokens of the"
                                    + " budget). Nothing was sent. It does not renew; raise it.");
            assertThat(refused.code()).isEqualTo("budget_exceeded");
            assertThat(refused.budget()).isEqualTo("test");
            assertThat(refused.limit()).isEqualByComparingTo("50");
            assertThat(refused.used()).isEqualByComparingTo("10");
            assertThat(refused.wanted()).isEqualByComparingTo("41");
            assertThat(refused.key()).isEmpty();
            assertThat(refused.renewsAt()).isEmpty();
        }
    }

    @Test
    void should_count_tokens_as_the_server_has_counted_them() {
        Budget budget = Budget.builder("tokens").tokens(10_000).build();
        int used;
        try (DeepSeekChatModel model = model(budget).build()) {
            used = model.chat(saying("Hi")).tokenUsage().totalTokenCount();

            BudgetExceededException refused = catchThrowableOfType(
                    BudgetExceededException.class,
                    () -> model.chat(ChatRequest.builder()
                            .messages(UserMessage.from("Hi"))
                            .maxOutputTokens(9_990)
                            .build()));

            assertThat(refused.used()).isEqualByComparingTo(BigDecimal.valueOf(used));
            assertThat(refused).hasMessageContaining(" of 10000 tokens are used or reserved");
        }
    }

    @Test
    void should_count_retries_and_nothing_for_what_was_refused() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.error(429, "busy"), Answer.text("Hi"));
        Budget budget = costing("2", "1", "1").build();
        try (DeepSeekChatModel model = model(budget)
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build())
                .build()) {
            assertThat(model.chat("Hi")).isEqualTo("Hi");
            assertThat(model.chat("Hi")).as("one of two is left").isEqualTo("Hi");
            assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(BudgetExceededException.class);
        }
    }

    @Test
    void should_refuse_a_retry_that_there_is_no_budget_for() {
        deepSeek.respond(Answer.text("Hi").fault(Fault.CUT_BEFORE_FIRST_PIECE));
        Budget budget = costing("1.5", "1", "1").build();
        try (DeepSeekChatModel model = model(budget)
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build())
                .build()) {

            assertThatThrownBy(() -> model.chat("Hi"))
                    .as("what was cut may have been billed")
                    .isInstanceOf(BudgetExceededException.class)
                    .satisfies(
                            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(StreamCutException.class));
        }
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_count_nothing_for_what_never_arrived() {
        Budget budget = costing("1", "1", "1").build();
        try (DeepSeekChatModel nowhere =
                        model(budget).baseUrl("http://localhost:1").build();
                DeepSeekChatModel model = model(budget).build()) {
            assertThatThrownBy(() -> nowhere.chat("Hi")).hasMessageContaining("Nothing listens");

            assertThat(model.chat("Hi")).isEqualTo("Hi");
        }
    }

    @Test
    void should_count_what_was_cancelled_on_the_way_and_not_what_still_waited() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        CallLimit limit = CallLimit.atMost(1);
        Budget budget = costing("2", "1", "1").build();
        try (DeepSeekChatModel model = model(budget, limit).build()) {
            CompletableFuture<ChatResponse> running = model.chatAsync(saying("1"));
            CompletableFuture<ChatResponse> waiting = model.chatAsync(saying("2"));
            until(() -> limit.waiting() == 1 && deepSeek.requests().size() == 1);

            waiting.cancel(true);
            running.cancel(true);
            mayAnswer.countDown();

            assertThat(model.chat("4")).isEqualTo("Hi");
            assertThatThrownBy(() -> model.chat("5")).isInstanceOf(BudgetExceededException.class);
        }
    }

    @Test
    void should_give_each_user_and_each_conversation_an_account() {
        Budget perUser = costing("1", "1", "1").perUser().build();
        Budget perConversation = Budget.builder("conversation")
                .tokens(1)
                .per(request -> request.messages().get(0).toString())
                .build();
        try (DeepSeekChatModel model = model(perUser).build();
                DeepSeekChatModel talking = model(perConversation).build()) {
            model.chat(of("ann"));
            model.chat(of("bob"));
            model.chat("nobody");

            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> model.chat(of("ann")))
                            .key())
                    .hasValue("ann");
            assertThatThrownBy(() -> model.chat("nobody")).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(() -> talking.chat("Hello")).hasMessageContaining("Hello");
        }
    }

    private static BigDecimal settled(Budget.Builder budget, String answer) throws IOException {
        BudgetStore memory = BudgetStore.inMemory();
        CompletableFuture<BigDecimal> settled = new CompletableFuture<>();
        BudgetStore store = new BudgetStore() {
            @Override
            public Balance reserve(Reservation reservation) {
                return memory.reserve(reservation);
            }

            @Override
            public void settle(Reservation reservation, BigDecimal spent) {
                memory.settle(reservation, spent);
                settled.complete(spent);
            }
        };
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .apiKey("test")
                .modelName("deepseek-flash")
                .gates(budget.store(store).build())
                .build()) {
            model.chat("Hi");
        } catch (StreamCutException e) {
            assertThat(answer).as("it breaks off").doesNotContain("stop");
        } finally {
            server.stop(0);
        }
        return settled.join();
    }

    private static String answerOf(String model, String usage) {
        return "{\"id\": \"1\", \"model\": \"" + model
                + "\", \"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\","
                + " \"content\": \"Hi\"}, \"finish_reason\": \"stop\"}], \"usage\": " + usage + "}";
    }

    @Test
    void should_settle_by_the_model_that_has_answered() throws IOException {
        Budget.Builder budget = Budget.builder("test")
                .money(BigDecimal.TEN, PriceList.USD)
                .assumedOutputTokens(5)
                .pricing(call -> call.modelName().startsWith("deepseek")
                        ? Cost.in(PriceList.USD)
                                .services(new BigDecimal(call.modelName().endsWith("pro") ? "7" : "2"))
                                .build()
                        : Cost.unknown("no price"));
        String usage = "{\"prompt_tokens\": 10, \"completion_tokens\": 5, \"total_tokens\": 15}";

        assertThat(settled(budget, answerOf("deepseek-flash", usage))).isEqualByComparingTo("2");
        assertThat(settled(budget, answerOf("deepseek-v4-pro", usage))).isEqualByComparingTo("7");
        // Whatever an unknown model costs, it is not nothing: what was reserved.
        assertThat(settled(budget, answerOf("gpt-9", usage))).isEqualByComparingTo("2");
    }

    private static String chunk(String delta, String rest) {
        return "data: {\"id\": \"1\", \"model\": \"deepseek-flash\", \"choices\": [{\"index\": 0, \"delta\": " + delta
                + ", \"finish_reason\": null}]" + rest + "}\n\n";
    }

    @Test
    void should_not_settle_by_a_usage_of_before_the_end_of_an_answer_that_broke_off() throws IOException {
        Budget.Builder budget = Budget.builder("test").tokens(10_000).assumedOutputTokens(500);
        String early = ", \"usage\": {\"prompt_tokens\": 50, \"completion_tokens\": 1, \"total_tokens\": 51}";
        String late = ", \"usage\": {\"prompt_tokens\": 50, \"completion_tokens\": 4000, \"total_tokens\": 4050}";

        assertThat(settled(budget, chunk("{\"content\": \"Hello \"}", early) + chunk("{\"content\": \"there\"}", "")))
                .as("all that was reserved")
                .isGreaterThan(new BigDecimal(500));
        assertThat(settled(budget, chunk("{\"content\": \"Hello \"}", late)))
                .as("more than was reserved")
                .isEqualByComparingTo("4050");
    }

    @Test
    void should_not_take_a_part_that_is_not_told_for_nothing() throws IOException {
        Budget.Builder budget = Budget.builder("test").tokens(10_000).assumedOutputTokens(500);

        assertThat(settled(budget, answerOf("deepseek-flash", "{\"prompt_tokens\": 50}")))
                .isGreaterThan(new BigDecimal(500));
        assertThat(settled(budget, answerOf("deepseek-flash", "{\"prompt_tokens\": 0, \"completion_tokens\": 0}")))
                .isGreaterThan(new BigDecimal(500));
        assertThat(settled(budget, answerOf("deepseek-flash", "{\"prompt_tokens\": 50, \"completion_tokens\": 7}")))
                .isEqualByComparingTo("57");
    }

    @Test
    void should_count_once_what_is_given_twice() {
        Budget budget = costing("2", "1", "1").build();
        CallLimit limit = CallLimit.atMost(1);
        try (DeepSeekChatModel model = model(budget, limit, limit, budget).build()) {
            assertThat(model.chat("one")).isEqualTo("Hi");
            assertThat(model.chat("two")).isEqualTo("Hi");
        }
    }

    @Test
    void should_not_tell_all_of_a_long_key() {
        Budget budget = Budget.builder("test")
                .tokens(1)
                .per(request -> "k".repeat(100_000))
                .build();
        try (DeepSeekChatModel model = model(budget).build()) {
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> model.chat("Hi"))
                            .getMessage())
                    .contains("k".repeat(120) + "...")
                    .hasSizeLessThan(600);
        }
    }

    @Test
    void should_not_take_tokens_for_money() {
        BudgetStore store = BudgetStore.inMemory();
        Budget tokens = Budget.builder("test").tokens(20_000).store(store).build();
        Budget money = costing("1", "1", "1").store(store).build();
        try (DeepSeekChatModel counted = model(tokens).build();
                DeepSeekChatModel billed = model(money).build()) {
            counted.chat("Hi");

            assertThat(billed.chat("Hi")).isEqualTo("Hi");
        }
    }

    @Test
    void should_hold_each_request_to_its_own() {
        Budget budget = Budget.builder("each").tokens(5_000).perRequest().build();
        try (DeepSeekChatModel model = model(budget).build()) {
            for (int i = 0; i < 5; i++) {
                model.chat(ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .maxOutputTokens(4_000)
                        .build());
            }

            assertThatThrownBy(() -> model.chat("Hi"))
                    .hasMessageEndingWith("Nothing was sent. It is for each request; ask for less, or raise it.");
        }
        assertThat(deepSeek.requests()).hasSize(5);
        assertThat(budget).hasToString("Budget[each, 5000 tokens, each request]");
    }

    @Test
    void should_tell_of_what_a_soft_budget_does_not_suffice_for_and_send_it() {
        Queue<BudgetUse> told = new ConcurrentLinkedQueue<>();
        Budget budget = costing("2", "1", "1")
                .perUser()
                .every(BudgetPeriod.day(ZoneId.of("UTC")))
                .clock(Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC))
                .soft(use -> {
                    told.add(use);
                    throw new IllegalStateException("expected by this test");
                })
                .build();
        try (DeepSeekChatModel model = model(budget).build()) {
            for (int i = 0; i < 4; i++) {
                model.chat(of("ann"));
            }
        }
        assertThat(told).hasSize(2);
        assertThat(told.peek().used()).isEqualByComparingTo("2");
        assertThat(told.peek().wanted()).isEqualByComparingTo("1");
        assertThat(told.peek().key()).isEqualTo("ann");
        assertThat(told.peek().unit()).isEqualTo("USD");
        assertThat(told.peek().renewsAt()).isEqualTo("2026-11-29T00:00:00Z");
    }

    @Test
    void should_take_no_unknown_cost_for_zero() {
        Budget strict = Budget.builder("money")
                .money(ONE, PriceList.USD)
                .pricing(call -> Cost.unknown("nobody knows"))
                .build();
        Budget lenient = Budget.builder("money")
                .money(ONE, PriceList.USD)
                .pricing(call -> Cost.in(PriceList.CNY).services(ONE).build())
                .unknownCostsCountAs(new BigDecimal("0.5"))
                .build();
        Budget broken = Budget.builder("money")
                .money(ONE, PriceList.USD)
                .pricing(call -> {
                    throw new IllegalStateException("expected by this test");
                })
                .build();
        try (DeepSeekChatModel model = model(strict).build();
                DeepSeekChatModel counting = model(lenient).build();
                DeepSeekChatModel failing = model(broken).build()) {
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(UnknownCostException.class)
                    .hasMessageContaining("deepseek-flash will cost is not known (nobody knows)");
            assertThatThrownBy(() -> failing.chat("Hi")).isInstanceOf(UnknownCostException.class);
            counting.chat("Hi");
            counting.chat("Hi");
            assertThatThrownBy(() -> counting.chat("Hi")).isInstanceOf(BudgetExceededException.class);
        }
        assertThat(deepSeek.requests()).hasSize(2);
    }

    @Test
    void should_have_new_money_at_midnight_in_beijing() {
        Instant[] now = {Instant.parse("2026-11-28T15:59:59Z")};
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        Budget budget =
                costing("1", "1", "1").every(BudgetPeriod.day()).clock(clock).build();
        try (DeepSeekChatModel model = model(budget).build()) {
            model.chat("Hi");
            BudgetExceededException refused =
                    catchThrowableOfType(BudgetExceededException.class, () -> model.chat("Hi"));

            assertThat(refused.renewsAt()).hasValue(Instant.parse("2026-11-28T16:00:00Z"));
            assertThat(refused).hasMessageEndingWith("It renews at 2026-11-28T16:00:00Z.");
            now[0] = now[0].plusSeconds(1);
            assertThat(model.chat("Hi")).isEqualTo("Hi");
        }
    }

    /** Looks something up. */
    static final class Weather {

        @Tool("the weather of a city")
        String weather(String city) {
            return "rain in " + city;
        }
    }

    interface Assistant {
        String chat(String text);
    }

    @Test
    void should_count_each_round_with_a_tool() {
        deepSeek.respond(
                Answer.toolCall("weather", Map.of("arg0", "Munich", "city", "Munich")),
                Answer.toolCall("weather", Map.of("arg0", "Berlin", "city", "Berlin")),
                Answer.text("rain"));
        try (DeepSeekChatModel model = model(costing("2", "1", "1").build()).build()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .tools(new Weather())
                    .build();

            assertThatThrownBy(() -> assistant.chat("Weather?")).isInstanceOf(BudgetExceededException.class);
        }
        assertThat(deepSeek.requests()).hasSize(2);
    }

    /** The price list that is there by itself. */
    @Test
    void should_know_the_prices_of_deepseek_and_of_no_other_host() {
        Budget budget = Budget.builder("default").money(ONE, PriceList.USD).build();
        try (DeepSeekChatModel model = model(budget).build()) {
            assertThatThrownBy(() -> model.chat("Hi"))
                    .as("the simulator is not DeepSeek")
                    .isInstanceOf(UnknownCostException.class);
        }
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_refuse_settings_that_mean_nothing() {
        assertThatThrownBy(() -> Budget.builder("x").build()).hasMessageContaining("has no limit");
        assertThatThrownBy(() -> Budget.builder(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Budget.builder("x").tokens(-1)).hasMessage("tokens must not be negative, but is -1");
        assertThatThrownBy(() -> Budget.builder("x").reservationsExpireAfter(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Budget.builder("x").tokens(1).build().name()).isEqualTo("x");
    }
}
