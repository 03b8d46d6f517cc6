package io.github.deepthink4j.benchmarks.scenario;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A span of time: what this process used of the machine, and what processes used that are neither it nor the server. By
 * {@code /proc}, so that elsewhere than on Linux the others are not known.
 */
public final class Window {

    private static final double TICKS_PER_SECOND = 100;

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path NO_SERVER = Path.of("");

    private final OperatingSystemMXBean own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Path server;
    private final long began = System.nanoTime();
    private final long ownBefore = own.getProcessCpuTime();
    private final double serverBefore;
    private final double machineBefore;

    /** Begins now. */
    Window(long serverPid) {
        this(Path.of("/proc/" + serverPid + "/stat"));
    }

    private Window(Path server) {
        this.server = server;
        this.serverBefore = serverSeconds();
        this.machineBefore = machineSeconds();
    }

    /** Begins now; of this process only. */
    public static Window withoutServer() {
        return new Window(NO_SERVER);
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    double ownCpuSeconds() {
        return (own.getProcessCpuTime() - ownBefore) / 1e9;
    }

    /** In cores; NaN if not known. */
    public double others() {
        double others = machineSeconds() - machineBefore - (serverSeconds() - serverBefore) - ownCpuSeconds();
        return Double.isNaN(others) ? others : Math.max(0, others / seconds());
    }

    /** All that was not idle: user, nice, system, irq, softirq, steal. */
    private static double machineSeconds() {
        String[] fields = firstLine(MACHINE).split(" +");
        if (fields.length < 9) {
            return Double.NaN;
        }
        long ticks = 0;
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private double serverSeconds() {
        if (server.equals(NO_SERVER)) {
            return 0;
        }
        String line = firstLine(server);
        if (line.isEmpty()) {
            return Double.NaN;
        }
        // The name of the program, in brackets, may hold blanks; user and system time are the 12th and 13th after it.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static String firstLine(Path file) {
        try (var lines = Files.newBufferedReader(file)) {
            return lines.readLine();
        } catch (IOException e) {
            return "";
        }
    }
}
