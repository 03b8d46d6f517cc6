package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A budget counts completions in the middle as it counts chats, whichever way they are asked for. */
@Timeout(60)
class FimBudgetTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekFimModelBuilder<B>> B set(B builder, Budget budget) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .maxOutputTokens(100)
                .retryPolicy(RetryPolicy.NONE)
                .gates(budget);
    }

    private Response<String> asked(CallKind kind, Budget budget) {
        CompletableFuture<Response<String>> answer = new CompletableFuture<>();
        if (kind == CallKind.STREAMING) {
            try (DeepSeekStreamingFimModel model =
                    set(DeepSeekStreamingFimModel.builder(), budget).build()) {
                model.generate("int a = ", ";", new StreamingResponseHandler<>() {
                    @Override
                    public void onNext(String piece) {}

                    @Override
                    public void onComplete(Response<String> response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }
                });
                return answer.orTimeout(30, TimeUnit.SECONDS).join();
            }
        }
        try (DeepSeekFimModel model = set(DeepSeekFimModel.builder(), budget).build()) {
            return kind == CallKind.ASYNC
                    ? model.generateAsync("int a = ", ";")
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join()
                    : model.generate("int a = ", ";");
        }
    }

    private Throwable refused(CallKind kind, Budget budget) {
        try {
            throw new AssertionError("an answer: " + asked(kind, budget));
        } catch (CompletionException e) {
            return e.getCause();
        } catch (RuntimeException e) {
            return e;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_count_the_tokens_of_a_completion_and_no_more(CallKind kind) {
        deepSeek.respond(Answer.text("1 + 2"), Answer.text("3 + 4"));
        RecordingStore store = new RecordingStore(false);
        Budget budget = Budget.builder("tokens").tokens(1_000).store(store).build();

        String first = asked(kind, budget).tokenUsage().totalTokenCount().toString();
        String second = asked(kind, budget).tokenUsage().totalTokenCount().toString();

        assertThat(store.settlements()).containsExactly(first, second);
    }

    @ParameterizedTest
    @EnumSource
    void should_refuse_what_is_more_before_it_is_sent(CallKind kind) {
        Budget budget = Budget.builder("tokens").tokens(100).build();

        assertThat(refused(kind, budget)).isInstanceOf(BudgetExceededException.class);
        assertThat(deepSeek.completions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_count_the_money_of_a_completion(CallKind kind) {
        deepSeek.respond(Answer.text("1 + 2"), Answer.text("3 + 4"), Answer.text("5 + 6"));
        Budget budget = Budget.builder("calls")
                .money(new BigDecimal(2), PriceList.USD)
                .pricing(call -> Cost.in(PriceList.USD).services(BigDecimal.ONE).build())
                .build();

        asked(kind, budget);
        asked(kind, budget);

        assertThat(refused(kind, budget)).isInstanceOf(BudgetExceededException.class);
        assertThat(deepSeek.completions()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void should_count_one_that_was_cut(CallKind kind) {
        deepSeek.respond(Answer.text("1 + 2 + 3 + 4").fault(Fault.CUT_IN_ANSWER));
        RecordingStore store = new RecordingStore(false);

        refused(kind, Budget.builder("tokens").tokens(1_000).store(store).build());

        assertThat(store.settlements())
                .hasSize(1)
                .allSatisfy(spent -> assertThat(new BigDecimal(spent)).isPositive());
    }
}
