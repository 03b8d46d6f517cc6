package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A history for a model without tools, of any vendor. */
class WithoutToolsTest {

    @Test
    void should_tell_tool_rounds_as_text_and_alternate() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1")
                .name("getWeather")
                .arguments("{}")
                .build();

        List<ChatMessage> told = HistoryShaper.withoutTools(
                List.of(
                        UserMessage.from("Weather?"),
                        AiMessage.from(call),
                        ToolExecutionResultMessage.from(call, "sunny"),
                        UserMessage.from("And?")),
                PromptLanguage.ENGLISH);

        assertThat(told)
                .extracting(ChatMessage::type)
                .containsExactly(ChatMessageType.USER, ChatMessageType.AI, ChatMessageType.USER);
        assertThat(((AiMessage) told.get(1)).hasToolExecutionRequests()).isFalse();
        assertThat(told.get(2).toString())
                .contains("The tool getWeather returned:\nsunny")
                .contains("And?");
    }
}
