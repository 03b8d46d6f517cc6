package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples share no code, so that each folder can be copied away. What they show passes the same screen all the same:
 * a fault that is mended in one is mended in all. Its tests are copies too, so that a copied folder is tested.
 */
class SampleScreensTest {

    private static final Path SAMPLES = Path.of("../../samples");
    private static final String PACKAGES = "java/io/github/deepthink4j/samples/";

    @ParameterizedTest
    @ValueSource(strings = {"main", "test"})
    void should_be_the_same_but_for_the_package_line(String kind) throws IOException {
        Map<String, String> chat = screen("reasoning-chat", kind, "chat");

        assertThat(chat)
                .as("the files of a screen")
                .containsOnlyKeys(
                        kind.equals("main")
                                ? new String[] {
                                    "ChineseErrors.java",
                                    "CleanText.java",
                                    "Commands.java",
                                    "LineWrap.java",
                                    "NewFile.java",
                                    "PipeScreen.java",
                                    "PipedLines.java",
                                    "PlainTerminal.java",
                                    "ProgressLines.java",
                                    "Screen.java",
                                    "SteadyPty.java",
                                    "SystemTerminal.java",
                                    "TerminalScreen.java",
                                    "Transcript.java",
                                    "TypedAhead.java",
                                    "TypedLines.java",
                                    "UnreadProxy.java",
                                    "UnseenKeys.java",
                                    "Words.java"
                                }
                                : new String[] {
                                    "ChineseErrorsTest.java",
                                    "CleanTextTest.java",
                                    "CommandsTest.java",
                                    "LineWrapTest.java",
                                    "NewFileTest.java",
                                    "PipeScreenTest.java",
                                    "ProgressLinesTest.java",
                                    "PseudoTerminal.java",
                                    "SteadyPtyTest.java",
                                    "TerminalScreenTest.java",
                                    "TranscriptTest.java",
                                    "UnreadProxyTest.java"
                                });
        assertThat(screen("agent", kind, "agent")).isEqualTo(chat);
        assertThat(screen("rag", kind, "rag")).isEqualTo(chat);
    }

    /** Nor is a setting read, or a model chosen, in another way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "main/" + PACKAGES + "%s/Environment.java",
                "test/" + PACKAGES + "%s/EnvironmentTest.java",
                "main/" + PACKAGES + "%s/Choices.java"
            })
    void should_read_the_environment_alike(String file) throws IOException {
        String chat = environment("reasoning-chat", file, "chat");

        assertThat(environment("agent", file, "agent")).isEqualTo(chat);
        assertThat(environment("rag", file, "rag/model")).isEqualTo(chat);
    }

    /** Where the samples with a conversation say what it costs, they count and say it alike. */
    @ParameterizedTest
    @ValueSource(strings = {"main/" + PACKAGES + "%s/Spending.java", "test/" + PACKAGES + "%s/SpendingTest.java"})
    void should_count_the_cost_alike(String file) throws IOException {
        String chat = environment("reasoning-chat", file, "chat");

        assertThat(environment("agent", file, "agent")).isEqualTo(chat);
        assertThat(environment("rag", file, "rag/command")).isEqualTo(chat);
    }

    private static String environment(String sample, String file, String folder) throws IOException {
        return Files.readString(SAMPLES.resolve(sample + "/src/" + String.format(file, folder)))
                .replaceFirst("package [\\w.]+;\n", "")
                .replaceAll("\\.samples\\.\\w+\\.screen\\.", ".samples.screen.");
    }

    /** The text of each file by its name, without the package line. */
    private static Map<String, String> screen(String sample, String kind, String name) throws IOException {
        String line = "package io.github.deepthink4j.samples." + name + ".screen;\n";
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files =
                Files.list(SAMPLES.resolve(sample + "/src/" + kind + "/" + PACKAGES + name + "/screen"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(text).as("%s", file).startsWith(line);
                texts.put(file.getFileName().toString(), text.substring(line.length()));
            }
        }
        return texts;
    }
}
