package io.github.deepthink4j.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java blocks of the sample's page compile, and its figures are those that the evaluation prints. */
class DocumentationTest {

    private static final Path PAGE = Path.of("../../docs/rag.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static String page() throws IOException {
        assumeTrue(Files.exists(PAGE), "this folder was copied without the documentation: skipped");
        return Files.readString(PAGE);
    }

    @Test
    void should_compile() throws IOException {
        Matcher blocks = BLOCK.matcher(page());
        List<String> errors = new ArrayList<>();
        int count = 0;
        while (blocks.find()) {
            errors.add(errors(blocks.group(1), "Example" + ++count));
        }

        assertThat(errors).hasSize(3).containsOnly("");
    }

    private String errors(String block, String name) throws IOException {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String code = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = code.contains("interface ") ? code : "void example() throws Exception {\n" + code + "\n}";
        Path file = Files.writeString(
                folder.resolve(name + ".java"), imports + "\nclass " + name + " {\n" + body + "\n}\n");
        StringWriter errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", folder.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
            compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
        }
        return errors.toString();
    }

    @Test
    void should_quote_the_figures_that_are_measured() throws IOException {
        String page = page();
        String printed = SampleCorpus.run(
                        Map.of(),
                        "",
                        "evaluate",
                        "--retrieval-only",
                        "--index",
                        SampleCorpus.index().toString())
                .output();

        Matcher figures = Pattern.compile(
                        "recall@1 ([^,]+), .*?recall@5 ([^,]+), (?:MRR|mean reciprocal rank) (\\d\\.\\d\\d)")
                .matcher(printed);
        List<String> first = new ArrayList<>();
        List<String> fifth = new ArrayList<>();
        List<String> rank = new ArrayList<>();
        while (figures.find()) {
            first.add(figures.group(1).replace(" to ", "–"));
            fifth.add(figures.group(2).replace(" to ", "–"));
            rank.add(figures.group(3));
        }
        // All, English, Chinese; of all the intervals stand behind the figures.
        Matcher intervals =
                Pattern.compile("confidence: recall@1 (.*?), recall@5 (.*?)\\)").matcher(printed);
        assertThat(intervals.find()).isTrue();
        first.set(0, first.get(0) + " (" + intervals.group(1).replace(" to ", "–") + ")");
        fifth.set(0, fifth.get(0) + " (" + intervals.group(2).replace(" to ", "–") + ")");
        for (List<String> figure : List.of(first, fifth, rank)) {
            assertThat(figure).hasSize(3);
            String cells = "| " + figure.get(1) + " | " + figure.get(2) + " | " + figure.get(0) + " |";
            assertThat(page).contains(cells);
            assertThat(Files.readString(Path.of("../../docs/zh/rag.md"))).contains(cells);
        }
        assertThat(printed).contains("4 of 8 unanswerable", "0 of 32 answerable");
        assertThat(page).contains("| 4 of 8 |", "| 0 of 32 |");
    }
}
