package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of docs/migration.md compiles, those of the libraries before as well. */
class MigrationGuideTest {

    @TempDir
    private Path classes;

    static List<String> blocks() throws IOException {
        return JavaBlocks.of(Path.of("../../docs/migration.md"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(String block) {
        String source = JavaBlocks.source(block);

        assertThat(JavaBlocks.errors(source, classes)).as(source).isEmpty();
    }
}
