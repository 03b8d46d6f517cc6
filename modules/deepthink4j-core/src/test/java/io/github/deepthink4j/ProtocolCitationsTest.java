package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.docs.ProtocolCitations;
import io.github.deepthink4j.docs.ProtocolCitations.Citation;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever gives docs and section as evidence gives a section that is there. */
class ProtocolCitationsTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path JAVA = Path.of("Some.java");

    /** Put together, so that the planted citations of this class are not found in its own source. */
    private static final String PAGE = "docs/" + "protocol.md";

    private static final ProtocolCitations SOME =
            new ProtocolCitations("# Title\n\n## 1. One\n\n### 1.1 Eleven\n\n## 2. Two\n\n### 2.1 A\n\n### 2.10 B\n");

    @Test
    void should_cite_only_sections_that_exist() throws IOException {
        ProtocolCitations citations = new ProtocolCitations(Files.readString(ROOT.resolve(PAGE)));

        List<String> faults = new ArrayList<>();
        for (Path file : sourcesAndPages()) {
            faults.addAll(citations.faults(ROOT.relativize(file), Files.readString(file)));
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void should_look_where_citations_are() throws IOException {
        List<Citation> found = new ArrayList<>();
        for (Path file : sourcesAndPages()) {
            if (file.toString().endsWith(".java")) {
                found.addAll(ProtocolCitations.in(file, Files.readString(file)));
            }
        }

        assertThat(found).hasSizeGreaterThan(50);
        assertThat(sourcesAndPages())
                .contains(ROOT.resolve("README.md"), ROOT.resolve("docs/profiles.md"), ROOT.resolve(PAGE))
                .anyMatch(file -> file.startsWith(ROOT.resolve("samples"))
                        && file.toString().endsWith(".java"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// (@, section 1.1).",
                "/** As @, section 2.10, has it. */",
                " * evidence (@,\n     * section 2), and so on",
                " * evidence (@, section\n * 2.1). Then",
                "// evidence (@,\n        // section 1)",
                " * (@, sections 1, 2.1 and 2.10)",
                " * (@, sections 1.1 to 2.1,\n * and 2)",
            })
    void should_accept_sections_that_are_there(String comment) {
        assertThat(SOME.faults(JAVA, comment.replace("@", PAGE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'// (@, section 3)'                            | 1 | there is no section 3 in",
                "'first\n// (@, section 2.2).'                  | 2 | there is no section 2.2 in",
                "'/**\n * Text (@,\n * section 7.1).\n */'      | 2 | there is no section 7.1 in",
                "'/**\n * Text (@, section\n * 9).\n */'        | 2 | there is no section 9 in",
                "'\n\n// (@, sections 1.1, 2 and 4)'            | 3 | there is no section 4 in",
                "'// (@, sections 1 to 2.11)'                   | 1 | there is no section 2.11 in",
                "'// see @'                                     | 1 | names no section",
                "'// see @, the second section'                 | 1 | names no section",
                "'// see @, section two'                        | 1 | names no section",
                "'// see @, section 1 and 2'                    | 1 | names no section",
                "'// see @, sections 1'                         | 1 | names no section",
                "'\n/** The Protocol\n * Notes, section 1. */'  | 2 | cite docs/",
            })
    void should_find_a_planted_fault(String source, int line, String fault) {
        assertThat(SOME.faults(JAVA, source.replace("@", PAGE)))
                .singleElement()
                .asString()
                .startsWith("Some.java:" + line + ": ")
                .contains(fault);
    }

    @Test
    void should_take_a_link_for_no_citation_but_check_its_text() {
        Path page = Path.of("page.md");

        assertThat(SOME.faults(page, "[evidence](" + PAGE + ") and [more](../" + PAGE + "#1-one)"))
                .isEmpty();
        assertThat(SOME.faults(page, "[" + PAGE + ", section 8](protocol.md)")).hasSize(1);
    }

    @Test
    void should_check_the_references_of_the_page_to_itself() {
        assertThat(SOME.faults(Path.of(PAGE), "As in section 2.1; not as in\nsections 1 and 5."))
                .containsExactly(PAGE + ":2: there is no section 5 in " + PAGE + ": sections 1 and 5");
    }

    @Test
    void should_refuse_a_page_that_gives_a_number_twice() {
        assertThatThrownBy(() -> new ProtocolCitations("## 1. One\n\n## 1. Another\n"))
                .hasMessage("there are two sections 1");
    }

    private static List<Path> sourcesAndPages() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean other = name.equals("target") || (name.startsWith(".") && !folder.equals(ROOT));
                return other ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.toString();
                if (name.endsWith(".java") || name.endsWith(".md")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
