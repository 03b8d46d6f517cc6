package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Pictures in the turn in progress: the answer would be invented, so they are refused, or taken away if the user wants that. */
class UnreadableContentTest {

    private static final ImageContent IMAGE = ImageContent.from("https://example.com/door.png");
    private static final ChatMessage PICTURE = UserMessage.from(TextContent.from("Who is there?"), IMAGE);
    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("1")
            .name("camera")
            .arguments("{}")
            .build();

    private final Logger log = mock();

    private List<ChatMessage> check(ParameterCheck check, ModelProfile profile, ChatMessage... messages) {
        RequestDraft draft = new RequestDraft(
                List.of(messages),
                ChatRequestParameters.builder().modelName("any").build(),
                Options.NONE,
                false);
        return new RequestCheck(check, log).apply(profile, draft).messages();
    }

    private static ToolExecutionResultMessage result(String text) {
        return ToolExecutionResultMessage.from(CALL, text);
    }

    private static ToolExecutionResultMessage shown() {
        return ToolExecutionResultMessage.builder()
                .id("1")
                .toolName("camera")
                .contents(List.of(IMAGE))
                .build();
    }

    @Test
    void should_refuse_a_picture_that_a_tool_returns_in_this_turn() {
        ChatMessage[] messages = {UserMessage.from("Who is there?"), AiMessage.from(CALL), shown()};

        assertThatThrownBy(() -> check(ParameterCheck.FAIL, ModelProfile.V4_PRO, messages))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("non-text content in tool results is not supported by DeepSeek V4-Pro");
        assertThat(check(ParameterCheck.FAIL, ModelProfile.V4_1, messages)).containsExactly(messages);
    }

    /** Tools are called in the midst of a turn; the question is that of the same turn. */
    @Test
    void should_refuse_a_picture_that_was_asked_about_before_the_tools_were_called() {
        assertThatThrownBy(() -> check(
                        ParameterCheck.FAIL, ModelProfile.V4_PRO, PICTURE, AiMessage.from(CALL), result("front door")))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("image content is not supported");
    }

    @Test
    void should_take_instructions_between_two_questions_for_a_part_of_them() {
        assertThatThrownBy(() -> check(
                        ParameterCheck.FAIL,
                        ModelProfile.V4_PRO,
                        PICTURE,
                        SystemMessage.from("Be brief."),
                        UserMessage.from("Tell me.")))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void should_take_away_pictures_alone_where_a_warning_is_enough() {
        List<ChatMessage> left = check(
                ParameterCheck.WARN,
                ModelProfile.V4_PRO,
                PICTURE,
                UserMessage.from(IMAGE),
                AiMessage.from(CALL),
                shown());

        assertThat(left).containsExactly(UserMessage.from("Who is there?"), AiMessage.from(CALL), result(""));
        verify(log).warn(contains("image content is not supported by DeepSeek V4-Pro"));
    }

    @Test
    void should_find_nothing_in_a_request_without_messages_of_a_user() {
        ChatMessage[] messages = {AiMessage.from(CALL), result("front door")};

        assertThat(check(ParameterCheck.FAIL, ModelProfile.V4_PRO, messages)).containsExactly(messages);
    }
}
