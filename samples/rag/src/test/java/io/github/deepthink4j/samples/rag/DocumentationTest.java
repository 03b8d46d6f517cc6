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

        Matcher figures = Pattern.compile("(recall@\\d|mean reciprocal rank) (\\d\\.\\d\\d)")
                .matcher(printed);
        int count = 0;
        while (figures.find()) {
            assertThat(page).contains("| " + figures.group(1) + " | " + figures.group(2) + " |");
            count++;
        }
        assertThat(count).isEqualTo(4);
        assertThat(printed).contains("2 of 4 unanswerable", "0 of 16 answerable");
        assertThat(page).contains("| 2 of 4 |", "| 0 of 16 |");
    }
}
