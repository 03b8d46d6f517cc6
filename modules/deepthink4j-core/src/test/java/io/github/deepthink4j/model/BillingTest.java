package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.CallQueueFullException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.GateOrder;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.PriceBand;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a price list is told of each attempt, and where its answer is found. */
class BillingTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant START = Instant.parse("2026-11-27T03:00:00Z");

    /** A dollar a token. */
    private final List<BilledCall> billed = new ArrayList<>();

    private final Pricing dollars = call -> {
        billed.add(call);
        return Cost.in(USD)
                .cacheMiss(BigDecimal.valueOf(call.inputTokens()))
                .output(BigDecimal.valueOf(call.outputTokens()))
                .thought(BigDecimal.valueOf(call.reasoningTokens()))
                .band(PriceBand.STANDARD)
                .assumption(call.assumption())
                .build();
    };

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .pricing(dollars);
    }

    private static ChatResponse ask(DeepSeekChatModel.Builder model) {
        try (DeepSeekChatModel built = model.build()) {
            return built.chat(
                    ChatRequest.builder().messages(UserMessage.from("Hi")).build());
        }
    }

    private static DeepSeekChatResponseMetadata metadata(ChatResponse response) {
        return (DeepSeekChatResponseMetadata) response.metadata();
    }

    private static long tokens(TokenUsage usage) {
        return usage.inputTokenCount() + usage.outputTokenCount();
    }

    @Test
    void should_tell_the_cost_of_an_answer() {
        deepSeek.respond(Answer.thinking("hm").thenText("Hello."));

        DeepSeekChatResponseMetadata metadata = metadata(ask(model()));

        assertThat(metadata.cost().total()).isEqualTo(BigDecimal.valueOf(tokens(metadata.tokenUsage())));
        assertThat(metadata.cost().thought())
                .isEqualTo(BigDecimal.valueOf(metadata.tokenUsage().reasoningTokenCount()));
        assertThat(metadata.tokenUsage().cost()).isEqualTo(metadata.cost());
        assertThat(metadata.toBuilder().build().cost()).isEqualTo(metadata.cost());
        assertThat(billed).singleElement().satisfies(call -> {
            assertThat(call.endpoint()).hasToString(deepSeek.baseUrl() + "/chat/completions");
            assertThat(call.modelName()).isEqualTo("deepseek-flash");
            assertThat(call.assumption()).isNull();
        });
    }

    @Test
    void should_say_unknown_where_there_is_no_price_list() {
        deepSeek.respond(Answer.text("Hello."));

        Cost cost = metadata(ask(model().pricing(null))).cost();

        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.total()).isNull();
        assertThat(cost).hasToString("unknown: no price list is set: add deepthink4j-cost, or pricing(...)");
    }

    @Test
    void should_lose_no_answer_to_a_price_list_that_throws() {
        deepSeek.respond(Answer.text("Hello."));

        ChatResponse response = ask(model().pricing(call -> {
            throw new IllegalStateException("no");
        }));

        assertThat(response.aiMessage().text()).isEqualTo("Hello.");
        assertThat(metadata(response).cost())
                .hasToString("unknown: the price list has thrown java.lang.IllegalStateException");
    }

    /** A second passes between each two looks at the clock. */
    private static final class Ticking extends Clock {

        private Instant now = START;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void should_tell_the_moments_of_an_answer_in_their_order() {
        deepSeek.respond(
                Answer.text("Hello, this takes several pieces.").keepAlives(2).pieces(4));

        ask(model().clock(new Ticking()));

        assertThat(billed).singleElement().satisfies(call -> {
            assertThat(call.sent()).isEqualTo(START.plusSeconds(1));
            assertThat(call.begun()).isAfter(call.sent());
            assertThat(call.finished()).isAfter(call.begun());
        });
    }

    /** Until then a server may only say that it is busy. */
    @Test
    void should_not_take_a_sign_of_life_for_the_beginning_of_an_answer() {
        deepSeek.respond(Answer.text("Hello.").keepAlives(3).pause(Duration.ofMillis(20)));

        ask(model().clock(new Ticking()));

        assertThat(billed)
                .singleElement()
                .satisfies(call -> assertThat(call.begun()).isAfter(call.sent().plusSeconds(1)));
    }

    @Test
    void should_add_what_a_failed_attempt_was_billed() {
        deepSeek.respond(Answer.thinking("hm").fault(Fault.BUDGET_EATEN));
        RuntimeException failed = catchThrowableOfType(RuntimeException.class, () -> ask(model()));
        Cost costOfFailed = ((DeepSeekError) failed).cost();
        billed.clear();
        deepSeek.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER), Answer.text("Hello."));

        DeepSeekChatResponseMetadata metadata = metadata(ask(model().retryPolicy(RetryPolicy.custom()
                .maxAttempts(2)
                .baseDelay(Duration.ofMillis(1))
                .build())));

        assertThat(costOfFailed.isKnown()).isTrue();
        assertThat(costOfFailed.total()).isPositive();
        assertThat(billed).hasSize(2);
        assertThat(metadata.cost().calls()).isEqualTo(2);
        assertThat(metadata.cost().total())
                .isEqualTo(BigDecimal.valueOf(billed.stream()
                        .mapToLong(call -> call.inputTokens() + call.outputTokens())
                        .sum()));
    }

    @Test
    void should_tell_what_was_billed_before_the_last_attempt_was_refused() {
        deepSeek.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER), Answer.error(401, "no"));

        RuntimeException error = catchThrowableOfType(
                RuntimeException.class,
                () -> ask(model().retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build())));

        assertThat(((DeepSeekError) error).httpStatus()).isEqualTo(401);
        assertThat(((DeepSeekError) error).cost().total())
                .isEqualTo(BigDecimal.valueOf(
                        billed.get(0).inputTokens() + billed.get(0).outputTokens()));
    }

    @Test
    void should_tell_the_cost_of_an_empty_answer() {
        deepSeek.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));

        EmptyAnswerException error = catchThrowableOfType(EmptyAnswerException.class, () -> ask(model()));

        assertThat(error.cost().total()).isEqualTo(BigDecimal.valueOf(tokens(error.tokenUsage())));
    }

    @Test
    void should_estimate_the_cost_of_an_answer_that_broke_off() {
        deepSeek.respond(Answer.thinking("one two three four five six seven eight")
                .thenText("nine ten eleven twelve")
                .pieces(5)
                .fault(Fault.CUT_IN_ANSWER));

        StreamCutException error = catchThrowableOfType(StreamCutException.class, () -> ask(model()));

        assertThat(error.tokenUsage()).isNull();
        assertThat(error.cost().isEstimate()).isTrue();
        assertThat(error.cost().total()).isPositive();
        assertThat(error.cost().thought())
                .isPositive()
                .isLessThanOrEqualTo(error.cost().output());
        assertThat(error.cost().assumptions()).singleElement().asString().contains("broke off");
    }

    private static String chunk(String text, @Nullable String finish, String usage) {
        return "data: {\"id\": \"1\", \"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + text
                + "\"}, \"finish_reason\": "
                + (finish == null ? "null" : "\"" + finish + "\"") + "}]"
                + (usage.isEmpty() ? "" : ", \"usage\": " + usage) + "}\n\n";
    }

    private static String used(int input, int output) {
        return "{\"prompt_tokens\": " + input + ", \"completion_tokens\": " + output + ", \"total_tokens\": "
                + (input + output) + "}";
    }

    /** What a host says that tells the usage with each chunk, and breaks off. */
    private StreamCutException cutAfter(String stream) throws IOException {
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = stream.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, body.length + 1_000);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        host.start();
        try {
            return catchThrowableOfType(
                    StreamCutException.class,
                    () -> ask(model().baseUrl(
                                    "http://127.0.0.1:" + host.getAddress().getPort())));
        } finally {
            host.stop(0);
        }
    }

    @Test
    void should_estimate_the_cost_of_an_answer_that_broke_off_after_an_earlier_usage() throws IOException {
        StreamCutException fewTold =
                cutAfter(chunk("one ", null, used(700, 1)) + chunk("two three four five six seven eight", null, ""));
        StreamCutException manyTold = cutAfter(chunk("one ", null, used(700, 1)) + chunk("two ", null, used(700, 900)));

        assertThat(fewTold.cost().isEstimate()).isTrue();
        assertThat(fewTold.cost().cacheMiss()).as("the input is known").isEqualByComparingTo("700");
        assertThat(fewTold.cost().output()).as("what has come is counted").isGreaterThan(BigDecimal.valueOf(5));
        assertThat(manyTold.cost().isEstimate()).isTrue();
        assertThat(manyTold.cost().output()).isEqualByComparingTo("900");
        assertThat(((DeepSeekTokenUsage) manyTold.tokenUsage()).cost()).isEqualTo(manyTold.cost());
    }

    /** Some hosts report none; what they billed before is known all the same. */
    @Test
    void should_keep_what_was_billed_before_an_answer_without_a_usage() throws IOException {
        Queue<String> streams = new ConcurrentLinkedQueue<>(List.of(
                chunk("", "stop", used(700, 2)) + "data: [DONE]\n\n",
                chunk("Hello.", "stop", "") + "data: [DONE]\n\n"));
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = streams.remove().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        host.start();
        try {
            Cost cost = metadata(ask(model().baseUrl(
                                    "http://127.0.0.1:" + host.getAddress().getPort())
                            .retryPolicy(twice())))
                    .cost();

            assertThat(cost.calls()).isEqualTo(2);
            assertThat(cost.unknownCalls()).isEqualTo(1);
            assertThat(cost.atLeast()).isEqualTo("702");
            assertThat(cost.unknown()).containsExactly("the server reported no usage");
        } finally {
            host.stop(0);
        }
    }

    @Test
    void should_estimate_where_the_finish_has_come_and_the_usage_behind_it_has_not() throws IOException {
        StreamCutException stale = cutAfter(chunk("one ", null, used(700, 1)) + chunk("two", "stop", ""));
        StreamCutException whole = cutAfter(chunk("one ", null, used(700, 1)) + chunk("", "stop", used(700, 2)));

        assertThat(stale.cost().isEstimate()).isTrue();
        assertThat(whole.cost().isEstimate()).isFalse();
    }

    @Test
    void should_not_bill_what_was_refused() {
        deepSeek.respond(Answer.error(400, "no"));

        RequestRejectedException error = catchThrowableOfType(RequestRejectedException.class, () -> ask(model()));

        assertThat(error.cost()).isNull();
        assertThat(billed).isEmpty();
    }

    private static RetryPolicy twice() {
        return RetryPolicy.custom()
                .maxAttempts(2)
                .baseDelay(Duration.ofMillis(1))
                .retryTimeouts(true)
                .build();
    }

    private static Cost costOf(Throwable error) {
        return ((DeepSeekError) error).cost();
    }

    static Stream<Answer> whatMayHaveBeenBilled() {
        return Stream.of(
                Answer.error(500, "ill"),
                Answer.error(504, "gone"),
                Answer.text("x").fault(Fault.BLANK_BODY),
                Answer.text("x").fault(Fault.GARBAGE_JSON, 0),
                Answer.text("x").fault(Fault.ERROR_IN_STREAM_DATA, 0),
                Answer.text("x").fault(Fault.CUT_BEFORE_FIRST_PIECE),
                Answer.text("x").fault(Fault.RESET),
                Answer.text("x").fault(Fault.STALL_BEFORE_HEADERS));
    }

    /** Nobody says so, and nobody says that it was not. */
    @ParameterizedTest
    @MethodSource("whatMayHaveBeenBilled")
    void should_not_take_for_free_what_may_have_been_billed(Answer answer) {
        deepSeek.respond(answer);

        RuntimeException error = catchThrowableOfType(
                RuntimeException.class,
                () -> ask(model().timeouts(Timeouts.custom()
                        .firstByte(Duration.ofMillis(300))
                        .build())));

        assertThat(costOf(error).isKnown()).as(error.toString()).isFalse();
        assertThat(costOf(error).calls()).isEqualTo(1);
        assertThat(billed).isEmpty();
    }

    @Test
    void should_not_take_for_free_what_may_have_been_billed_before_the_answer() {
        deepSeek.respond(Answer.error(500, "ill"), Answer.text("Hello."));

        Cost cost = metadata(ask(model().retryPolicy(twice()))).cost();

        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.unknownCalls()).isEqualTo(1);
        assertThat(cost.atLeast()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 413, 422, 429, 503, 529})
    void should_know_that_a_refusal_costs_nothing(int status) {
        deepSeek.respond(Answer.error(status, "no"));

        RuntimeException error = catchThrowableOfType(RuntimeException.class, () -> ask(model()));

        assertThat(costOf(error)).isNull();
    }

    @Test
    void should_know_that_it_costs_nothing_where_nobody_listens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        RuntimeException error =
                catchThrowableOfType(RuntimeException.class, () -> ask(model().baseUrl("http://127.0.0.1:" + port)));

        assertThat(error).isInstanceOf(ConnectionFailedException.class);
        assertThat(costOf(error)).isNull();
    }

    @Test
    void should_tell_no_cost_of_a_failure_where_nobody_asks_for_money() {
        deepSeek.respond(Answer.error(500, "ill"));

        RuntimeException error = catchThrowableOfType(RuntimeException.class, () -> ask(model().pricing(null)));

        assertThat(costOf(error)).isNull();
    }

    @Test
    void should_say_what_is_known_of_a_call_that_was_interrupted() throws Exception {
        deepSeek.respond(
                Answer.text("x").fault(Fault.EMPTY_ANSWER), Answer.text("x").fault(Fault.STALL_BEFORE_HEADERS));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                ask(model().retryPolicy(twice()));
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });

        caller.start();
        while (deepSeek.requests().size() < 2) {
            Thread.sleep(5);
        }
        caller.interrupt();
        Throwable error = thrown.get(20, TimeUnit.SECONDS);

        assertThat(error).isInstanceOf(CallInterruptedException.class);
        assertThat(costOf(error).unknownCalls()).isEqualTo(1);
        assertThat(costOf(error).atLeast())
                .isEqualTo(BigDecimal.valueOf(
                        billed.get(0).inputTokens() + billed.get(0).outputTokens()));
        assertThat(error.getCause().getSuppressed()).singleElement().isInstanceOf(EmptyAnswerException.class);
        assertThat(DeepSeekError.costOf(error)).isEqualTo(costOf(error));
    }

    /** An executor that loses what it is given leaves only the caller's own clock. */
    @Test
    void should_say_what_is_known_when_the_callers_own_clock_ends_the_call() {
        deepSeek.respond(Answer.text("Hello."));

        RuntimeException error = catchThrowableOfType(
                RuntimeException.class,
                () -> ask(model().executor(task -> {})
                        .timeouts(
                                Timeouts.custom().total(Duration.ofMillis(300)).build())));

        assertThat(error).isInstanceOf(DeepSeekTimeoutException.class);
        assertThat(costOf(error).unknownCalls()).isEqualTo(1);
    }

    /** At a gate, behind an attempt that was billed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_keep_what_was_billed_when_a_gate_lets_no_further_attempt_through(boolean refuses) {
        deepSeek.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));

        RuntimeException error = catchThrowableOfType(
                RuntimeException.class,
                () -> ask(model().gates(new Once(refuses))
                        .retryPolicy(twice())
                        .timeouts(Timeouts.custom().total(Duration.ofSeconds(2)).build())));

        Cost cost = DeepSeekError.costOf(error);
        assertThat(error).isInstanceOf(refuses ? CallQueueFullException.class : DeepSeekTimeoutException.class);
        assertThat(cost.total())
                .isEqualTo(BigDecimal.valueOf(
                        billed.get(0).inputTokens() + billed.get(0).outputTokens()));
        assertThat(cost.calls()).isEqualTo(1);
    }

    /** Lets one attempt in. */
    private record Once(boolean refuses) implements Gate {

        @Override
        public Pass pass(CallFacts call) {
            AtomicInteger entered = new AtomicInteger();
            return new Pass() {
                @Override
                public void enter(Entrance entrance) {
                    if (entered.incrementAndGet() == 1) {
                        entrance.admitted();
                    } else if (refuses) {
                        entrance.refused(new CallQueueFullException("full", ErrorDetails.NONE, null));
                    }
                }

                @Override
                public void sent() {}

                @Override
                public void answered(ChatResponse response) {}

                @Override
                public Verdict failed(FailedAttempt attempt) {
                    return Verdict.NO_MATTER;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public GateOrder order() {
            return GateOrder.ofDeciding();
        }

        @Override
        public HeldUp heldUp() {
            return new HeldUp("A test has held the call", "wait for another day");
        }
    }

    @Test
    void should_stay_at_the_most_where_a_sum_of_usages_is_more_than_an_int() {
        DeepSeekTokenUsage huge = DeepSeekTokenUsage.builder()
                .inputTokenCount(Integer.MAX_VALUE)
                .outputTokenCount(7)
                .build();

        assertThat(huge.totalTokenCount()).isEqualTo(Integer.MAX_VALUE);
        assertThat(huge.add(huge).inputTokenCount()).isEqualTo(Integer.MAX_VALUE);
        assertThat(huge.add(huge).outputTokenCount()).isEqualTo(14);
        assertThat(huge.add(huge).totalTokenCount()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void should_sum_costs_with_usages() {
        DeepSeekTokenUsage one = usage(Cost.in(USD).output(BigDecimal.ONE).build());
        DeepSeekTokenUsage two = usage(Cost.in(USD).output(BigDecimal.TEN).build());
        DeepSeekTokenUsage unpriced = usage(null);

        assertThat(one.add(two).cost().total()).isEqualTo("11");
        assertThat(((DeepSeekTokenUsage) TokenUsage.sum(one, two)).cost().calls())
                .isEqualTo(2);
        assertThat(one.add(unpriced).cost().isKnown()).isFalse();
        assertThat(one.add(unpriced).cost().atLeast()).isEqualTo("1");
        assertThat(((DeepSeekTokenUsage) TokenUsage.sum(new TokenUsage(1, 2), one)).cost())
                .hasToString("at least 1 USD (unknown: TokenUsage tells no cost)");
        assertThat(unpriced.add(unpriced)).isEqualTo(unpriced.add(new TokenUsage(1, 1)));
    }

    private static DeepSeekTokenUsage usage(Cost cost) {
        return DeepSeekTokenUsage.builder()
                .inputTokenCount(1)
                .outputTokenCount(1)
                .cost(cost)
                .build();
    }
}
