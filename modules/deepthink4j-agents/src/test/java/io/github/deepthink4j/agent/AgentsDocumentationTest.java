package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java block of this module's page compiles. */
class AgentsDocumentationTest {

    @TempDir
    private Path classes;

    @Test
    void should_compile() throws IOException {
        List<String> blocks = JavaBlocks.of(Path.of("../../docs/agents.md"));

        assertThat(blocks).hasSizeGreaterThan(4);
        for (String block : blocks) {
            String source = JavaBlocks.source(block);

            assertThat(JavaBlocks.errors(source, classes)).as(source).isEmpty();
        }
    }
}
