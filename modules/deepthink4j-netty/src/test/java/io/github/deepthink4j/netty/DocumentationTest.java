package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the page about Netty compiles. */
class DocumentationTest {

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(Path.of("../../docs/netty.md")));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }
}
