package io.github.deepthink4j.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.index.Index;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a shell, with its ends at pipes, full disks and nothing at all. */
@OnlyThorough
class ShellTest {

    @TempDir
    private Path folder;

    /** @param exitCode of the shell */
    private record Shell(int exitCode, String output) {}

    /** Runs a line in which {@code rag} is the program and {@code $i} a folder for an index. */
    private Shell shell(String line, Map<String, String> environment) throws IOException, InterruptedException {
        String java = System.getProperty("java.home")
                + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.language=en";
        ProcessBuilder shell = new ProcessBuilder(
                "bash",
                "-c",
                "set -o pipefail; rag() { exec " + java + " -cp \"$classes\" " + Main.class.getName() + " \"$@\"; }; "
                        + line);
        shell.environment().putAll(Map.of("classes", System.getProperty("java.class.path")));
        shell.environment().put("i", folder.resolve("index").toString());
        shell.environment().keySet().removeIf(name -> name.matches("LC_.*|RAG_.*|DEEPSEEK_.*|JAVA_TOOL_OPTIONS"));
        shell.environment().put("LANG", "C.UTF-8");
        shell.environment().putAll(environment);
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Shell(process.exitValue(), output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        (rag --help)                                | 0 | Usage: rag
        (rag --version)                             | 0 | rag
        (rag ask --help) <&-                        | 0 | Usage: rag ask
        (rag --help) </dev/null                     | 0 | ingest
        (rag --help) >/dev/full                     | 2 | Error: the output could not be written: No space left on device
        (rag nonsense)                              | 2 | nonsense
        (rag ingest)                                | 2 | FOLDER
        (rag ingest corpus/battery.md --index $i)   | 2 | battery.md is no folder
        (rag ingest corpus --index corpus/overview.md) | 2 | Error: corpus/overview.md: a file is in the place of a folder
        (rag ingest corpus --index /proc/x)         | 2 | Error: /proc/x
        (rag ask Hi --index $i)                     | 2 | There is no index
        """)
    void should_say_in_a_line_what_there_is_to_say(String line, int exitCode, String said) throws Exception {
        Shell shell = shell(line.replace("(", "( ").replace(")", " )"), Map.of());

        assertThat(shell.output()).contains(said).doesNotContain("\tat ", "Exception", "\033");
        assertThat(shell.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void should_go_on_when_nobody_reads_and_ask_when_nobody_types() throws Exception {
        Shell ingest = shell("( rag ingest corpus --index $i ) | head -1; ( rag ask --index $i ) <&-", Map.of());

        assertThat(ingest.output())
                .contains("Reading 24 files")
                .contains("a simulator answers")
                .doesNotContain("\tat ", "Exception");
        assertThat(Index.contents(folder.resolve("index")).orElseThrow().files())
                .hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({"INT", "TERM", "HUP"})
    void should_keep_what_is_done_when_it_is_ended_by_a_signal_in_a_pipe(String signal) throws Exception {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        for (int n = 0; n < 2_000; n++) {
            Files.writeString(documents.resolve("cup-" + n + ".md"), "# Cup " + n + "\n\nIt holds three litres.\n");
        }

        Shell ended = shell(
                "set -m; ( rag ingest " + documents + " --index $i ) | cat & "
                        + "until grep -q cup- $i/catalog.json 2>/dev/null; do sleep 0.1; done; "
                        + "kill -" + signal + " $(jobs -p); wait %1",
                Map.of());

        assertThat(ended.output())
                .containsPattern("Stopped: [1-9]\\d+ added, 0 changed")
                .doesNotContain("\tat ", "SIGSEGV");
        String added = ended.output().replaceAll("(?s).*Stopped: (\\d+) added.*", "$1");
        assertThat(Index.contents(folder.resolve("index")).orElseThrow().files())
                .hasSize(Integer.parseInt(added));
    }

    @Test
    void should_tell_files_apart_where_there_is_no_locale() throws Exception {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        Files.writeString(documents.resolve("\u7535\u6C60.md"), "# A\n\nThe first.\n");
        Files.writeString(documents.resolve("\u5C4F\u5E55.md"), "# B\n\nThe second.\n");

        Shell shell = shell("( rag ingest " + documents + " --index $i )", Map.of("LC_ALL", "C"));

        assertThat(shell.output()).contains("2 added");
        assertThat(Index.contents(folder.resolve("index")).orElseThrow().files())
                .containsOnlyKeys("\u7535\u6C60.md", "\u5C4F\u5E55.md");
    }
}
