package io.github.deepthink4j.testkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The program in a process of its own, with the classes that its jar has and no others: above all without JUnit. */
@Timeout(120)
class MainTest {

    private static final Pattern PORT = Pattern.compile(".*127\\.0\\.0\\.1:(\\d+)|port:\\s+(\\d+)");
    private static final String CHAT = """
            {"model":"deepseek-flash","messages":[{"role":"user","content":"Hi"}]}""";

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private static String classPath(Class<?>... more) {
        Stream<Class<?>> jar = Stream.of(
                Main.class,
                CommandLine.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonCreator.class,
                YAMLFactory.class,
                Yaml.class);
        return Stream.concat(jar, Arrays.stream(more))
                .map(MainTest::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start(String classPath, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DEEPSEEK_GENERATION", "V4_1");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Where it says that it listens. */
    private static String baseUrl(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return "http://127.0.0.1:" + (port.group(1) == null ? port.group(2) : port.group(1));
            }
        }
        throw new AssertionError("it has ended and said: " + said);
    }

    private static HttpResponse<String> chat(String baseUrl, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                    .header("Authorization", "Bearer sk-test")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_simulate_by_a_script() throws IOException {
        Path script = Files.writeString(folder.resolve("script.yaml"), """
                generation: V4_1
                scripts: [ { onMessage: Hi, answer: Hello } ]
                """);

        String baseUrl = baseUrl(start(classPath(), Main.class.getName(), "--script", script.toString(), "--strict"));

        assertThat(chat(baseUrl, CHAT).body()).contains("Hello");
        assertThat(chat(baseUrl, CHAT.replace("deepseek-flash", "deepseek-r9")).body())
                .contains("but you passed deepseek-r9.");
        assertThat(chat(baseUrl, CHAT.replace("{\"model\"", "{\"seed\":1,\"model\""))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true", disabledReason = "run by mvn verify -Pthorough")
    void should_record_and_replay() throws IOException {
        try (DeepSeekSimulator real = DeepSeekSimulator.as(Generation.R1)) {
            real.onAnyMessage().answer("Call 555-123 now");
            Process recorder = start(
                    classPath(),
                    Main.class.getName(),
                    "record",
                    "--upstream",
                    real.baseUrl(),
                    "--into",
                    folder.toString(),
                    "--redact-text",
                    "\\d+-\\d+");
            chat(baseUrl(recorder), CHAT.replace("deepseek-flash", "deepseek-chat"));
        }

        String baseUrl =
                baseUrl(start(classPath(), Main.class.getName(), "--replay", folder.toString(), "--generation", "r1"));

        assertThat(chat(baseUrl, CHAT.replace("deepseek-flash", "deepseek-chat"))
                        .body())
                .contains("Call *** now");
    }

    @Test
    void should_end_with_a_word_when_it_can_not_start() throws Exception {
        Process process = start(classPath(), Main.class.getName(), "--script", "no-such.yaml");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("can't read the script")
                .contains("no-such.yaml")
                .doesNotContain("\tat ");
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true", disabledReason = "run by mvn verify -Pthorough")
    void should_be_found_by_a_wiremock_that_runs_by_itself() throws IOException {
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("mappings/chat.json"), """
                { "request": { "method": "POST", "urlPath": "/chat/completions" },
                  "response": { "transformerParameters": { "thinking": "So.", "text": "Yes" } } }""");

        String baseUrl = baseUrl(
                start(classPath(WireMockServer.class), "wiremock.Run", "--port", "0", "--root-dir", folder.toString()));

        assertThat(chat(baseUrl, CHAT).body()).contains("\"reasoning_content\":\"So.\"");
        assertThat(chat(baseUrl, CHAT.replace("deepseek-flash", "deepseek-r9")).body())
                .contains("but you passed deepseek-r9.");
    }
}
