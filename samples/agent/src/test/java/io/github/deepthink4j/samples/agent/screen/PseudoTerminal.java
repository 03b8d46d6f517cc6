package io.github.deepthink4j.samples.agent.screen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program on a terminal as the system makes them, opened by the tool {@code script}: keys in, screen out, signals and size. */
public final class PseudoTerminal implements AutoCloseable {

    private static final String HEARING = "--default-signal=INT --default-signal=QUIT";
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern ESCAPE = Pattern.compile("\033(?:\\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])");

    private final Process process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Thread reading;
    private boolean over;

    private PseudoTerminal(Process process) {
        this.process = process;
        reading = new Thread(this::readAll, "pseudo-terminal");
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Starts a program, or skips the test where there are no such terminals.
     *
     * @param environment in the place of this process's own variables that a terminal or a sample reads
     */
    public static PseudoTerminal run(Class<?> main, Map<String, String> environment, int columns, String... args)
            throws IOException {
        assumeTrue(isAvailable(), "There is no 'script' of util-linux here: not tested on a pseudo-terminal.");
        List<String> java = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=en",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        java.addAll(List.of(args));
        String command = java.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                "script",
                "-qefc",
                // What a shell starts in the background would else not hear of Ctrl-C, nor would this program.
                "stty cols " + columns + " rows 24; echo \"<$(tty)>\"; env " + HEARING + " true 2>/dev/null"
                        + " && exec env " + HEARING + " " + command + "; exec " + command,
                "/dev/null");
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("NO_COLOR|LC_.*|RAG_.*|AGENT_.*|.*_(?:API_KEY|BASE_URL|MODEL)"));
        builder.environment().putAll(Map.of("TERM", "xterm", "LANG", "C.UTF-8", "SHELL", "/bin/sh"));
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.redirectErrorStream(true).start());
    }

    private static boolean isAvailable() {
        try {
            Process version = new ProcessBuilder("script", "--version")
                    .redirectErrorStream(true)
                    .start();
            return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("util-linux");
        } catch (IOException e) {
            return false;
        }
    }

    private void readAll() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (this) {
                    out.write(buffer, 0, read);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    public void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** A key that is held down, and what the program says to it, until it says no more. */
    public void hold(String key, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            type(key);
            Thread.sleep(15);
        }
        String before;
        do {
            before = raw();
            Thread.sleep(1000);
        } while (!raw().equals(before));
    }

    /** Another size of the window, which the program is told by a signal while it waits at its prompt. */
    public synchronized void resize(int columns) throws IOException, InterruptedException {
        int before = shown().lastIndexOf("> ");
        resizeMeanwhile(columns);
        long end = System.nanoTime() + LIMIT_NANOS;
        // What is typed meanwhile would be drawn into the old prompt.
        while (shown().lastIndexOf("> ") == before || !shown().endsWith("> ")) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (over || left <= 0) {
                throw new AssertionError("no prompt was drawn anew, but: " + shown());
            }
            wait(left);
        }
    }

    /** Another size of the window, in the midst of what the program does. */
    public void resizeMeanwhile(int columns) throws IOException, InterruptedException {
        new ProcessBuilder("stty", "-F", device(), "cols", String.valueOf(columns))
                .start()
                .waitFor();
    }

    private String device() {
        Matcher device = Pattern.compile("<(/dev/[\\w/]+)>").matcher(raw());
        if (!device.find()) {
            throw new IllegalStateException("no device in " + raw());
        }
        return device.group(1);
    }

    /** A signal to the program, such as a shell sends it. */
    public void signal(String name) throws IOException, InterruptedException {
        ProcessHandle program = process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        // The tool script halts with what it has started.
        String script = name.equals("CONT") ? String.valueOf(process.pid()) : "";
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + program.pid() + " " + script)
                .start()
                .waitFor();
    }

    /** Until the settings of the terminal, as {@code stty -a} says them, have this one. */
    public void awaitSetting(String setting) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            Process stty = new ProcessBuilder("stty", "-a", "-F", device()).start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (Pattern.compile("(?<!\\S)" + setting + "(?!\\S)").matcher(said).find()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(setting + " was not set, but: " + said);
            }
            Thread.sleep(50);
        }
    }

    /** All that was sent to the terminal. */
    public synchronized String raw() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Without the escapes. */
    public String shown() {
        return ESCAPE.matcher(raw()).replaceAll("").replace("\r", "");
    }

    public void awaitShown(String text) throws InterruptedException {
        awaitAfter("", text);
    }

    /** Until a text is shown that stands behind another one. */
    public synchronized void awaitAfter(String before, String text) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            String shown = shown();
            int from = before.isEmpty() ? 0 : shown.lastIndexOf(before);
            if (from >= 0 && shown.indexOf(text, from + before.length()) >= 0) {
                return;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (over || left <= 0) {
                throw new AssertionError("'" + text + "' was not shown, but: " + shown);
            }
            wait(left);
        }
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("It has not ended, but shown: " + shown());
        }
        reading.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
