package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** Nothing that a model or a tool has once said makes each later request of a conversation invalid. */
@Timeout(60)
class HurtConversationTest {

    interface Assistant {
        String chat(String question);
    }

    static final class Tools {

        @Tool
        public String guests() {
            return "twelve guests, table " + "🍽".charAt(0);
        }

        @Tool
        public String weather(@P("city") String city) {
            return "sun";
        }
    }

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Logger logger = mock();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private AiServices<Assistant> assistant() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .logger(logger)
                .build();
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemory(ReasoningChatMemory.withMaxTurns(10))
                .tools(new Tools());
    }

    private JsonNode lastRequest() throws IOException {
        return new ObjectMapper().readTree(deepSeek.lastRequest().rawBody());
    }

    @Test
    void should_go_on_after_half_a_character_and_say_so_once() throws IOException {
        deepSeek.respond(Answer.toolCall("guests", "{}"), Answer.text("Twelve guests."), Answer.text("Any time."));
        Assistant assistant = assistant().build();

        assertThat(assistant.chat("How many guests?")).isEqualTo("Twelve guests.");
        assertThat(assistant.chat("Thanks, " + "🍽".charAt(1))).isEqualTo("Any time.");

        assertThat(lastRequest().findValuesAsText("content")).contains("twelve guests, table \uFFFD", "Thanks, \uFFFD");
        verify(logger, times(1)).warn(contains("half of a surrogate pair"));
    }

    @Test
    void should_go_on_after_arguments_that_are_no_json() throws IOException {
        deepSeek.respond(Answer.toolCall("weather", "{\"city\":\"Os"), Answer.text("Let us go on."));
        Assistant assistant = assistant().build();

        assertThatThrownBy(() -> assistant.chat("Weather in Oslo?")).hasMessageContaining("Unexpected end-of-input");
        assertThat(assistant.chat("Never mind.")).isEqualTo("Let us go on.");

        assertThat(lastRequest().findValuesAsText("arguments"))
                .containsExactly("{\"invalid_arguments\":\"{\\\"city\\\":\\\"Os\"}");
        assertThat(lastRequest().findValuesAsText("content"))
                .contains("(no result: the arguments of this call are no JSON object, so the tool was not called)");
    }

    @Test
    void should_let_the_model_mend_its_arguments_where_it_is_told_of_them() throws IOException {
        deepSeek.respond(
                Answer.toolCall("weather", "[\"Oslo\"]"),
                Answer.toolCall("weather", "{\"city\":\"Oslo\"}"),
                Answer.text("Sun."));
        Assistant assistant = assistant()
                .toolArgumentsErrorHandler((error, context) -> ToolErrorHandlerResult.text("no object"))
                .build();

        assertThat(assistant.chat("Weather in Oslo?")).isEqualTo("Sun.");

        assertThat(lastRequest().findValuesAsText("arguments"))
                .containsExactly("{\"invalid_arguments\":\"[\\\"Oslo\\\"]\"}", "{\"city\":\"Oslo\"}");
        assertThat(lastRequest().findValuesAsText("content")).contains("no object", "sun");
    }
}
