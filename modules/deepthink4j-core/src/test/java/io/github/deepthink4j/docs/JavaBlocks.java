package io.github.deepthink4j.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java blocks of a Markdown page, compiled with the class path of the module whose test this is. */
public final class JavaBlocks {

    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPES = Pattern.compile("(?m)^(public )?(final )?(class|interface|record) ");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** For all blocks: to open the jars of the class path takes as long as to compile a block. */
    private static final StandardJavaFileManager CLASS_PATH = COMPILER.getStandardFileManager(null, null, null);

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
    public static String source(String block) {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String code = block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return imports + "\nclass Example {\n"
                + (TYPES.matcher(code).find()
                        ? code.replaceAll("(?m)^public ", "")
                        : "void example() throws Exception {\n" + code + "\n}")
                + "\n}\n";
    }

    /**
     * What the compiler says about a source; nothing if it is well.
     *
     * @param classes where the classes go
     */
    public static List<String> errors(String source, Path classes) {
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
        COMPILER.getTask(null, CLASS_PATH, diagnostics, options, null, List.of(file))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
