package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The build file of docs/recipes.md, compiled by Kotlin's compiler and run, with the few functions that it calls in the place of
 * Gradle's: what it declares is there, in these versions. Gradle itself is in no registry that Maven asks.
 */
class GradleRecipeTest {

    private static final String OURS = "io.github.deepthink4j:";

    /** What the build file calls; each declaration is noted as {@code configuration group:name:version}. */
    private static final String AS_GRADLE = """
            val declared = mutableListOf<String>()

            object Plugins { val java = Unit.also { declared.add("plugin java") } }
            fun plugins(block: Plugins.() -> Unit) = Plugins.block()

            object Repositories { fun mavenCentral() { declared.add("repository mavenCentral") } }
            fun repositories(block: Repositories.() -> Unit) = Repositories.block()

            object Dependencies {
                fun platform(notation: String): String = "platform " + notation
                fun implementation(notation: String) { declared.add("implementation " + notation) }
                fun testImplementation(notation: String) { declared.add("testImplementation " + notation) }
            }
            fun dependencies(block: Dependencies.() -> Unit) = Dependencies.block()

            class CompilerOptions { val compilerArgs = mutableListOf<String>() }
            class JavaCompile { val options = CompilerOptions() }
            object Tasks {
                inline fun <reified T> withType(block: T.() -> Unit) {
                    val task = JavaCompile()
                    (task as T).block()
                    declared.add(T::class.java.simpleName + " " + task.options.compilerArgs.joinToString(" "))
                }
            }
            val tasks = Tasks

            fun declaredBy(): List<String> { build(); return declared }

            fun build() {
            """;

    @TempDir
    private Path folder;

    @Test
    void should_declare_what_there_is() throws Exception {
        List<String> declared = declared();
        String version = first(Files.readString(Path.of("../../pom.xml")), "    <version>(.*)</version>");
        String langchain4j =
                first(Files.readString(Path.of("../../pom.xml")), "<langchain4j.version>(.*)</langchain4j.version>");

        assertThat(declared)
                .containsExactly(
                        "plugin java",
                        "repository mavenCentral",
                        "implementation platform " + OURS + "deepthink4j-bom:" + version,
                        "implementation " + OURS + "deepthink4j-core",
                        "implementation dev.langchain4j:langchain4j:" + langchain4j,
                        "testImplementation " + OURS + "deepthink4j-testkit",
                        "JavaCompile -parameters");
        String bom = Files.readString(Path.of("../deepthink4j-bom/pom.xml"));
        assertThat(first(bom, "<artifactId>(deepthink4j-bom)</artifactId>")).isNotNull();
        for (String each : declared) {
            if (each.contains(OURS) && !each.contains(" platform ")) {
                assertThat(bom.substring(bom.indexOf("<dependencyManagement>")))
                        .as("the platform has its version")
                        .contains("<artifactId>" + each.substring(each.lastIndexOf(':') + 1) + "</artifactId>");
            }
        }
    }

    private List<String> declared() throws Exception {
        String page = Files.readString(Path.of("../../docs/recipes.md"));
        String block = page.substring(page.indexOf("```kotlin\nplugins") + "```kotlin\n".length());
        Path classes = Kotlin.compile(AS_GRADLE + block.substring(0, block.indexOf("```")) + "}\n", folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return ((List<?>)
                            loader.loadClass("RecipeKt").getMethod("declaredBy").invoke(null))
                    .stream().map(String::valueOf).toList();
        }
    }

    private static String first(String text, String regex) throws IOException {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new IOException("no " + regex))
                .group(1);
    }
}
