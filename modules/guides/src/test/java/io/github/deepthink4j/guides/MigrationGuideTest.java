package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of docs/migration.md compiles, those of the libraries before as well. */
class MigrationGuideTest {

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(Path.of("../../docs/migration.md")));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }
}
