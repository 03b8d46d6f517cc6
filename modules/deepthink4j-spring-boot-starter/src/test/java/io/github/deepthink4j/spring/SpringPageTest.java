package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What docs/spring-boot.md shows compiles, and starts. */
class SpringPageTest {

    private static final Path PAGE = Path.of("../../docs/spring-boot.md");
    private static final Pattern YAML = Pattern.compile("^```yaml$(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(PAGE));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }

    static List<String> files() throws IOException {
        return YAML.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("(?m)^```.*$", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void should_start_with_the_properties_of_the_page(String yaml) throws IOException {
        List<PropertySource<?>> properties = new YamlPropertySourceLoader()
                .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        Runners.withKey()
                .withInitializer(context -> properties.forEach(
                        source -> context.getEnvironment().getPropertySources().addLast(source)))
                .run(context -> assertThat(context).hasNotFailed().hasBean("deepSeekChatModel"));
    }
}
