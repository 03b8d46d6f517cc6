package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ManyStreamsTest extends Simulated {

    private static final int STREAMS = 1_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /**
     * A quarter of the streams, which tells few from one each. There are some for each core, and one more for each that waits for a
     * lock of the JDK's client or for a class when it is looked at: the more, the busier the machine and the fresher the JVM.
     */
    private static final int MOST_THREADS = STREAMS / 4;

    /** Those of the library, of the JDK's client, and of the executor that it was given; all others are none of its doing. */
    private static final Pattern SERVES_STREAMS = Pattern.compile("(deepthink4j-|HttpClient-|parallel-).*");

    private final Set<Thread> before = threads();

    private final CountDownLatch allAreHere = new CountDownLatch(STREAMS);

    @Test
    @OnlyThorough
    void should_serve_a_thousand_streams_at_a_time_on_few_threads() {
        deepSeek.brain(this::whenAllAreHere);
        ReactiveDeepSeekChatModel model = ReactiveDeepSeekChatModel.from(
                builder().executor(Schedulers.parallel()::schedule).build());
        AtomicReference<List<String>> mostThreads = new AtomicReference<>(List.of());
        AtomicInteger mostAnswers = new AtomicInteger();

        Map<String, String> answers = Flux.range(0, STREAMS)
                .map(i -> "question " + i)
                .flatMap(question -> inBrief(model, question).map(brief -> Map.entry(question, brief)), STREAMS)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnSubscribe(subscription -> Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
                        .takeUntil(tick -> allAreHere.getCount() == 0 && deepSeek.runningAnswers() == 0)
                        .subscribe(tick -> {
                            mostThreads.accumulateAndGet(
                                    threadsInUse(), (most, now) -> now.size() > most.size() ? now : most);
                            mostAnswers.accumulateAndGet(deepSeek.runningAnswers(), Math::max);
                        }))
                .block(Duration.ofMinutes(4));

        assertThat(mostAnswers).as("streams at a time").hasValue(STREAMS);
        assertThat(mostThreads.get()).hasSizeBetween(CORES, MOST_THREADS);
        assertThat(answers)
                .isEqualTo(IntStream.range(0, STREAMS)
                        .mapToObj(i -> "question " + i)
                        .collect(Collectors.toMap(
                                question -> question,
                                question -> "[thinking of " + question + "]answer to " + question + "!")));
    }

    private Answer whenAllAreHere(SimulatedRequest asked) {
        allAreHere.countDown();
        try {
            assertThat(allAreHere.await(3, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return closing(Answer.thinking("thinking of " + asked.lastUserText())
                .thenText("answer to " + asked.lastUserText())
                .pieces(5)
                .pause(Duration.ofMillis(50)));
    }

    /** The thought in brackets, the answer, and an exclamation mark for the end. */
    private static Mono<String> inBrief(ReactiveDeepSeekChatModel model, String question) {
        return model.stream(request(question))
                .scan("[", (brief, event) -> {
                    if (event instanceof Completed) {
                        return brief + "!";
                    }
                    boolean thinking = event instanceof Thinking;
                    String text = thinking
                            ? ((Thinking) event).text()
                            : ((io.github.deepthink4j.reactor.ReasoningEvent.Answer) event).text();
                    return thinking || brief.contains("]") ? brief + text : brief + "]" + text;
                })
                .last();
    }

    /** The clients of other tests have left selectors, which serve nobody any more. */
    private List<String> threadsInUse() {
        return threads().stream()
                .filter(thread -> SERVES_STREAMS.matcher(thread.getName()).matches())
                .filter(thread -> !before.contains(thread) || !thread.getName().startsWith("HttpClient-"))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** Without their stacks, which would take longer than the streams: the simulator has a thread for each of them. */
    private static Set<Thread> threads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[2 * STREAMS + all.activeCount()];
        return Set.of(Arrays.copyOf(threads, all.enumerate(threads)));
    }
}
