package io.github.deepthink4j.agent;

import static io.github.deepthink4j.agent.ScriptedPart.calls;
import static io.github.deepthink4j.agent.ScriptedPart.fails;
import static io.github.deepthink4j.agent.ScriptedPart.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.consensus.AnswerExtractor;
import io.github.deepthink4j.agent.consensus.ConsensusChatModel;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code chatAsync} of the models made of models: as {@code chat}, without a thread that waits. */
@Timeout(60)
class AsyncCombinedModelTest {

    private static final UserMessage HI = UserMessage.from("How is the weather?");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private final StepListener steps = new StepListener() {
        @Override
        public void onStart(StepKind kind, String part, String modelName) {
            seen.add("begins " + kind + " by " + part);
        }

        @Override
        public void onEnd(Step step, ChatResponse response) {
            seen.add("ends " + step.kind() + " by " + step.part() + " with "
                    + (step.error() == null
                            ? "an answer"
                            : step.error().getClass().getSimpleName()));
        }
    };

    private final ChatModelListener listener = new ChatModelListener() {
        @Override
        public void onRequest(ChatModelRequestContext context) {
            seen.add("request");
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            seen.add("response");
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            seen.add("error " + context.error().getClass().getSimpleName());
        }
    };

    enum Kind {
        ROUTE,
        PLAN,
        FAILOVER,
        CONSENSUS,
        STRUCTURE;

        /** Of two parts. */
        AsyncChatModel of(ChatModel one, ChatModel two, StepListener steps, ChatModelListener listener) {
            EnumSet<Feature> all = EnumSet.allOf(Feature.class);
            return switch (this) {
                case ROUTE, PLAN ->
                    ToolRoutingChatModel.builder()
                            .reasoner(one, all)
                            .toolCaller(two, all)
                            .strategy(this == PLAN ? ToolStrategy.PLAN_CALL_ANSWER : ToolStrategy.ROUTE)
                            .stepListener(steps)
                            .listeners(listener)
                            .build();
                case FAILOVER ->
                    FailoverChatModel.builder()
                            .part(one)
                            .part(two)
                            .stepListener(steps)
                            .listeners(listener)
                            .build();
                case CONSENSUS ->
                    ConsensusChatModel.builder()
                            .part(one)
                            .part(two)
                            .samples(5)
                            .maxParallel(1)
                            .extractor(AnswerExtractor.exactText())
                            .stepListener(steps)
                            .listeners(listener)
                            .build();
                case STRUCTURE ->
                    ReasonThenStructure.builder()
                            .reasoner(one)
                            .structurer(two, all)
                            .stepListener(steps)
                            .listeners(listener)
                            .build();
            };
        }

        ChatRequest request() {
            return switch (this) {
                case ROUTE, PLAN -> Duo.requestWithTool(HI);
                case FAILOVER, CONSENSUS -> Duo.request(HI);
                case STRUCTURE ->
                    ChatRequest.builder()
                            .messages(HI)
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .jsonSchema(JsonSchema.builder()
                                            .name("Weather")
                                            .rootElement(JsonObjectSchema.builder()
                                                    .addStringProperty("sky")
                                                    .required("sky")
                                                    .build())
                                            .build())
                                    .build())
                            .build();
            };
        }
    }

    private static List<Supplier<ChatResponse>> randomAnswers(Random random) {
        List<Supplier<ChatResponse>> kinds = List.of(
                text("one"),
                text("one"),
                text("two"),
                text("{\"sky\":\"blue\"}"),
                text("{\"sky\":7}"),
                text(" "),
                calls(),
                fails(new RateLimitException("slowly")),
                fails(new AuthenticationException("who?")),
                fails(new AssertionError("broken")),
                fails(new IOException("checked")));
        List<Supplier<ChatResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(kinds.get(random.nextInt(kinds.size())));
        }
        return answers;
    }

    private String ending(Supplier<ChatResponse> chat) {
        ChatResponse[] response = new ChatResponse[1];
        Throwable thrown = catchThrowable(() -> response[0] = chat.get());
        return thrown == null
                ? response[0].aiMessage() + " "
                        + ((CombinedChatResponseMetadata) response[0].metadata())
                                .steps().stream().map(Step::kind).toList()
                : thrown.getClass().getName();
    }

    private ChatResponse get(CompletableFuture<ChatResponse> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw AsyncCombinedModelTest.<RuntimeException>unchecked(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Whatever the parts do: the same end, the same steps, the same for the listeners. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_go_the_same_way_as_the_model_that_blocks(Kind kind) {
        for (int seed = 0; seed < 150; seed++) {
            List<List<Supplier<ChatResponse>>> scripts =
                    List.of(randomAnswers(new Random(seed)), randomAnswers(new Random(seed + 1_000)));
            AsyncChatModel blocking = kind.of(
                    ScriptedPart.blocking(scripts.get(0)), ScriptedPart.blocking(scripts.get(1)), steps, listener);
            String ending = ending(() -> blocking.chat(kind.request()));
            List<String> expected = List.copyOf(seen);
            seen.clear();

            List<Function<List<Supplier<ChatResponse>>, ChatModel>> ways = List.of(
                    script -> ScriptedPart.async(Runnable::run, script),
                    script -> ScriptedPart.async(threads, script),
                    ScriptedPart::blocking);
            for (Function<List<Supplier<ChatResponse>>, ChatModel> way : ways) {
                AsyncChatModel model = kind.of(way.apply(scripts.get(0)), way.apply(scripts.get(1)), steps, listener);

                assertThat(ending(() -> get(model.chatAsync(kind.request()))))
                        .as("seed " + seed)
                        .isEqualTo(ending);
                assertThat(seen).as("seed " + seed).isEqualTo(expected);
                seen.clear();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_stop_the_part_that_runs_and_begin_no_other(Kind kind) {
        ScriptedPart.Asked one = new ScriptedPart.Asked();
        ScriptedPart.Asked two = new ScriptedPart.Asked();
        CompletableFuture<ChatResponse> answer =
                kind.of(one, two, steps, listener).chatAsync(kind.request());
        ScriptedPart.Asked asked = one.futures.isEmpty() ? two : one;

        answer.cancel(true);

        assertThat(asked.only()).isCancelled();
        assertThat(one.futures.size() + two.futures.size()).isEqualTo(1);
        assertThat(seen)
                .filteredOn(event -> event.startsWith("ends"))
                .singleElement()
                .asString()
                .endsWith("CancellationException");
    }

    /** The next part is asked on the thread that brought the answer; who cancels there stops what comes next. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PLAN", "FAILOVER", "STRUCTURE", "CONSENSUS"})
    void should_begin_no_other_part_when_cancelled_between_two(Kind kind) {
        ScriptedPart.Asked one = new ScriptedPart.Asked();
        ScriptedPart.Asked two = new ScriptedPart.Asked();
        List<CompletableFuture<ChatResponse>> answer = new ArrayList<>();
        StepListener cancelling = new StepListener() {
            @Override
            public void onEnd(Step step, ChatResponse response) {
                answer.get(0).cancel(true);
            }
        };
        answer.add(kind.of(one, two, cancelling, listener).chatAsync(kind.request()));

        if (kind == Kind.FAILOVER) {
            one.only().completeExceptionally(new RateLimitException("slowly"));
        } else {
            one.only().complete(text("a plan").get());
        }

        assertThat(answer.get(0)).isCancelled();
        assertThat(two.futures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_interrupt_a_part_that_blocks(Kind kind) throws InterruptedException {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        ChatModel blocks = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                begun.countDown();
                try {
                    new CompletableFuture<>().get();
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                } catch (ExecutionException e) {
                    interrupted.completeExceptionally(e);
                }
                return null;
            }
        };
        CompletableFuture<ChatResponse> answer =
                kind.of(blocks, blocks, steps, listener).chatAsync(kind.request());
        begun.await();

        answer.cancel(true);

        assertThat(interrupted.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void should_call_parts_that_block_on_the_executor_and_end_there() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "given"));
        try {
            List<String> at = new CopyOnWriteArrayList<>();
            ChatModel part = new ChatModel() {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    at.add(Thread.currentThread().getName());
                    return text("well").get();
                }
            };
            ScriptedPart.Asked async = new ScriptedPart.Asked();
            CompletableFuture<String> ended = FailoverChatModel.builder()
                    .part(async)
                    .part(part)
                    .executor(executor)
                    .build()
                    .chatAsync(Duo.request(HI))
                    .thenApply(response -> Thread.currentThread().getName());
            async.only().completeExceptionally(new RateLimitException("slowly"));

            assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("given");
            assertThat(at).containsExactly("given");
        } finally {
            executor.shutdown();
        }
    }

    /** As another vendor's of LangChain4j 1.20: an override there, and with 1.19 a method that nobody knows. */
    private static class OfAnotherVendor implements ChatModel {

        final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public ChatResponse doChat(ChatRequest request) {
            calls.add("blocking");
            return text("well").get();
        }

        public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
            calls.add("async");
            return CompletableFuture.supplyAsync(text("well"));
        }
    }

    private static boolean langchain4jIsAsync() {
        return Arrays.stream(ChatModel.class.getMethods())
                .anyMatch(method -> method.getName().equals("doChatAsync"));
    }

    @Test
    void should_ask_another_vendors_model_by_its_own_way_where_langchain4j_has_one() {
        OfAnotherVendor part = new OfAnotherVendor();

        get(FailoverChatModel.builder().part(part).build().chatAsync(Duo.request(HI)));

        assertThat(part.calls).containsExactly(langchain4jIsAsync() ? "async" : "blocking");
    }

    @Test
    void should_call_a_decorator_of_a_model_that_is_not_async() {
        OfAnotherVendor part = new OfAnotherVendor() {
            @Override
            public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
                return CompletableFuture.failedFuture(new AsyncNotSupportedException("the other one can't"));
            }
        };

        assertThat(get(FailoverChatModel.builder().part(part).build().chatAsync(Duo.request(HI)))
                        .aiMessage()
                        .text())
                .isEqualTo("well");
        assertThat(part.calls).containsExactly("blocking");
    }

    /** One call may try a part that has rested; one that was cancelled has tried nothing. */
    @Test
    void should_give_a_permission_back_that_was_cancelled() {
        ScriptedPart.Asked part = new ScriptedPart.Asked();
        FailoverChatModel model = FailoverChatModel.builder()
                .part(part)
                .circuitBreaker(CircuitBreakerConfig.custom()
                        .slidingWindowSize(1)
                        .minimumNumberOfCalls(1)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(Duration.ofMillis(1))
                        .build())
                .build();
        CompletableFuture<ChatResponse> first = model.chatAsync(Duo.request(HI));
        part.futures.remove().completeExceptionally(new RateLimitException("slowly"));
        assertThat(first).isCompletedExceptionally();

        for (int i = 0; i < 20; i++) {
            CompletableFuture<ChatResponse> answer = model.chatAsync(Duo.request(HI));
            while (answer.isCompletedExceptionally()) {
                answer = model.chatAsync(Duo.request(HI));
            }
            answer.cancel(true);
        }

        assertThat(part.futures).hasSize(20).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void should_end_a_sample_by_its_limit_and_count_the_others() {
        ScriptedPart.Asked hangs = new ScriptedPart.Asked();
        CompletableFuture<ChatResponse> answer = ConsensusChatModel.builder()
                .part(hangs)
                .part(ScriptedPart.async(threads, List.of(text("42"))))
                .samples(3)
                .sampleTimeout(Duration.ofMillis(50))
                .extractor(AnswerExtractor.exactText())
                .stepListener(steps)
                .build()
                .chatAsync(Duo.request(HI));

        assertThat(get(answer).aiMessage().text()).isEqualTo("42");
        assertThat(hangs.futures).allMatch(CompletableFuture::isCancelled);
        assertThat(seen).contains("ends SAMPLE by 1 with DeepSeekTimeoutException");
    }

    @Test
    void should_stop_what_runs_when_a_consensus_is_reached() {
        ScriptedPart.Asked part = new ScriptedPart.Asked();
        CompletableFuture<ChatResponse> answer = ConsensusChatModel.builder()
                .part(part)
                .samples(3)
                .extractor(AnswerExtractor.exactText())
                .build()
                .chatAsync(Duo.request(HI));
        assertThat(part.futures).hasSize(3);

        part.futures.remove().complete(text("42").get());
        assertThat(answer).isNotDone();
        part.futures.remove().complete(text("42").get());

        assertThat(answer).isCompleted();
        assertThat(part.only()).isCancelled();
    }

    /** A thousand answers that nobody waits for, of parts that never block, need no thread of their own. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_hold_no_thread(Kind kind) {
        ScriptedPart.Asked part = new ScriptedPart.Asked();
        AsyncChatModel model = kind.of(part, part, new StepListener() {}, listener);
        int before = Thread.activeCount();
        List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(model.chatAsync(kind.request()));
        }

        assertThat(part.futures).hasSize(1_000);
        assertThat(Thread.activeCount()).isLessThan(before + 50);
        answers.forEach(answer -> answer.cancel(true));
        assertThat(part.futures).allMatch(CompletableFuture::isCancelled);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_close_the_wire(Kind kind) throws InterruptedException {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                .brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS))) {
            ChatModel part = Duo.at(deepSeek, "deepseek-flash", DeepSeekChatModel.builder())
                    .build();
            CompletableFuture<ChatResponse> answer =
                    kind.of(part, part, steps, listener).chatAsync(kind.request());
            while (deepSeek.requests().isEmpty()) {
                Thread.onSpinWait();
            }

            answer.cancel(true);

            while (!deepSeek.lastRequest().cancelled()) {
                Thread.sleep(5);
            }
            assertThat(deepSeek.requests()).hasSize(1);
        }
    }
}
