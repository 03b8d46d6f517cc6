package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin of docs/recipes.md, compiled by Kotlin's own compiler, and run. */
class KotlinRecipeTest {

    private static final String CALLER = """

            fun collected(model: ReactiveDeepSeekChatModel): String = kotlinx.coroutines.runBlocking {
                val text = StringBuilder()
                model.ask("Hi").collect { text.append(told(it)) }
                text.toString()
            }

            // As the page says: no else.
            fun told(event: ReasoningEvent): String = when (event) {
                is ReasoningEvent.Thinking -> "thought " + event.text + "; "
                is ReasoningEvent.Answer -> "answer " + event.text + "; "
                is ReasoningEvent.ToolCallPiece -> ""
                is ReasoningEvent.ToolCall -> ""
                is ReasoningEvent.ToolExecuted -> ""
                is ReasoningEvent.Completed -> "whole " + event.response.aiMessage().text()
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void should_collect_events_as_a_flow() throws Exception {
        String page = Files.readString(Path.of("../../docs/recipes.md"));
        String recipe = page.substring(page.indexOf("```kotlin\nimport") + "```kotlin\n".length());
        compile(recipe.substring(0, recipe.indexOf("```")) + CALLER);

        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build();
                URLClassLoader classes = new URLClassLoader(
                        new URL[] {folder.resolve("classes").toUri().toURL()})) {
            deepSeek.respond(Answer.thinking("So").thenText("Fine"));

            Object collected = classes.loadClass("RecipeKt")
                    .getMethod("collected", ReactiveDeepSeekChatModel.class)
                    .invoke(null, ReactiveDeepSeekChatModel.from(streaming));

            assertThat(collected).isEqualTo("thought So; answer Fine; whole Fine");
        }
    }

    private void compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Recipe.kt"), source);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExitCode code = new K2JVMCompiler()
                .exec(
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-jvm-target",
                        "17",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.resolve("classes").toString(),
                        file.toString());
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    }
}
