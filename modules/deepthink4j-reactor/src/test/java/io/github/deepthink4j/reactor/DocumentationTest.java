package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the page about Reactor compiles, and it names every event. */
class DocumentationTest {

    private static final Path PAGE = Path.of("../../docs/reactor.md");

    @TempDir
    private Path classes;

    static List<String> blocks() throws IOException {
        return JavaBlocks.of(PAGE);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(String block) {
        String source = JavaBlocks.source(block);

        assertThat(JavaBlocks.errors(source, classes)).as(source).isEmpty();
    }

    @Test
    void should_name_every_event() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Stream.of(ReasoningEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .hasSize(6)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
