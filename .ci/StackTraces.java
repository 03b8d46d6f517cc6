import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks for stack traces that tests have printed and nobody expected, in what Surefire's reports hold of their output. One is
 * expected if its throwable says {@code expected by this test}, or if the file {@code expected-stack-traces} beside this one has it.
 *
 * <p>Usage: {@code java .ci/StackTraces.java FOLDER}, from the top.
 */
class StackTraces {

    private static final Pattern FRAME = Pattern.compile("\\s+at (?:[^\\s(]*/)?([\\w.$]+)\\.[\\w$<>]+\\(.*");
    private static final Pattern GOES_ON =
            Pattern.compile("\\s+at .*|\\s*\\.\\.\\. \\d+ .*|\\s*(Caused by|Suppressed): .*");
    private static final Pattern LOGGED = Pattern.compile("\\[[^]]+] (ERROR|WARN|INFO|DEBUG|TRACE) .*");

    /** @param frame the class that has made the throwable, as far as its first frame says */
    private record Trace(String test, String throwable, String frame) {

        boolean isExpected(List<Expected> expected) {
            return throwable.contains("expected by this test")
                    || expected.stream().anyMatch(each -> each.isThis(this));
        }
    }

    private record Expected(String test, Pattern throwable) {

        boolean isThis(Trace trace) {
            return (simple(trace.frame()).equals(test) || simple(trace.test()).equals(test))
                    && throwable.matcher(trace.throwable()).matches();
        }

        private static String simple(String type) {
            return type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
        }
    }

    public static void main(String[] arguments) throws IOException, XMLStreamException {
        List<Trace> traces = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path report : files.filter(
                            each -> each.toString().matches(".*/target/surefire-reports/TEST-[^/]*\\.xml"))
                    .sorted()
                    .toList()) {
                read(report, traces);
            }
        }
        List<Expected> expected = expected();
        List<Trace> others =
                traces.stream().filter(trace -> !trace.isExpected(expected)).toList();
        others.stream()
                .distinct()
                .forEach(trace -> System.out.println("nobody expected: " + trace.throwable() + "\n    at "
                        + trace.frame() + ", in the output of " + trace.test()));
        System.out.println(traces.size() + " stack traces in what the tests have printed, " + others.size()
                + " of them unexpected");
        System.exit(others.isEmpty() ? 0 : 1);
    }

    private static List<Expected> expected() throws IOException {
        List<Expected> expected = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(".ci/expected-stack-traces"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" \\| ", 3);
                expected.add(new Expected(parts[0].strip(), Pattern.compile(parts[1].strip(), Pattern.DOTALL)));
            }
        }
        return expected;
    }

    private static void read(Path report, List<Trace> traces) throws IOException, XMLStreamException {
        String test = report.getFileName().toString().replaceAll("^TEST-|\\.xml$", "");
        try (var in = Files.newInputStream(report)) {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().matches("system-(out|err)")) {
                    collect(test, xml.getElementText().split("\n"), traces);
                }
            }
        }
    }

    private static void collect(String test, String[] lines, List<Trace> traces) {
        for (int i = 0; i < lines.length; i++) {
            Matcher frame = FRAME.matcher(lines[i]);
            if (lines[i].startsWith("Exception in thread ")) {
                traces.add(new Trace(test, lines[i].strip(), "-"));
            } else if (i > 0 && frame.matches()) {
                int before = i - 1;
                while (before > 0 && lines[before].isBlank()) {
                    before--;
                }
                // What two threads print at once may stand between each other's lines.
                if (!GOES_ON.matcher(lines[before]).matches()
                        && !LOGGED.matcher(lines[before]).matches()
                        && !lines[before].startsWith("Exception in thread ")) {
                    traces.add(new Trace(test, lines[before].strip(), frame.group(1)));
                }
            }
        }
    }
}
