package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that deliver at the same time, without an executor of the user's. */
@Timeout(120)
class ManyStreamsBesideEachOtherTest {

    private static final int STREAMS = 200;

    private final CountDownLatch othersAreThere = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();
    private final Set<String> failures = new ConcurrentSkipListSet<>();

    /** What a stream does with its pieces. */
    private enum Manner {
        READS,
        BLOCKS,
        FAILS
    }

    private final class Reader implements StreamingChatResponseHandler {

        private final Manner manner;
        private final CountDownLatch others;
        private final CountDownLatch all;

        Reader(Manner manner, CountDownLatch others, CountDownLatch all) {
            this.manner = manner;
            this.others = others;
            this.all = all;
        }

        @Override
        public void onPartialResponse(String piece) {
            if (manner == Manner.FAILS) {
                throw new AssertionError("expected by this test");
            }
            if (manner == Manner.BLOCKS) {
                try {
                    othersAreThere.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            if (manner == Manner.FAILS) {
                failures.add("one that failed was told of an answer");
            }
            end();
        }

        @Override
        public void onError(Throwable error) {
            if (manner != Manner.FAILS) {
                failures.add(error.toString());
            }
            end();
        }

        private void end() {
            ended.incrementAndGet();
            if (manner != Manner.BLOCKS) {
                others.countDown();
            }
            all.countDown();
        }
    }

    private void run(int blocking) throws InterruptedException {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> Answer.thinking("a thought")
                                .thenText("an answer in some pieces")
                                .pieces(4)
                                .pause(Duration.ofMillis(20)));
                DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()) {
            CountDownLatch others = new CountDownLatch(STREAMS - blocking);
            CountDownLatch all = new CountDownLatch(STREAMS);
            for (int i = 0; i < STREAMS; i++) {
                Manner manner = i < blocking ? Manner.BLOCKS : i % 10 == 0 ? Manner.FAILS : Manner.READS;
                model.chat("question " + i, new Reader(manner, others, all));
            }
            others.await();
            othersAreThere.countDown();
            all.await();
        }
        assertThat(failures).isEmpty();
        assertThat(ended).hasValue(STREAMS);
    }

    @Test
    void should_go_on_beside_one_whose_callback_blocks() throws InterruptedException {
        run(1);
    }

    @Test
    void should_go_on_beside_a_hundred_whose_callbacks_block() throws InterruptedException {
        run(100);
    }

    /** Pieces come all the time, from a thousand connections: how many threads there are does not follow from that. */
    @Test
    @OnlyThorough
    void should_hold_few_threads_for_a_thousand_streams_that_deliver() throws Exception {
        int streams = 1_000;
        CountDownLatch here = new CountDownLatch(streams);
        CountDownLatch all = new CountDownLatch(streams);
        AtomicInteger most = new AtomicInteger();
        Set<String> names = new TreeSet<>();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> {
                    here.countDown();
                    await(here);
                    return Answer.text("an answer that takes a while, in many pieces of some letters")
                            .pieces(3)
                            .pause(Duration.ofMillis(100));
                });
                DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()) {
            for (int i = 0; i < streams; i++) {
                model.chat("question " + i, new Reader(Manner.READS, new CountDownLatch(1), all));
            }
            here.await();
            while (all.getCount() > 0) {
                Set<String> now = threadsOfOurs();
                if (now.size() > most.get()) {
                    most.set(now.size());
                    names.clear();
                    names.addAll(now);
                }
                Thread.sleep(20);
            }
        }
        assertThat(failures).isEmpty();
        // Callbacks of the tests before have blocked threads, which are kept for a while. One a stream would be 1,000.
        assertThat(most.get()).as("%s", names).isBetween(1, streams / 4);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without their stacks, which would take longer than the streams: the simulator has a thread for each of them. */
    private static Set<String> threadsOfOurs() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[4_000 + all.activeCount()];
        Set<String> names = new TreeSet<>();
        for (int i = all.enumerate(threads) - 1; i >= 0; i--) {
            String name = threads[i].getName();
            if (name.startsWith("deepthink4j-") || name.startsWith("HttpClient-")) {
                names.add(name);
            }
        }
        return names;
    }
}
