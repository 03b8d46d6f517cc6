package io.github.deepthink4j.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a shell, with its ends at folders, full disks and nothing at all. */
class ShellTest {

    /** @param exitCode of the shell */
    private record Shell(int exitCode, String output) {}

    /** Runs a line in which {@code sample} is the program. */
    private static Shell shell(String line) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "There is no /dev/full here.");
        String java = System.getProperty("java.home")
                + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.language=en";
        ProcessBuilder shell = new ProcessBuilder(
                "sh", "-c", "sample() { " + java + " -cp \"$classes\" " + Main.class.getName() + " \"$@\"; }; " + line);
        shell.environment()
                .keySet()
                .removeIf(name -> name.matches("LC_.*|AGENT_.*|.*_(?:API_KEY|BASE_URL|MODEL)|JAVA_TOOL_OPTIONS"));
        shell.environment().put("classes", System.getProperty("java.class.path"));
        shell.environment().put("LANG", "C.UTF-8");
        Process process = shell.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Shell(process.exitValue(), output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sample </              | 1 | Error: the input can't be read: Is a directory
        sample --help >/dev/full | 2 | Error: the output could not be written: No space left on device
        sample --version >&-   | 2 | Error: the output could not be written: Bad file descriptor
        """)
    void should_say_in_a_line_what_can_not_be_read_or_written(String line, int exitCode, String said) throws Exception {
        Shell shell = shell(line);

        assertThat(shell.output()).contains(said).doesNotContain("\tat ", "Exception", "\033");
        assertThat(shell.exitCode()).isEqualTo(exitCode);
    }
}
