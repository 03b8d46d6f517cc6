package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the README and the docs compiles, and every link between them leads somewhere. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..");

    /** The pages of other modules and of samples, whose own tests compile them. */
    private static final Set<String> COMPILED_ELSEWHERE = Set.of(
            "agents.md",
            "limits.md",
            "cost.md",
            "migration.md",
            "netty.md",
            "observability.md",
            "rag.md",
            "reactor.md",
            "recipes.md",
            "spring-boot.md");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Path> pages = new ArrayList<>(
                    docs.filter(page -> page.toString().endsWith(".md")).toList());
            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
                    .map(ROOT::resolve)
                    .forEach(pages::add);
            return pages;
        }
    }

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(pages().stream()
                .filter(page -> !COMPILED_ELSEWHERE.contains(page.getFileName().toString()))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void should_link_to_what_is_there(Path page) throws IOException {
        Matcher matcher = LINK.matcher(Files.readString(page));
        while (matcher.find()) {
            assertThat(page.resolveSibling(matcher.group(1))).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("errorTypes")
    void should_document_every_error(Path type) throws IOException {
        String name = type.getFileName().toString().replace(".java", "");

        assertThat(Files.readString(ROOT.resolve("docs/errors.md"))).contains("`" + name + "`");
    }

    static List<Path> errorTypes() {
        try (Stream<Path> types = Files.list(Path.of("src/main/java/io/github/deepthink4j/error"))) {
            return types.filter(type -> type.toString().endsWith("Exception.java"))
                    .filter(DocumentationTest::isPublic)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPublic(Path type) {
        try {
            return Files.readString(type).contains("\npublic ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
