package io.github.deepthink4j.benchmarks.growth;

import com.sun.management.ThreadMXBean;
import io.github.deepthink4j.benchmarks.compare.Cell;
import io.github.deepthink4j.benchmarks.scenario.Window;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether what is done with more and more costs the same for each: a table a subject, a line a size. No network; what a
 * chunk costs over one is {@code Compare}'s.
 */
public final class Growth {

    /** What is linear costs no more for each; what is quadratic costs ten times as much at the next size. */
    private static final double LINEAR_WITHIN = 2;

    private static final int LARGEST_IF_QUICK = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final double seconds;

    private Growth(double seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] args) {
        boolean quick = !System.getProperty("quick", "false").equals("false");
        Growth growth = new Growth(quick ? 0.05 : 2);
        List<GrowthTable> tables = new ArrayList<>(Requests.tables());
        tables.addAll(Answers.tables());
        tables.addAll(Memories.tables());
        int growing = 0;
        for (GrowthTable table : tables) {
            growing += growth.print(quick ? table.upTo(LARGEST_IF_QUICK) : table);
        }
        System.out.println("\n" + growing + " lines grow");
        // What the models hold must not hold up the end.
        System.exit(0);
    }

    /** @return how many lines are not linear */
    private int print(GrowthTable table) {
        System.out.println("\n## " + table.name() + "\n");
        System.out.println("| " + table.unit() + " | time for each, us | of the size before | garbage for each, B |"
                + " of the size before | | others, cores |");
        System.out.println("|---|---|---|---|---|---|---|");
        int growing = 0;
        Cost before = null;
        for (int size : table.sizes()) {
            Cost cost = measure(size, table.work().apply(size));
            boolean linear = before == null
                    || cost.micros <= LINEAR_WITHIN * before.micros && cost.bytes <= LINEAR_WITHIN * before.bytes;
            growing += linear ? 0 : 1;
            System.out.println("| " + size + " | " + Cell.number(cost.micros) + " | "
                    + (before == null ? "" : Cell.number(cost.micros / before.micros)) + " | "
                    + Cell.number(cost.bytes) + " | "
                    + (before == null ? "" : Cell.number(cost.bytes / before.bytes)) + " | "
                    + (linear ? "" : "GROWS") + " | " + Cell.number(cost.others) + " |");
            before = cost;
        }
        return growing;
    }

    private record Cost(double micros, double bytes, double others) {}

    /** The median of the runs that fit into the time, after as long a warm-up; at least three. */
    private Cost measure(int size, Runnable work) {
        runs(work, 1);
        Window window = Window.withoutServer();
        long before = allocated();
        long[] times = runs(work, 3);
        double bytes = (double) (allocated() - before) / times.length;
        Arrays.sort(times);
        return new Cost(times[times.length / 2] / 1e3 / size, bytes / size, window.others());
    }

    private long[] runs(Runnable work, int least) {
        List<Long> times = new ArrayList<>();
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (times.size() < least || System.nanoTime() < until) {
            long began = System.nanoTime();
            work.run();
            times.add(System.nanoTime() - began);
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** By all threads that live. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
