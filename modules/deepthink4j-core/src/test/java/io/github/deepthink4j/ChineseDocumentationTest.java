package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.Twins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Chinese pages say what the English ones say: who changes a page changes its twin. */
class ChineseDocumentationTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    static List<Arguments> pairs() throws IOException {
        List<Arguments> pairs = new ArrayList<>();
        pairs.add(Arguments.of("README.md", "README.zh-CN.md"));
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/zh"))) {
            pages.map(page -> page.getFileName().toString())
                    .sorted()
                    .forEach(name -> pairs.add(Arguments.of("docs/" + name, "docs/zh/" + name)));
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void should_be_the_twin_of_the_english_page(String page, String twin) throws IOException {
        assertThat(ROOT.resolve(page)).as("the English page of " + twin).exists();

        assertThat(Twins.differences(Files.readString(ROOT.resolve(page)), Files.readString(ROOT.resolve(twin))))
                .as(twin)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void should_lead_somewhere_and_to_each_other(String page, String twin) throws IOException {
        Path from = ROOT.resolve(twin);
        List<Path> linked = new ArrayList<>();
        Matcher link = LINK.matcher(Files.readString(from));
        while (link.find()) {
            linked.add(from.resolveSibling(link.group(1)).normalize());
        }

        assertThat(linked).as(twin).allSatisfy(target -> assertThat(target).exists());
        assertThat(linked).as(twin).contains(ROOT.resolve(page).normalize());
        assertThat(Files.readString(ROOT.resolve(page))).contains("简体中文");
    }

    /** The plain word throughout, as in the samples: a page that changes between the two reads as if two people had written it. */
    @ParameterizedTest
    @MethodSource("pairs")
    void should_address_the_reader_in_one_way(String page, String twin) throws IOException {
        assertThat(Files.readString(ROOT.resolve(twin))).as(twin).doesNotContain("您");
    }

    @Test
    void should_have_the_pages_that_users_read_first() throws IOException {
        assertThat(pairs().stream().map(pair -> (String) pair.get()[1]))
                .contains(
                        "docs/zh/models.md",
                        "docs/zh/memory.md",
                        "docs/zh/agents.md",
                        "docs/zh/errors.md",
                        "docs/zh/hosts.md",
                        "docs/zh/recipes.md",
                        "docs/zh/migration.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "# A\\n## B\\n; # 甲\\n### 乙\\n; heading 2",
                "# A\\n; # 甲\\n## 乙\\n; of kind heading",
                "```java\\na()\\n```\\n; ```java\\nb()\\n```\\n; code block 1",
                "```java\\na()\\n```\\n; ```\\na()\\n```\\n; code block 1",
                "| a | b |\\n|---|---|\\n| c | d |\\n; | a | b |\\n|---|---|\\n; table 1",
                "| a | b |\\n; | a |\\n; table 1",
            })
    void should_see_a_planted_difference(String page, String twin, String expected) {
        assertThat(Twins.differences(page.replace("\\n", "\n"), twin.replace("\\n", "\n")))
                .singleElement()
                .asString()
                .contains(expected);
    }
}
