package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport does that waits for events, and not in a thread for each stream. */
@Timeout(120)
public abstract class EventDrivenKit {

    private final WireServer deepSeek = new WireServer();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /**
     * @param executor what listeners are called on; {@code null} for the transport's own way
     */
    protected abstract Transport transport(Scheduler scheduler, @Nullable Executor executor);

    private Transport transport() {
        return transport(Scheduler.SYSTEM, null);
    }

    @Test
    void should_stop_at_a_cancel_before_the_response() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Collected collected = new Collected();
        TransportCall call = transport().send(deepSeek.request(Timeouts.DEFAULT), collected);
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(5);
        }

        call.cancel();

        deepSeek.awaitNoAnswerRunning();
        assertThat(collected.lastCalls).hasValue(0);
    }

    @Test
    void should_hold_no_thread_for_a_silent_stream() throws Exception {
        int streams = 300;
        Transport transport = transport();
        List<Collected> all = new ArrayList<>();
        List<TransportCall> calls = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            deepSeek.respond(Answer.thinking("a thought of some length").fault(Fault.STALL_SILENT));
        }
        for (int i = 0; i < streams; i++) {
            Collected collected = new Collected();
            all.add(collected);
            calls.add(transport.send(deepSeek.request(Timeouts.DEFAULT), collected));
        }
        for (Collected collected : all) {
            collected.firstBytes.await();
        }

        long delivering = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deepthink4j-"))
                .filter(thread -> thread.getState() == Thread.State.RUNNABLE)
                .count();
        assertThat(delivering).isLessThan(20);
        calls.forEach(TransportCall::cancel);
        deepSeek.awaitNoAnswerRunning();
    }
}
