package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Scenarios;
import io.github.deepthink4j.benchmarks.server.LoadServer;
import io.github.deepthink4j.benchmarks.server.ServerAddress;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server's process and those of the trials: where {@code taskset} is there, the server has one core to itself and the
 * trials have another.
 */
final class Processes implements AutoCloseable {

    private static final int SERVER_CORE = 0;
    private static final int CLIENT_CORE = 1;
    private static final String PASSWORD = "benchmark";
    private static final long LONGEST_TRIAL_MINUTES = 10;

    private final Settings settings;
    private final boolean pinned;
    private final Path keyStore;
    private final Process server;
    private final ServerAddress address;

    Processes(Settings settings) throws IOException, InterruptedException {
        this.settings = settings;
        this.pinned = Runtime.getRuntime().availableProcessors() > 1 && hasTaskset();
        this.keyStore = newKeyStore();
        List<String> command = java(SERVER_CORE, List.of("-Xmx2g", "-XX:+UseSerialGC"));
        command.addAll(List.of(LoadServer.class.getName(), keyStore.toString(), PASSWORD));
        this.server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        endWithThisOne(server);
        String ports = server.inputReader().readLine();
        if (ports == null) {
            throw new IOException("the server has not come up");
        }
        this.address = ServerAddress.of(ports.replace(' ', ',') + "," + server.pid());
    }

    boolean pinned() {
        return pinned;
    }

    /** @return the figures; fewer or none if the trial failed, which it has then said */
    Map<String, Double> trial(String scenario, Library library) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(settings.jvmFlags());
        flags.addAll(Scenarios.of(scenario).flags());
        flags.add("-Djavax.net.ssl.trustStore=" + keyStore);
        flags.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        List<String> command = java(CLIENT_CORE, flags);
        command.addAll(List.of(
                SubjectProcess.class.getName(),
                scenario,
                library.label(),
                address.argument(),
                String.valueOf(settings.warmUp().toMillis()),
                String.valueOf(settings.measured().toMillis()),
                String.valueOf(settings.quick())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        endWithThisOne(process);
        Thread watchdog = new Thread(() -> endLate(process));
        watchdog.setDaemon(true);
        watchdog.start();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(SubjectProcess.MARK)) {
                    String[] parts = line.split("\t");
                    figures.put(parts[1], Double.valueOf(parts[2]));
                }
            }
        }
        process.waitFor();
        return figures;
    }

    /** A trial that goes on after an interrupt would disturb the next run. */
    private static void endWithThisOne(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(LONGEST_TRIAL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> java(int core, List<String> flags) {
        List<String> command = new ArrayList<>();
        if (pinned) {
            command.addAll(List.of("taskset", "-c", String.valueOf(core)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static boolean hasTaskset() throws InterruptedException {
        try {
            return new ProcessBuilder("taskset", "-c", "0,1", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The server's certificate, which is also what the clients trust. */
    private static Path newKeyStore() throws IOException, InterruptedException {
        Path file = Files.createTempDirectory("benchmark").resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        Files.deleteIfExists(keyStore);
        Files.deleteIfExists(keyStore.getParent());
    }
}
