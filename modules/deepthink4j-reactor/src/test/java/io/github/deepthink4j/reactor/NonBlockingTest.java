package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Everything on threads that must not be blocked; all other tests of this module run under BlockHound's eyes as well. */
class NonBlockingTest extends Simulated {

    private static void block() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_be_watched_by_blockhound() {
        StepVerifier.create(Mono.fromRunnable(NonBlockingTest::block).subscribeOn(Schedulers.parallel()))
                .verifyError(BlockingOperationError.class);
    }

    @Test
    void should_be_watched_on_the_threads_of_deliveries_too() {
        respond(Answer.thinking("so").thenText("done"));

        StepVerifier.create(model().stream(HI).doOnNext(event -> block())).verifyError(BlockingOperationError.class);
    }

    private ReactiveDeepSeekChatModel onParallelThreads() {
        return ReactiveDeepSeekChatModel.from(
                builder().executor(Schedulers.parallel()::schedule).build());
    }

    @Test
    void should_not_block_to_send_to_deliver_to_retry_and_to_fail() {
        respond(
                Answer.error(503, "busy"),
                Answer.thinking("so").thenText("done"),
                Answer.thinking("ab").pieces(1).fault(Fault.CUT_IN_THOUGHT));
        ReactiveDeepSeekChatModel model = onParallelThreads();
        List<String> threads = new CopyOnWriteArrayList<>();

        String text = model.stream(HI)
                .doOnNext(event -> threads.add(Thread.currentThread().getName()))
                .transform(Reasoning::answerText)
                .last()
                .subscribeOn(Schedulers.parallel())
                .block();

        assertThat(text).isEqualTo("done");
        assertThat(threads).allMatch(thread -> thread.startsWith("parallel-"));
        StepVerifier.create(model.chat(HI).subscribeOn(Schedulers.parallel()))
                .verifyError(io.github.deepthink4j.error.StreamCutException.class);
    }

    @Test
    void should_not_block_to_ask_for_more_and_to_cancel() {
        deepSeek.respond(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER));
        Scheduler asking = Schedulers.single();

        Flux<ReasoningEvent> events = onParallelThreads().stream(HI)
                .limitRate(1)
                .publishOn(asking, 1)
                .take(200)
                .cancelOn(Schedulers.parallel());

        assertThat(events.count().block()).isEqualTo(200);
    }
}
