package io.github.deepthink4j.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of research: its commands do what stands below them, and its figures are those that are measured. */
class ResearchPageTest {

    private static final Pattern ARGS = Pattern.compile("-Dexec\\.args=\"([^\"]*)\"");
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private Path folder;

    private static String section(String page, String begin) throws IOException {
        Path file = Path.of("../../docs").resolve(page);
        assumeTrue(Files.exists(file), "this folder was copied without the documentation: skipped");
        String text = Files.readString(file);
        int at = text.indexOf(begin);
        return text.substring(at, text.indexOf("\n## ", at));
    }

    private List<String> args(String command) {
        List<String> args = new ArrayList<>();
        for (MatchResult one : ARGUMENT.matcher(command).results().toList()) {
            String argument = one.group(1) == null ? one.group(2) : one.group(1);
            args.add(argument.equals(".rag-research") ? folder.resolve("index").toString() : argument);
        }
        return args;
    }

    @Test
    void should_show_what_the_commands_print() throws IOException {
        String section = section("rag.md", "## Research");
        String printed = "";
        for (MatchResult command : ARGS.matcher(section).results().toList()) {
            SampleCorpus.Run run =
                    SampleCorpus.run(Map.of(), "", args(command.group(1)).toArray(String[]::new));
            assertThat(run.exitCode()).as(run.output()).isZero();
            printed = run.output();
        }

        String shown = section.replaceAll("(?s).*```text\n(.*?)```.*", "$1");
        assertThat(shown.lines()).hasSizeGreaterThan(6);
        assertThat(printed).containsSubsequence(shown.lines().toList());
        assertThat(section("zh/rag.md", "## 研究")).contains(shown);
    }

    @Test
    void should_quote_the_figures_that_are_measured() throws IOException {
        SampleCorpus.Run run = SampleCorpus.run(Map.of(), "", "evaluate", "--research");

        List<String> rows = run.output()
                .lines()
                .filter(line -> line.matches("\\| (one search|research) \\|.*"))
                .map(line -> line.replaceFirst("\\|[^|]*\\|[^|]*\\|$", "|"))
                .toList();
        assertThat(rows).hasSize(2);
        assertThat(section("rag.md", "## Research").lines()).containsAll(rows);
        assertThat(section("zh/rag.md", "## 研究"))
                .contains(rows.stream()
                        .map(row -> row.replace(" of ", " / ")
                                .replace("one search", "一次检索")
                                .replace("research", "研究"))
                        .toList());
        assertThat(run.output())
                .contains("[of a simulator, which tells nothing of a model; the cost is what DeepSeek would ask]");
        assertThat(run.exitCode()).isZero();
    }
}
