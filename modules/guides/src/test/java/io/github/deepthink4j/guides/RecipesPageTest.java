package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java blocks of docs/recipes.md are the classes that the tests beside them run, each once. */
class RecipesPageTest {

    private static final Path CLASSES = Path.of("src/test/java/io/github/deepthink4j/guides/recipes");

    @Test
    void should_show_what_is_tested() throws IOException {
        List<String> blocks = JavaBlocks.of(Path.of("../../docs/recipes.md"));

        try (Stream<Path> files = Files.list(CLASSES)) {
            List<String> classes = files.filter(file -> !file.toString().endsWith("RecipesTest.java"))
                    .map(RecipesPageTest::withoutPackage)
                    .toList();
            assertThat(blocks).containsExactlyInAnyOrderElementsOf(classes);
        }
    }

    private static String withoutPackage(Path file) {
        try {
            return Files.readString(file).replaceFirst("package [^\n]*\n\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
