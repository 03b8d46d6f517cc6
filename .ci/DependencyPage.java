import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a page of what Maven's {@code dependency:list} has said of each module: in the folder, one folder for each. Licences are
 * those of the poms beside the jars, or of their parents.
 *
 * <p>Usage: {@code java DependencyPage.java FOLDER MODULE...}
 */
class DependencyPage {

    private static final Pattern LINE =
            Pattern.compile("\\s*([^: ]+):([^: ]+):jar:(?:[^: ]+:)?([^: ]+):(compile|runtime):(\\S+\\.jar).*");
    private static final Pattern LICENSES = Pattern.compile("(?s)<licenses>(.*?)</licenses>");
    private static final Pattern LICENSE = Pattern.compile("(?s)<name>\\s*(.*?)\\s*</name>");
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>(.*?)</parent>");

    private record Jar(String group, String name, String version, Path file) {

        String licence() throws IOException {
            Path pom = file.resolveSibling(name + "-" + version + ".pom");
            Path repository = file;
            for (int i = 0; i < group.split("\\.").length + 3; i++) {
                repository = repository.getParent();
            }
            return licence(pom, repository).orElse("not in its pom");
        }

        private static Optional<String> licence(Path pom, Path repository) throws IOException {
            if (!Files.exists(pom)) {
                return Optional.empty();
            }
            String text = Files.readString(pom).replaceAll("(?s)<!--.*?-->", "");
            Matcher licences = LICENSES.matcher(text);
            if (licences.find()) {
                return Optional.of(LICENSE.matcher(licences.group(1))
                        .results()
                        .map(each -> shortened(each.group(1)))
                        .distinct()
                        .collect(Collectors.joining("; ")));
            }
            Matcher parent = PARENT.matcher(text);
            if (!parent.find()) {
                return Optional.empty();
            }
            String name = value(parent.group(1), "artifactId");
            String version = value(parent.group(1), "version");
            return licence(
                    repository.resolve(value(parent.group(1), "groupId").replace('.', '/') + "/" + name + "/" + version
                            + "/" + name + "-" + version + ".pom"),
                    repository);
        }

        private static String value(String xml, String element) {
            Matcher found = Pattern.compile("<" + element + ">\\s*(.*?)\\s*</").matcher(xml);
            return found.find() ? found.group(1) : "";
        }

        private static String shortened(String licence) {
            return licence.matches("(?i).*apache.*2.*")
                    ? "Apache-2.0"
                    : licence.matches("(?i).*MIT.*") ? "MIT" : licence;
        }
    }

    public static void main(String[] arguments) throws IOException {
        StringBuilder page = new StringBuilder("""
                # What comes along

                Written by `.ci/dependencies` from the poms and jars of this build. Sizes are of the jars, in KiB. Who depends on a module gets these with it, and our own modules; what is
                optional there comes only to who names it. The three samples stand at the end.
                """);
        for (String module : List.of(arguments).subList(1, arguments.length)) {
            TreeMap<String, Jar> jars = new TreeMap<>();
            for (String line : Files.readAllLines(Path.of(arguments[0], module, "list"))) {
                Matcher jar =
                        LINE.matcher(line.replaceAll("\\x1b\\[[0-9;]*m", "").replaceAll(" -- module.*", ""));
                if (jar.matches() && !jar.group(1).equals("io.github.deepthink4j")) {
                    jars.put(
                            jar.group(1) + ":" + jar.group(2),
                            new Jar(jar.group(1), jar.group(2), jar.group(3), Path.of(jar.group(5))));
                }
            }
            page.append("\n## ")
                    .append(module)
                    .append("\n\n| Library | Version | KiB | Licence |\n|---|---|---|---|\n");
            long all = 0;
            for (Jar jar : new ArrayList<>(jars.values())) {
                long kib = (Files.size(jar.file()) + 1023) / 1024;
                all += kib;
                page.append("| `%s:%s` | %s | %,d | %s |%n"
                        .formatted(jar.group(), jar.name(), jar.version(), kib, jar.licence()));
            }
            page.append("\nTogether: %,d KiB.%n".formatted(all));
        }
        System.out.print(page);
    }
}
