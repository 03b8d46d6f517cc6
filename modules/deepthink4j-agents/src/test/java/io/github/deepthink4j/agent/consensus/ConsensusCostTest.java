package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a vote has cost: a sample that is stopped was billed until then, and nobody says how much. */
@Timeout(30)
class ConsensusCostTest {

    private static final UserMessage QUESTION = UserMessage.from("What is 6 times 7?");
    private static final ChatRequest ASKED =
            ChatRequest.builder().messages(QUESTION).build();
    private static final Currency USD = Currency.getInstance("USD");
    private static final Pricing A_DOLLAR_A_TOKEN = call -> Cost.in(USD)
            .output(BigDecimal.valueOf(call.inputTokens() + call.outputTokens()))
            .build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private ConsensusChatModel.Builder consensus(int samples) {
        DeepSeekChatModel part = Duo.at(
                        deepSeek, "deepseek-flash", DeepSeekChatModel.builder().pricing(A_DOLLAR_A_TOKEN))
                .build();
        return ConsensusChatModel.builder()
                .part(part)
                .extractor(AnswerExtractor.lastNumber())
                .samples(samples);
    }

    private static ChatResponse ask(ConsensusChatModel model, boolean async) throws Exception {
        return async ? model.chatAsync(ASKED).get(20, TimeUnit.SECONDS) : model.chat(QUESTION);
    }

    private static ConsensusChatResponseMetadata metadata(ChatResponse response) {
        return (ConsensusChatResponseMetadata) response.metadata();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_not_count_a_stopped_sample_as_free(boolean async) throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        deepSeek.brain(request -> Answer.text("42"));

        ConsensusChatResponseMetadata metadata =
                metadata(ask(consensus(3).maxParallel(3).build(), async));

        assertThat(metadata.steps()).hasSize(3);
        assertThat(metadata.steps())
                .filteredOn(step -> step.error() instanceof CancellationException)
                .singleElement()
                .satisfies(step -> assertThat(step.cost().isKnown()).isFalse());
        assertThat(metadata.cost().isKnown()).isFalse();
        assertThat(metadata.cost().calls()).isEqualTo(3);
        assertThat(metadata.cost().unknownCalls()).isEqualTo(1);
        assertThat(metadata.cost().atLeast())
                .isEqualTo(BigDecimal.valueOf(metadata.tokenUsage().totalTokenCount()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_not_count_a_sample_that_took_too_long_as_free(boolean async) throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        deepSeek.brain(request -> Answer.text("42"));

        ConsensusChatResponseMetadata metadata = metadata(ask(
                consensus(2).maxParallel(1).sampleTimeout(Duration.ofSeconds(2)).build(), async));

        assertThat(metadata.steps())
                .filteredOn(step -> step.error() instanceof DeepSeekTimeoutException)
                .singleElement()
                .satisfies(step -> assertThat(step.cost().isKnown()).isFalse());
        assertThat(metadata.cost().unknownCalls()).isEqualTo(1);
        assertThat(metadata.cost().atLeast()).isPositive();
    }

    @Test
    void should_say_what_is_known_of_a_vote_that_was_interrupted() throws Exception {
        deepSeek.respond(Answer.text("42"));
        deepSeek.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        ConsensusChatModel model = consensus(3).maxParallel(1).build();
        Thread caller = new Thread(() -> {
            try {
                model.chat(QUESTION);
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });

        caller.start();
        while (deepSeek.requests().size() < 2) {
            Thread.sleep(5);
        }
        caller.interrupt();

        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(CallInterruptedException.class, error -> {
            assertThat(error.cost().unknownCalls()).isEqualTo(1);
            assertThat(error.cost().atLeast())
                    .isEqualTo(BigDecimal.valueOf(error.tokenUsage().totalTokenCount()));
        });
    }

    /** Its answer has come while the vote was being counted. */
    @Test
    void should_count_what_a_sample_has_used_that_came_too_late() throws Exception {
        ConcurrentLinkedQueue<CompletableFuture<ChatResponse>> asked = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();
        AsyncChatModel part = new AsyncChatModel() {
            @Override
            public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
                CompletableFuture<ChatResponse> future = new CompletableFuture<>();
                asked.add(future);
                return future;
            }
        };
        ConsensusChatModel model = ConsensusChatModel.builder()
                .part(part)
                .samples(3)
                .maxParallel(3)
                .extractor(response -> {
                    // While this vote is looked at, all others come in.
                    asked.forEach(future -> future.complete(costing(3)));
                    return AnswerExtractor.lastNumber().extract(response);
                })
                .build();

        CompletableFuture<ChatResponse> answer = model.chatAsync(ASKED);
        List.copyOf(asked).get(0).complete(costing(3));
        ConsensusChatResponseMetadata metadata = metadata(answer.get(10, TimeUnit.SECONDS));
        steps.addAll(metadata.steps());

        assertThat(steps).hasSize(3).noneMatch(Step::failed);
        assertThat(metadata.cost().total()).isEqualTo(BigDecimal.valueOf(9));
    }

    private static ChatResponse costing(int dollars) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("42"))
                .tokenUsage(DeepSeekTokenUsage.builder()
                        .inputTokenCount(1)
                        .outputTokenCount(1)
                        .cost(Cost.in(USD).output(BigDecimal.valueOf(dollars)).build())
                        .build())
                .build();
    }

    @Test
    void should_tell_the_costs_of_all_samples_that_have_failed() {
        deepSeek.brain(request -> Answer.text("x").fault(Fault.EMPTY_ANSWER));

        Throwable error =
                catchThrowable(() -> consensus(2).maxParallel(1).build().chat(QUESTION));

        assertThat(DeepSeekError.costOf(error).calls()).isEqualTo(2);
        assertThat(DeepSeekError.costOf(error).total())
                .isEqualTo(((DeepSeekError) error)
                        .cost()
                        .add(((DeepSeekError) error.getSuppressed()[0]).cost())
                        .total());
    }
}
