package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test classes that the guide to testing shows are compiled as they stand, and pass. */
class TestingGuideTest {

    private static final Path PAGE = Path.of("../../docs/testing.md");
    private static final Pattern TEST_CLASS = Pattern.compile("```java\\n([^`]*?\\nclass (\\w+Test) [^`]*)```");

    @TempDir
    private static Path classes;

    private static List<MatchResult> testClasses() throws IOException {
        return TEST_CLASS.matcher(Files.readString(PAGE)).results().toList();
    }

    /** All in one go: to read the class path takes longer than to compile a class. */
    @BeforeAll
    static void compile() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path")));
        for (MatchResult testClass : testClasses()) {
            Path file = classes.resolve(testClass.group(2) + ".java");
            arguments.add(Files.writeString(file, testClass.group(1)).toString());
        }

        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));

        assertThat(errors).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AssistantTest", "WeatherTest", "StopButtonTest", "BadDayTest", "CapitalTest", "WireMockedTest"})
    void should_pass(String name) throws Exception {
        TestExecutionSummary summary = run(name);

        StringWriter failures = new StringWriter();
        summary.printFailuresTo(new PrintWriter(failures));
        assertThat(summary.getTotalFailureCount()).as(failures.toString()).isZero();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    @Test
    void should_run_each_test_class_of_the_page() throws IOException {
        assertThat(testClasses())
                .extracting(match -> match.group(2))
                .containsExactly(
                        "AssistantTest",
                        "WeatherTest",
                        "StopButtonTest",
                        "BadDayTest",
                        "CapitalTest",
                        "WireMockedTest");
    }

    @Test
    void should_show_the_recording_that_is_replayed() throws IOException {
        String page = Files.readString(PAGE);
        Path recordings = Path.of("src/test/recordings/capital");

        assertThat(page).contains("```json\n" + Files.readString(recordings.resolve("001.json")) + "```");
        assertThat(page).contains("```text\n" + Files.readString(recordings.resolve("001.sse")) + "```");
    }

    private static TestExecutionSummary run(String name) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader.loadClass(name)))
                                    .build(),
                            listener);
            return listener.getSummary();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
