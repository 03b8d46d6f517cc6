package io.github.deepthink4j.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Good calls beside bad ones for a long time, over both transports, and what is left of them afterwards: threads, open files,
 * heap. Ends with status 1 if any of these has grown, if a good call was lost, or if a call had no end.
 *
 * <p>System properties: {@code soak.duration} ({@code PT10M}), {@code soak.threads} (64), {@code soak.seed} (the time).
 */
public final class Soak {

    private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT10M"));
    private static final int THREADS = Integer.getInteger("soak.threads", 64);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
    private static final Duration AT_MOST_AT_REST = Duration.ofSeconds(60);
    private static final int MORE_THREADS = 8;
    private static final int MORE_FILES = 16;
    private static final long MORE_BYTES = 16L << 20;

    private Soak() {}

    /** What the process holds while nothing runs. */
    private record Held(int threads, long files, long heap) {

        static Held now() {
            int threads = (int) Thread.getAllStackTraces().keySet().stream()
                    // The simulator has one for each connection, and a connection is counted as files.
                    .filter(thread -> !thread.getName().startsWith("deepseek-simulator"))
                    .count();
            return new Held(threads, openFiles(), used());
        }

        private static long openFiles() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : -1;
        }

        private static long used() {
            Runtime runtime = Runtime.getRuntime();
            for (int i = 0; i < 5; i++) {
                System.gc();
            }
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println("seed " + SEED + ", " + THREADS + " threads, " + DURATION);
        SoakCalls calls = new SoakCalls(SEED);
        List<String> faults;
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(calls::answer);
                SoakModels models = new SoakModels(deepSeek.baseUrl())) {
            // Pools grow and code is compiled before it counts.
            run(calls, models, deepSeek, DURATION.dividedBy(10));
            Held start = atRest(deepSeek);
            System.out.println("at the start: " + start);
            run(calls, models, deepSeek, DURATION);
            Held end = atRest(deepSeek);
            System.out.println("at the end:   " + end);
            System.out.println(calls);
            faults = faults(start, end, calls);
        }
        faults.forEach(System.out::println);
        System.out.println(faults.isEmpty() ? "steady" : "NOT steady");
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static void run(SoakCalls calls, SoakModels models, DeepSeekSimulator deepSeek, Duration duration)
            throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        ExecutorService callers = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "soak-caller"));
        for (int i = 0; i < THREADS; i++) {
            callers.execute(() -> {
                while (System.nanoTime() < end) {
                    calls.next(models);
                }
            });
        }
        callers.shutdown();
        while (!callers.awaitTermination(1, TimeUnit.SECONDS)) {
            // The simulator remembers each request.
            deepSeek.reset();
        }
    }

    /** When nothing has changed for a while: threads without work end after half a minute. */
    private static Held atRest(DeepSeekSimulator deepSeek) throws InterruptedException {
        deepSeek.reset();
        long end = System.nanoTime() + AT_MOST_AT_REST.toNanos();
        Held held = Held.now();
        for (int steady = 0; steady < 8 && System.nanoTime() < end; ) {
            Thread.sleep(5000);
            Held now = Held.now();
            steady = now.threads() == held.threads() && now.files() == held.files() ? steady + 1 : 0;
            held = now;
        }
        return held;
    }

    private static List<String> faults(Held start, Held end, SoakCalls calls) {
        List<String> faults = new ArrayList<>(calls.faults());
        if (end.threads() > start.threads() + MORE_THREADS) {
            faults.add("threads have grown from " + start.threads() + " to " + end.threads());
        }
        if (end.files() > start.files() + MORE_FILES) {
            faults.add("open files have grown from " + start.files() + " to " + end.files());
        }
        if (end.heap() > start.heap() + MORE_BYTES) {
            faults.add("the heap has grown from " + start.heap() + " to " + end.heap() + " bytes");
        }
        return faults;
    }
}
