package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the page about Reactor compiles, and it names every event. */
class DocumentationTest {

    private static final Path PAGE = Path.of("../../docs/reactor.md");

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(PAGE));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }

    @Test
    void should_name_every_event() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Stream.of(ReasoningEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .hasSize(6)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
