package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls drawn by lot: half of them good, the others with a fault, an error, a cancel or an interrupt. */
final class SoakCalls {

    private static final Set<Fault> RARE = EnumSet.of(
            Fault.HUGE_LINE,
            Fault.ENDLESS_ANSWER,
            Fault.STALL_SILENT,
            Fault.STALL_WITH_KEEP_ALIVES,
            Fault.STALL_BEFORE_HEADERS,
            Fault.SLOW_HEADERS);
    private static final int[] STATUSES = {400, 401, 402, 404, 422, 429, 500, 503};
    private static final String GOOD = "What was asked: ";
    private static final int MOST_EXAMPLES = 10;

    private final AtomicLong seeds;
    private final ThreadLocal<Random> random;
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ScheduledExecutorService interrupter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "soak-interrupter");
        thread.setDaemon(true);
        return thread;
    });

    SoakCalls(long seed) {
        seeds = new AtomicLong(seed);
        random = ThreadLocal.withInitial(() -> new Random(seeds.incrementAndGet()));
    }

    /** The simulator's side: the question says what becomes of it. */
    Answer answer(SimulatedRequest request) {
        String[] question = request.lastUserText().split(" ");
        Answer answer = Answer.thinking("So it is. ".repeat(5)).thenText(GOOD + question[1]);
        return switch (question[0]) {
            case "fault" -> answer.fault(Fault.valueOf(question[1]));
            case "status" -> Answer.error(Integer.parseInt(question[1]), "by lot");
            case "slow" -> answer.pause(Duration.ofMillis(2));
            default -> answer;
        };
    }

    void next(SoakModels models) {
        Random lot = random.get();
        String number = String.valueOf(lot.nextInt(1_000_000));
        boolean spi = lot.nextBoolean();
        boolean streaming = lot.nextBoolean();
        switch (lot.nextInt(20)) {
            case 0 -> interrupted(models.blocking(spi), "slow " + number, lot.nextInt(30));
            case 1, 2 -> cancelled(models, spi, "slow " + number, lot.nextInt(10));
            case 3 -> tenant(models, spi, number, lot.nextBoolean());
            case 4, 5 -> ask(models, spi, streaming, "status " + STATUSES[lot.nextInt(STATUSES.length)], null);
            case 6, 7, 8, 9 -> {
                Fault fault = Fault.values()[lot.nextInt(Fault.values().length)];
                boolean drawnAgain = RARE.contains(fault) && lot.nextInt(20) > 0;
                ask(models, spi, streaming, "fault " + (drawnAgain ? Fault.HTML_WITH_200 : fault), null);
            }
            default -> ask(models, spi, streaming, "good " + number, GOOD + number);
        }
    }

    /** Counts what came; what was expected and did not come is a fault. */
    private void ask(SoakModels models, boolean spi, boolean streaming, String question, String expected) {
        String came = streaming ? streamed(models, spi, question, -1) : blocking(models.blocking(spi), question);
        judge((streaming ? "streaming" : "blocking") + (spi ? " over the SPI" : ""), question, expected, came);
    }

    private void judge(String way, String question, String expected, String came) {
        String kind = question.substring(0, question.indexOf(' '));
        count(kind + ", " + way);
        if (expected != null && !expected.equals(came)) {
            fault("LOST: " + way + ", \"" + question + "\": " + came);
        }
    }

    private static String blocking(DeepSeekChatModel model, String question) {
        try {
            return model.chat(question);
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private String streamed(SoakModels models, boolean spi, String question, int cancelAfter) {
        CountDownLatch end = new CountDownLatch(1);
        String[] came = {"nothing"};
        int[] pieces = {0};
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from(question)).build();
        StreamingHandle handle = models.streaming(spi).start(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialThinking(PartialThinking piece) {
                pieces[0]++;
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                came[0] = response.aiMessage().text();
                end.countDown();
            }

            @Override
            public void onError(Throwable error) {
                came[0] = error.toString();
                end.countDown();
            }
        });
        try {
            if (cancelAfter >= 0) {
                end.await(cancelAfter, TimeUnit.MILLISECONDS);
                handle.cancel();
            } else if (!end.await(60, TimeUnit.SECONDS)) {
                fault("NO END: streaming, \"" + question + "\" after " + pieces[0] + " pieces");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return came[0];
    }

    private void cancelled(SoakModels models, boolean spi, String question, int afterMillis) {
        streamed(models, spi, question, afterMillis);
        count("cancelled, streaming" + (spi ? " over the SPI" : ""));
    }

    private void interrupted(DeepSeekChatModel model, String question, int afterMillis) {
        Thread caller = Thread.currentThread();
        Object lock = new Object();
        boolean[] over = {false};
        ScheduledFuture<?> interrupt = interrupter.schedule(
                () -> {
                    synchronized (lock) {
                        if (!over[0]) {
                            caller.interrupt();
                        }
                    }
                },
                afterMillis,
                TimeUnit.MILLISECONDS);
        blocking(model, question);
        synchronized (lock) {
            over[0] = true;
        }
        interrupt.cancel(false);
        // Not the next call's.
        Thread.interrupted();
        count("interrupted, blocking");
    }

    private void tenant(SoakModels models, boolean spi, String number, boolean closed) {
        DeepSeekChatModel model = models.newBlocking(spi);
        String came = blocking(model, "good " + number);
        judge("a tenant's, " + (closed ? "closed" : "forgotten"), "good " + number, GOOD + number, came);
        if (closed) {
            model.close();
        }
    }

    private void count(String kind) {
        counts.computeIfAbsent(kind, name -> new AtomicLong()).incrementAndGet();
    }

    private synchronized void fault(String fault) {
        faults.add(fault);
    }

    /** The first of them, and how many there are. */
    synchronized List<String> faults() {
        List<String> shown = new ArrayList<>(faults.subList(0, Math.min(MOST_EXAMPLES, faults.size())));
        if (faults.size() > shown.size()) {
            shown.add("and " + (faults.size() - shown.size()) + " more");
        }
        return shown;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("calls, the warm-up's included:\n");
        new TreeMap<>(counts).forEach((kind, count) -> table.append("  %9d  %s%n".formatted(count.get(), kind)));
        return table.append("  %9d  lost or without an end".formatted(faults.size()))
                .toString();
    }
}
