package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java block of this module's page compiles. */
class AgentsDocumentationTest {

    @Test
    void should_compile() throws IOException {
        List<Compiled> blocks = JavaBlocks.compiled(List.of(Path.of("../../docs/agents.md")));

        assertThat(blocks).hasSizeGreaterThan(4);
        assertThat(blocks).allSatisfy(block -> assertThat(block.errors()).isEmpty());
    }
}
