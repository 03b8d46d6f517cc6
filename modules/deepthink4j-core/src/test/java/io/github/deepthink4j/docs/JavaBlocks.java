package io.github.deepthink4j.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java blocks of a Markdown page, compiled with the class path of the module whose test this is. */
public final class JavaBlocks {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPES = Pattern.compile("(?m)^(public )?(final )?(class|interface|record) ");

    /** Looked at to the end, and nothing is written: a compiler that is asked to go on would generate classes. */
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-XDshould-stop.ifNoError=FLOW", "-classpath", System.getProperty("java.class.path"));

    /**
     * @param page   where it stands
     * @param source a class around it
     * @param errors what the compiler says of it; nothing if it is well
     */
    public record Compiled(String page, String source, List<String> errors) {

        @Override
        public String toString() {
            return page + ": " + source;
        }
    }

    private JavaBlocks() {}

    /** The blocks in the order of the page. */
    public static List<String> of(Path page) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(page));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    /** A class around the block: its types as members, or its statements as a method. */
    private static String source(String block) {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String code = block.lines()
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .collect(Collectors.joining("\n"));
        return imports + "\nclass Example {\n"
                + (TYPES.matcher(code).find()
                        ? code.replaceAll("(?m)^public ", "")
                        : "void example() throws Exception {\n" + code + "\n}")
                + "\n}\n";
    }

    /** The blocks of all these pages, compiled in one go: to read the class path takes longer than to compile a block. */
    public static List<Compiled> compiled(List<Path> pages) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path page : pages) {
            for (String block : of(page)) {
                sources.add(new Source(sources.size(), page.getFileName().toString(), source(block)));
            }
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        boolean well = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, OPTIONS, null, sources)
                .call();
        Map<JavaFileObject, List<String>> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.groupingBy(
                        Diagnostic::getSource, Collectors.mapping(Object::toString, Collectors.toList())));
        if (well != errors.isEmpty()) {
            throw new IllegalStateException(diagnostics.getDiagnostics().toString());
        }
        return sources.stream()
                .map(source -> new Compiled(source.page, source.text, errors.getOrDefault(source, List.of())))
                .toList();
    }

    /** In a package of its own, since all are called the same. */
    private static final class Source extends SimpleJavaFileObject {

        private final String page;
        private final String text;
        private final String number;

        Source(int number, String page, String text) {
            super(URI.create("string:///block" + number + "/Example.java"), Kind.SOURCE);
            this.number = "block" + number;
            this.page = page;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return "package " + number + "; " + text;
        }
    }
}
