package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hints for GraalVM's native image name what is really looked up by reflection. No image is built here. */
class NativeImageTest {

    private static final Path MODULES = Path.of("..");

    /** What native image cannot follow by itself. */
    private static final Pattern REFLECTION =
            Pattern.compile("Class\\.forName|\\.loadClass\\(|getResource|\\.getMethods?\\("
                    + "|getDeclared(Method|Field|Constructor)|newProxyInstance|unreflect|\\.find(Static|Constructor|Virtual)"
                    + "|ServiceLoader\\.|ObjectInputStream");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the jars that run in an application; the test kit's do not. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("core", "agents", "reactor", "netty", "memory-jdbc", "cost", "micrometer")) {
            try (Stream<Path> files = Files.walk(MODULES.resolve("deepthink4j-" + module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode hints(String module, String file) throws IOException {
        return JSON.readTree(read(MODULES.resolve(
                "deepthink4j-" + module + "/src/main/resources/META-INF/native-image/io.github.deepthink4j/deepthink4j-"
                        + module + "/" + file)));
    }

    @Test
    void should_know_each_class_that_reflects() throws IOException {
        assertThat(sources().stream()
                        .filter(file -> REFLECTION.matcher(read(file)).find())
                        .map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        // Hints below.
                        "ForeignGetters.java",
                        "NewerEvents.java",
                        "LangChain4jRouter.java",
                        "Database.java",
                        // With its own hint, and a service, which native image finds by itself.
                        "PriceListFile.java",
                        "FoundPricing.java",
                        // By constants alone, which native image folds.
                        "DeepSeekObservations.java",
                        "OwnHttpClient.java",
                        "SpanAttributes.java",
                        "ThreadLocals.java",
                        // Models and stores are asked for methods of newer versions; who shows none is called as ever.
                        "AsyncParts.java",
                        "NonBlockingStore.java",
                        // An id in whose text a class is not found is taken; who hands in Spring's proxy is told to
                        // hand in its target.
                        "MemoryIds.java",
                        "ForeignWork.java",
                        "ForeignWork.java");
    }

    @Test
    void should_let_the_getters_of_openai_be_called() throws IOException {
        JsonNode parameters = hints("core", "reflect-config.json").get(0);

        assertThat(parameters.path("name").asText()).isEqualTo(OpenAiChatRequestParameters.class.getName());
        assertThat(parameters.path("allPublicMethods").asBoolean()).isTrue();
    }

    @Test
    void should_name_the_types_of_newer_versions_as_the_code_does() throws IOException {
        String events = read(Path.of("src/main/java/io/github/deepthink4j/internal/stream/NewerEvents.java"));
        String router = read(MODULES.resolve(
                "deepthink4j-agents/src/main/java/io/github/deepthink4j/agent/routing/LangChain4jRouter.java"));

        assertThat(names(hints("core", "reflect-config.json")).subList(1, 3))
                .containsExactlyElementsOf(
                        lookedUp(events, "type\\(\"(\\w+)\"\\)", "dev.langchain4j.model.chat.response."));
        assertThat(names(hints("agents", "reflect-config.json")))
                .containsExactlyElementsOf(lookedUp(
                        router, "ROOM \\+ \"(ChatModelRout(?:e|ing\\w+))\"", "dev.langchain4j.model.chat.router."));
        assertThat(router).contains("ROOM + \"ChatModelRouter\"");
        assertThat(hints("agents", "proxy-config.json").at("/0/interfaces/0").asText())
                .isEqualTo("dev.langchain4j.model.chat.router.ChatModelRouter");
    }

    private static List<String> names(JsonNode hints) {
        List<String> names = new ArrayList<>();
        hints.forEach(hint -> names.add(hint.path("name").asText()));
        return names;
    }

    private static List<String> lookedUp(String source, String regex, String room) {
        assertThat(source).contains('"' + room + '"');
        return Pattern.compile(regex)
                .matcher(source)
                .results()
                .map(found -> room + found.group(1))
                .distinct()
                .toList();
    }

    @Test
    void should_keep_the_scripts_of_all_databases() throws IOException {
        Pattern kept = Pattern.compile(hints("memory-jdbc", "resource-config.json")
                .at("/resources/includes/0/pattern")
                .asText());
        Path resources = MODULES.resolve("deepthink4j-memory-jdbc/src/main/resources");

        try (Stream<Path> files = Files.walk(resources.resolve("db"))) {
            List<String> scripts = files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString())
                    .toList();
            assertThat(scripts)
                    .isNotEmpty()
                    .allMatch(script -> kept.matcher(script).matches());
        }
    }

    /** A condition on a class that is gone would switch its hint off. */
    @Test
    void should_depend_on_classes_that_there_are() throws IOException {
        List<String> conditions = new ArrayList<>();
        conditions.addAll(hints("core", "reflect-config.json").findValuesAsText("typeReachable"));
        conditions.addAll(hints("memory-jdbc", "resource-config.json").findValuesAsText("typeReachable"));
        List<Path> sources = sources();

        assertThat(conditions.stream().filter(name -> name.startsWith("io.github.deepthink4j")))
                .hasSize(3)
                .allMatch(name -> sources.stream()
                        .anyMatch(source -> source.toString().endsWith(name.replace('.', '/') + ".java")));
    }
}
