package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/api.md says of a type is whole sentences, and those that its Javadoc begins with. Of all modules. */
class ApiPageTextTest {

    private static final Path PAGE = Path.of("../../docs/api.md");
    private static final Pattern ROOM = Pattern.compile("^### `([\\w.]+)`.*");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (.*) \\|$");
    private static final Pattern JAVADOC_TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");
    private static final Pattern END_OF_FIRST_PARAGRAPH = Pattern.compile("<p>|<ul>|<pre>|\\s@\\w+ ");

    record Row(String type, String text) {

        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Row> rows() throws IOException {
        Stream.Builder<Row> rows = Stream.builder();
        String room = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher heading = ROOM.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                room = heading.group(1);
            } else if (row.matches()) {
                rows.add(new Row(room + "." + row.group(1), row.group(2)));
            }
        }
        return rows.build();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void should_say_what_the_javadoc_of_the_type_begins_with(Row row) throws IOException {
        String javadoc = javadoc(row.type());

        assertThat(row.text()).endsWith(".");
        assertThat(words(javadoc)).startsWith(words(row.text()));
    }

    private static String javadoc(String type) throws IOException {
        String simpleName = type.substring(type.lastIndexOf('.') + 1);
        Matcher javadoc = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n\\s*)*public [^\\n]*\\b" + simpleName + "\\b",
                        Pattern.DOTALL)
                .matcher(Files.readString(source(type)));
        assertThat(javadoc.find()).as("the Javadoc of " + type).isTrue();
        String text = javadoc.group(1).replaceAll("\\n\\s*\\*?", " ").strip();
        return END_OF_FIRST_PARAGRAPH.split(text, 2)[0];
    }

    private static Path source(String type) throws IOException {
        String file = "src/main/java/" + type.replace('.', '/') + ".java";
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> found = modules.map(module -> module.resolve(file))
                    .filter(Files::exists)
                    .toList();
            assertThat(found).as("the source of " + type).hasSize(1);
            return found.get(0);
        }
    }

    /** Without the marks of Javadoc and of Markdown. */
    private static String words(String text) {
        return JAVADOC_TAG
                .matcher(text.replaceAll("</?\\w+[^>]*>|`", ""))
                .replaceAll(tag -> Matcher.quoteReplacement(tag.group(1)))
                .replace('#', '.')
                .replaceAll("\\s+", " ")
                .strip();
    }
}
