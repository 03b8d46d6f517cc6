package io.github.deepthink4j.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java blocks of a page: taken out of it, and compiled as a method's body, or as nested types. */
public final class JavaBlocks {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?m)^(public )?(final )?(class|interface|record) ");

    private JavaBlocks() {}

    public static List<String> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** What the compiler has to say against it, with the source; empty if it compiles. */
    public static List<String> errors(String block, Path classes) {
        String source = source(block);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        compiler.getTask(null, null, diagnostics, options, null, List.of(file)).call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic + "\n" + source)
                .toList();
    }

    private static String source(String block) {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String code = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        boolean types = TYPE.matcher(code).find();
        return imports + "\nclass Example {\n"
                + (types ? code.replaceAll("(?m)^public ", "") : "void example() throws Exception {\n" + code + "\n}")
                + "\n}\n";
    }
}
