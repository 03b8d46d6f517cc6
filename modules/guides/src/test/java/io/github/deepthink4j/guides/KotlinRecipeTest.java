package io.github.deepthink4j.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path compiled = Kotlin.compile(recipe.substring(0, recipe.indexOf("```")) + CALLER, folder);

        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build();
                URLClassLoader classes =
                        new URLClassLoader(new URL[] {compiled.toUri().toURL()})) {
            deepSeek.respond(
                    Answer.error(429, "Too many").header("Retry-After", "0"),
                    Answer.thinking("So").thenText("Fine"),
                    Answer.text("Half of an answer").fault(Fault.CUT_IN_ANSWER));
            Method collected = classes.loadClass("RecipeKt").getMethod("collected", ReactiveDeepSeekChatModel.class);

            assertThat(collected.invoke(null, ReactiveDeepSeekChatModel.from(streaming)))
                    .isEqualTo("thought So; answer Fine; whole Fine");
            assertThatThrownBy(() -> collected.invoke(null, ReactiveDeepSeekChatModel.from(streaming)))
                    .hasCauseInstanceOf(StreamCutException.class);
        }
    }
}
