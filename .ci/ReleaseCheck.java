import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Whether a folder repository holds what Maven Central demands of a release. Signatures are only seen to be there;
 * {@code .ci/release} has them verified by gpg. Prints a line for each thing checked and ends with 1 if one of them was
 * wrong.
 *
 * <p>What must be published is what the BOM lists, and the BOM.
 *
 * <p>Usage: {@code java ReleaseCheck.java REPOSITORY VERSION LICENSE}
 */
class ReleaseCheck {

    private static final String GROUP = "io.github.deepthink4j";
    private static final String BOM = "deepthink4j-bom";

    // The simulator is a program, too.
    private static final Map<String, List<String>> MORE_JARS = Map.of("deepthink4j-testkit", List.of("standalone"));

    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    /** To another file of the same documentation. */
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(?![a-z]+:|#)([^\"#?]+)");

    /** See <a href="https://central.sonatype.org/publish/requirements/">the requirements</a>. */
    private static final List<String> DEMANDED = List.of(
            "modelVersion",
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/url",
            "scm/connection",
            "scm/developerConnection");

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Path repository;
    private final String version;
    private final byte[] license;
    private int wrong;

    ReleaseCheck(Path repository, String version, Path license) throws IOException {
        this.repository = repository;
        this.version = version;
        this.license = Files.readAllBytes(license);
    }

    public static void main(String[] args) throws Exception {
        ReleaseCheck check = new ReleaseCheck(Path.of(args[0]), args[1], Path.of(args[2]));
        check.run();
        System.exit(check.wrong == 0 ? 0 : 1);
    }

    private void run() throws Exception {
        Set<String> listed =
                new TreeSet<>(texts(pom(BOM), "/project/dependencyManagement/dependencies/dependency/artifactId"));
        Set<String> wanted = new TreeSet<>(listed);
        wanted.add(BOM);
        report(
                "published is what the BOM lists, and the BOM: " + wanted,
                listed.size() > 1 && published().equals(wanted));
        bom(listed);
        for (String artifact : wanted) {
            files(artifact);
            pomOf(artifact);
        }
        Map<String, List<String>> packages = new TreeMap<>();
        for (String artifact : listed) {
            jar(artifact);
            sources(artifact);
            javadoc(artifact);
            for (String each : packagesOf(artifact)) {
                packages.computeIfAbsent(each, key -> new ArrayList<>()).add(artifact);
            }
        }
        packages.values().removeIf(artifacts -> artifacts.size() == 1);
        report("no package is split between modules", packages.entrySet());
    }

    private void bom(Set<String> listed) throws Exception {
        List<String> versions = texts(
                pom(BOM), "/project/dependencyManagement/dependencies/dependency[groupId='" + GROUP + "']/version");
        report(BOM + ": lists " + versions, versions.equals(Collections.nCopies(listed.size(), version)));
    }

    /** Each file with its signature and checksums, and no file that nobody asked for. */
    private void files(String artifact) throws Exception {
        Set<String> wanted = new TreeSet<>(Set.of(name(artifact, ".pom")));
        if (!artifact.equals(BOM)) {
            Stream.of(".jar", "-sources.jar", "-javadoc.jar")
                    .map(end -> name(artifact, end))
                    .forEach(wanted::add);
            MORE_JARS
                    .getOrDefault(artifact, List.of())
                    .forEach(more -> wanted.add(name(artifact, "-" + more + ".jar")));
        }
        Set<String> there = new TreeSet<>();
        List<String> badSums = new ArrayList<>();
        for (Path file : list(folder(artifact))) {
            String name = file.getFileName().toString();
            if (name.endsWith(".md5") || name.endsWith(".sha1")) {
                continue;
            }
            there.add(name);
            // Nobody asks for the sums of signatures, and Maven makes none.
            if (!name.endsWith(".asc") && !(sumIsRight(file, "md5", "MD5") && sumIsRight(file, "sha1", "SHA-1"))) {
                badSums.add(name);
            }
        }
        List<String> unsigned =
                wanted.stream().filter(name -> !there.contains(name + ".asc")).toList();
        there.removeIf(name -> name.endsWith(".asc"));
        report(artifact + ": has " + there, there.equals(wanted));
        report(artifact + ": each is signed", unsigned);
        report(artifact + ": md5 and sha1 are right", badSums);
    }

    private static boolean sumIsRight(Path file, String ending, String algorithm) throws Exception {
        Path sum = file.resolveSibling(file.getFileName() + "." + ending);
        byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
        return Files.exists(sum)
                && Files.readString(sum).strip().equals(HexFormat.of().formatHex(digest));
    }

    private void pomOf(String artifact) throws Exception {
        Document pom = pom(artifact);
        List<String> missing = new ArrayList<>();
        for (String field : DEMANDED) {
            if (xpath.evaluate("/project/" + field, pom).isBlank()) {
                missing.add(field);
            }
        }
        report(artifact + ": the pom has all fields", missing);

        String text = Files.readString(file(artifact, ".pom"));
        boolean flat = texts(pom, "/project/parent").isEmpty()
                && texts(pom, "//dependency[not(version)]").isEmpty()
                && texts(pom, "//scope[.='test']").isEmpty()
                && texts(pom, "/project/build").isEmpty()
                && texts(pom, "/project/dependencyManagement").isEmpty() != artifact.equals(BOM)
                && !text.contains("${")
                && !text.contains("SNAPSHOT")
                && xpath.evaluate("/project/version", pom).equals(version);
        report(artifact + ": the pom is flat", flat);
    }

    private void jar(String artifact) throws Exception {
        String module = artifact.replace("deepthink4j-", GROUP + ".").replace('-', '.');
        try (JarFile jar = new JarFile(file(artifact, ".jar").toFile())) {
            String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
            report(artifact + ": module " + name, module.equals(name));
            report(artifact + ": META-INF/LICENSE", hasLicense(jar));
            List<String> tooNew = new ArrayList<>();
            for (ZipEntry entry : entries(jar, ".class")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] head = in.readNBytes(8);
                    if (!entry.getName().startsWith("META-INF/versions/") && head[7] > CLASS_FILE_OF_JAVA_17) {
                        tooNew.add(entry.getName());
                    }
                }
            }
            report(artifact + ": classes for Java 17", tooNew);
        }
        for (String more : MORE_JARS.getOrDefault(artifact, List.of())) {
            try (JarFile jar = new JarFile(file(artifact, "-" + more + ".jar").toFile())) {
                report(artifact + "-" + more + ": META-INF/LICENSE", hasLicense(jar));
            }
        }
    }

    private void sources(String artifact) throws Exception {
        try (JarFile classes = new JarFile(file(artifact, ".jar").toFile());
                JarFile sources = new JarFile(file(artifact, "-sources.jar").toFile())) {
            List<String> without = entries(classes, ".class").stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.contains("$") && !name.startsWith("META-INF/"))
                    .map(name -> name.replace(".class", ".java"))
                    .filter(name -> sources.getEntry(name) == null)
                    .toList();
            report(artifact + ": the sources have all classes", without);
            report(artifact + ": the sources have META-INF/LICENSE", hasLicense(sources));
        }
    }

    /** The public packages and no others, and no link within them that leads nowhere. */
    private void javadoc(String artifact) throws Exception {
        try (JarFile jar = new JarFile(file(artifact, "-javadoc.jar").toFile())) {
            Map<String, String> pages = new TreeMap<>();
            for (ZipEntry entry : entries(jar, ".html")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    pages.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            report(artifact + ": Javadoc, " + pages.size() + " pages", pages.containsKey("index.html"));
            Set<String> shown = pages.keySet().stream()
                    .filter(page -> page.endsWith("/package-summary.html"))
                    .map(page -> page.substring(0, page.lastIndexOf('/')))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> wanted = new TreeSet<>(packagesOf(artifact));
            wanted.removeIf(name -> isInternal(name));
            report(artifact + ": Javadoc of " + shown, shown.equals(wanted));
            report(
                    artifact + ": Javadoc of nothing internal",
                    pages.keySet().stream().filter(page -> isInternal(page)).toList());
            Set<String> broken = new TreeSet<>();
            pages.forEach((page, html) -> LINK.matcher(html)
                    .results()
                    .map(link -> URI.create(page).resolve(link.group(1)).getPath())
                    .filter(target -> jar.getEntry(target) == null)
                    .forEach(broken::add));
            report(artifact + ": Javadoc whose links lead to a page", broken);
        }
    }

    private static boolean isInternal(String path) {
        return Arrays.asList(path.split("/")).contains("internal");
    }

    private Set<String> published() throws IOException {
        return list(repository.resolve(GROUP.replace('.', '/'))).stream()
                .map(folder -> folder.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> packagesOf(String artifact) throws IOException {
        try (JarFile jar = new JarFile(file(artifact, ".jar").toFile())) {
            return entries(jar, ".class").stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .collect(Collectors.toSet());
        }
    }

    private boolean hasLicense(JarFile jar) throws IOException {
        ZipEntry entry = jar.getEntry("META-INF/LICENSE");
        if (entry == null) {
            return false;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Arrays.equals(in.readAllBytes(), license);
        }
    }

    private static List<? extends ZipEntry> entries(JarFile jar, String ending) {
        return jar.stream().filter(entry -> entry.getName().endsWith(ending)).toList();
    }

    private Document pom(String artifact) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file(artifact, ".pom").toFile());
    }

    private List<String> texts(Document document, String path) throws Exception {
        NodeList nodes = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    private Path folder(String artifact) {
        return repository.resolve(GROUP.replace('.', '/')).resolve(artifact).resolve(version);
    }

    private Path file(String artifact, String end) {
        return folder(artifact).resolve(name(artifact, end));
    }

    private String name(String artifact, String end) {
        return artifact + "-" + version + end;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void report(String what, boolean right) {
        System.out.println((right ? "ok     " : "WRONG  ") + what);
        if (!right) {
            wrong++;
        }
    }

    private void report(String what, Collection<?> faults) {
        report(
                faults.isEmpty()
                        ? what
                        : what + ", but not " + faults.stream().limit(5).toList(),
                faults.isEmpty());
    }
}
