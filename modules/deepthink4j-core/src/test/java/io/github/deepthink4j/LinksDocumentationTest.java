package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link to a heading leads to one, as GitHub names them. */
class LinksDocumentationTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]*)#([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "docs/zh")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.map(file -> ROOT.relativize(file).toString())
                        .filter(name -> name.endsWith(".md"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void should_lead_to_headings_that_are_there(String page) throws IOException {
        Path from = ROOT.resolve(page);
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(prose(Files.readString(from)));
        while (link.find()) {
            Path to = link.group(1).isEmpty() ? from : from.resolveSibling(link.group(1));
            if (to.toString().endsWith(".md") && !anchors(Files.readString(to)).contains(link.group(2))) {
                broken.add(link.group());
            }
        }

        assertThat(broken).as(page).isEmpty();
    }

    @Test
    void should_name_headings_as_github_does() {
        assertThat(anchors("# What `a.b()` does: it's [new](x.md)\n## 指标\n## 指标\n```\n# no\n```\n<a id=\"own\"></a>"))
                .containsExactlyInAnyOrder("what-ab-does-its-new", "指标", "指标-1", "own");
    }

    private static String prose(String markdown) {
        return CODE.matcher(markdown).replaceAll("");
    }

    private static Set<String> anchors(String markdown) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(prose(markdown));
        while (heading.find()) {
            String name = heading.group(1)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                    .replace(' ', '-');
            int before = seen.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        }
        Matcher own = ANCHOR.matcher(markdown);
        while (own.find()) {
            anchors.add(own.group(1));
        }
        return anchors;
    }
}
