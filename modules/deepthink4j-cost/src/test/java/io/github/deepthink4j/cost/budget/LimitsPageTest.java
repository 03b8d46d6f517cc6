package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the page about limits and budgets compiles. */
class LimitsPageTest {

    @TempDir
    private Path classes;

    static List<String> blocks() throws IOException {
        return JavaBlocks.of(Path.of("../../docs/limits.md"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(String block) {
        String source = JavaBlocks.source(block);

        assertThat(JavaBlocks.errors(source, classes)).as(source).isEmpty();
    }
}
