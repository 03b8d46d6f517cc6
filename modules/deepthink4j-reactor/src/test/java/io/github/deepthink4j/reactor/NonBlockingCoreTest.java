package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Core's futures and publishers, begun, delivered, asked for more and cancelled on threads that must not be blocked. */
class NonBlockingCoreTest extends Simulated {

    private DeepSeekChatModel onParallelThreads() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .executor(Schedulers.parallel()::schedule)
                .build();
    }

    private static Mono<ChatResponse> asked(DeepSeekChatModel model) {
        return Mono.fromFuture(() -> model.chatAsync(HI)).subscribeOn(Schedulers.parallel());
    }

    @Test
    void should_not_block_to_answer_a_future_to_retry_and_to_fail() {
        respond(
                Answer.error(503, "busy"),
                Answer.thinking("so").thenText("done"),
                Answer.error(503, "busy"),
                Answer.error(503, "busy"));
        DeepSeekChatModel model = onParallelThreads();

        StepVerifier.create(asked(model).map(response -> response.aiMessage().text()))
                .expectNext("done")
                .verifyComplete();
        StepVerifier.create(asked(model)).verifyError(ServerOverloadedException.class);
    }

    @Test
    void should_not_block_to_cancel_a_future() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES));
        CompletableFuture<ChatResponse> answer = onParallelThreads().chatAsync(HI);
        await("the answer runs", () -> deepSeek.runningAnswers() == 1);

        Boolean cancelled = CompletableFuture.supplyAsync(() -> answer.cancel(true), Schedulers.parallel()::schedule)
                .get(20, TimeUnit.SECONDS);

        assertThat(cancelled).isTrue();
    }

    @Test
    void should_not_block_to_publish_to_be_asked_for_more_and_to_be_cancelled() {
        deepSeek.respond(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER));
        DeepSeekStreamingChatModel model =
                builder().executor(Schedulers.parallel()::schedule).build();

        Flux<Object> events = Flux.from(FlowAdapters.toPublisher(FlowPublisherTest.published(model, HI)))
                .limitRate(1)
                .publishOn(Schedulers.single(), 1)
                .take(200)
                .cancelOn(Schedulers.parallel())
                .subscribeOn(Schedulers.parallel());

        assertThat(events.count().block()).isEqualTo(200);
    }
}
