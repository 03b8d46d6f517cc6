package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/dependencies.md, which {@code .ci/dependencies} writes, has each published module and each sample with what its pom names, in
 * these versions; and each of them has been looked up in advisories, as docs/security.md says: another version asks for a new look.
 */
class DependenciesPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^:`]+):([^`]+)` \\| (\\S+) \\| [\\d,]+ \\| ([^|]+) \\|$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");

    private record Row(String group, String name, String version, String licence) {}

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(name));
    }

    /** By module or sample. */
    private static TreeMap<String, List<Row>> sections() throws IOException {
        TreeMap<String, List<Row>> sections = new TreeMap<>();
        for (String section : page("dependencies.md").split("(?m)^## ")) {
            List<Row> rows = ROW.matcher(section)
                    .results()
                    .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)))
                    .toList();
            if (!rows.isEmpty()) {
                sections.put(section.lines().findFirst().orElseThrow(), rows);
            }
        }
        return sections;
    }

    private static String element(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + ">\\s*(.*?)\\s*</").matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    @Test
    void should_have_all_modules_and_samples() throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        Matcher published = Pattern.compile("<artifactId>(deepthink4j-\\w[\\w-]*)</artifactId>")
                .matcher(Files.readString(ROOT.resolve("modules/deepthink4j-bom/pom.xml"))
                        .replaceFirst("(?s).*?<dependencyManagement>", ""));
        while (published.find()) {
            expected.add(published.group(1));
        }
        try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
            samples.filter(sample -> Files.exists(sample.resolve("pom.xml")))
                    .forEach(sample -> expected.add("samples/" + sample.getFileName()));
        }

        assertThat(sections().keySet()).isEqualTo(expected);
    }

    @Test
    void should_have_what_each_pom_names_in_this_version() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        for (var section : sections().entrySet()) {
            String folder = section.getKey().startsWith("samples/") ? section.getKey() : "modules/" + section.getKey();
            String pom = Files.readString(ROOT.resolve(folder).resolve("pom.xml"));
            for (String dependency : named(pom)) {
                String name = element(dependency, "artifactId");
                String version = element(dependency, "version");
                if (version.startsWith("${")) {
                    String property = version.substring(2, version.length() - 1);
                    version = element(pom, property).isEmpty() ? element(parent, property) : element(pom, property);
                }
                assertThat(section.getValue())
                        .as(section.getKey())
                        .anyMatch(row -> row.name().equals(name));
                if (!version.isEmpty()) {
                    assertThat(versionOf(section.getValue(), name)).as(name).isEqualTo(version);
                }
            }
        }
        assertThat(versionOf(sections().get("deepthink4j-core"), "jackson-databind"))
                .isEqualTo(element(parent, "jackson.version"));
        assertThat(versionOf(sections().get("deepthink4j-netty"), "netty-handler"))
                .isEqualTo(element(parent, "netty.version"));
        assertThat(versionOf(sections().get("deepthink4j-reactor"), "reactor-core"))
                .isEqualTo(element(parent, "reactor.version"));
    }

    private static String versionOf(List<Row> rows, String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .version();
    }

    /** What comes to whoever depends on it: no tests, nothing that is optional, and none of ours. */
    private static List<String> named(String pom) {
        String own = pom.replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("(?s)<(dependencyManagement|build|profiles)>.*?</\\1>", "");
        return DEPENDENCY
                .matcher(own)
                .results()
                .map(found -> found.group(1))
                .filter(each -> !each.contains("<optional>true") && !each.matches("(?s).*<scope>(test|provided)<.*"))
                .filter(each -> !element(each, "groupId").contains("deepthink4j"))
                .filter(each -> !element(each, "groupId").contains("${project"))
                .toList();
    }

    @Test
    void should_know_the_licence_of_each() throws IOException {
        assertThat(sections().values().stream().flatMap(List::stream))
                .allSatisfy(row -> assertThat(row.licence()).isNotEqualTo("not in its pom"));
    }

    @Test
    void should_have_looked_each_version_up() throws IOException {
        String security = page("security.md");
        List<MatchResult> judged = Pattern.compile("(?m)^\\| ((?:`[\\w.*:-]+`(?:, )?)+) \\| ([^|]+) \\| ([^|]+) \\|$")
                .matcher(security.substring(security.indexOf("## Known holes")))
                .results()
                .toList();
        List<String> missing = new ArrayList<>();
        for (Row row :
                sections().values().stream().flatMap(List::stream).distinct().toList()) {
            boolean found = judged.stream()
                    .anyMatch(each -> (each.group(1).contains("`" + row.group() + ":*`")
                                    || each.group(1).contains("`" + row.group() + ":" + row.name() + "`"))
                            && List.of(each.group(2).strip().split(", ")).contains(row.version()));
            if (!found) {
                missing.add(row.group() + ":" + row.name() + " " + row.version());
            }
        }

        assertThat(missing)
                .as("look for advisories about these, and say what was found in docs/security.md")
                .isEmpty();
    }
}
