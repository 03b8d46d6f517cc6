package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/recipes.md tells Gradle to take is there, in these versions. Gradle itself does not run here: it is no Maven artifact. */
class GradleRecipeTest {

    private static final Pattern DEPENDENCY =
            Pattern.compile("(\\w+)\\((platform\\()?\"([\\w.-]+):([\\w.-]+)(?::([\\w.-]+))?\"\\)");

    @Test
    void should_name_what_there_is() throws IOException {
        String page = Files.readString(Path.of("../../docs/recipes.md"));
        String block = page.substring(page.indexOf("```kotlin\ndependencies {"));
        List<MatchResult> dependencies = DEPENDENCY
                .matcher(block.substring(0, block.indexOf("```\n\n")))
                .results()
                .toList();
        String bom = Files.readString(Path.of("../deepthink4j-bom/pom.xml"));
        String parent = Files.readString(Path.of("../../pom.xml"));
        String version = first(parent, "    <version>(.*)</version>");

        assertThat(dependencies).hasSize(4);
        for (MatchResult dependency : dependencies) {
            boolean ours = dependency.group(3).equals("io.github.deepthink4j");
            if (dependency.group(2) != null) {
                assertThat(dependency.group(4)).isEqualTo(first(bom, "<artifactId>(.*)</artifactId>"));
                assertThat(dependency.group(5)).isEqualTo(version);
            } else if (ours) {
                assertThat(dependency.group(5)).as("the platform has it").isNull();
                assertThat(bom.substring(bom.indexOf("<dependencyManagement>")))
                        .contains("<artifactId>" + dependency.group(4) + "</artifactId>");
            } else {
                assertThat(dependency.group(5))
                        .isEqualTo(first(parent, "<langchain4j.version>(.*)</langchain4j.version>"));
            }
        }
    }

    private static String first(String text, String regex) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
