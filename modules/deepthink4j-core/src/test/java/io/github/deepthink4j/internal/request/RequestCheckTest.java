package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.HistoryRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

class RequestCheckTest {

    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("getWeather").build();
    private static final ChatMessage PICTURE =
            UserMessage.from(TextContent.from("What is this?"), ImageContent.from("https://example.com/cat.png"));

    private final Logger log = mock();

    private static RequestDraft draft(UnaryOperator<RequestDraft> with) {
        return with.apply(new RequestDraft(
                List.of(UserMessage.from("Hi")),
                ChatRequestParameters.builder().modelName("any").build(),
                Options.NONE,
                false));
    }

    private RequestDraft check(ParameterCheck check, ModelProfile profile, RequestDraft draft) {
        return new RequestCheck(check, log).apply(profile, draft);
    }

    /** What goes against a rule, its profile, the exception, a word of its message, and whether the breach is gone. */
    static Stream<Arguments> breaches() {
        return Stream.of(
                breach(
                        ModelProfile.R1,
                        it -> it.with(p -> p.toolSpecifications(TOOL)),
                        UnsupportedFeatureException.class,
                        "tools"),
                breach(
                        ModelProfile.R1,
                        it -> it.with(p -> p.responseFormat(ResponseFormat.JSON)),
                        UnsupportedFeatureException.class,
                        "JSON response format"),
                breach(
                        ModelProfile.R1,
                        it -> it.with(Option.LOGPROBS, true),
                        UnsupportedFeatureException.class,
                        "logprobs"),
                breach(
                        ModelProfile.R1,
                        it -> it.with(Option.THINKING, ThinkingMode.OFF),
                        UnsupportedFeatureException.class,
                        "turning thinking off"),
                breach(
                        ModelProfile.R1,
                        it -> it.with(Option.REASONING_EFFORT, "high"),
                        UnsupportedFeatureException.class,
                        "reasoningEffort"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(Option.THINKING, ThinkingMode.ON),
                        UnsupportedFeatureException.class,
                        "thinking"),
                breach(
                        ModelProfile.V4_1,
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED)),
                        UnsupportedFeatureException.class,
                        "ToolChoice.REQUIRED"),
                breach(
                        ModelProfile.V4_PRO,
                        it -> it.withMessages(List.of(PICTURE)),
                        UnsupportedFeatureException.class,
                        "image"),
                breach(ModelProfile.V4_1, it -> it.with(p -> p.topK(5)), UnsupportedFeatureException.class, "topK"),
                breach(
                        ModelProfile.V4_1,
                        it -> it.with(Option.REASONING_EFFORT, "very"),
                        InvalidRequestException.class,
                        "reasoningEffort 'very'"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.maxOutputTokens(9000)),
                        InvalidRequestException.class,
                        "at most 8192"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.maxOutputTokens(0)),
                        InvalidRequestException.class,
                        "at least 1"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.temperature(3.0)),
                        InvalidRequestException.class,
                        "temperature must be between"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(Option.TOP_LOGPROBS, 3),
                        InvalidRequestException.class,
                        "topLogprobs needs logprobs"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.toolSpecifications(Collections.nCopies(129, TOOL))),
                        InvalidRequestException.class,
                        "at most 128 tools"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(Option.USER_ID, "a b"),
                        InvalidRequestException.class,
                        "userId"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.stopSequences(Collections.nCopies(17, "x"))),
                        InvalidRequestException.class,
                        "stop sequences"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(Option.PREFIX, true),
                        InvalidRequestException.class,
                        "AiMessage"));
    }

    private static Arguments breach(
            ModelProfile profile,
            UnaryOperator<RequestDraft> with,
            Class<? extends Exception> exception,
            String message) {
        return Arguments.of(profile, with, exception, message);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void should_refuse_what_the_server_would_refuse(
            ModelProfile profile,
            UnaryOperator<RequestDraft> with,
            Class<? extends Exception> exception,
            String message) {
        RequestDraft draft = draft(with);

        assertThatThrownBy(() -> check(ParameterCheck.FAIL, profile, draft))
                .isExactlyInstanceOf(exception)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void should_downgrade_to_a_request_that_passes(
            ModelProfile profile,
            UnaryOperator<RequestDraft> with,
            Class<? extends Exception> exception,
            String message) {
        RequestDraft downgraded = check(ParameterCheck.WARN, profile, draft(with));

        verify(log).warn(contains(message));
        assertThat(check(ParameterCheck.FAIL, profile, downgraded)).isEqualTo(downgraded);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void should_leave_all_to_the_server_if_told_so(
            ModelProfile profile,
            UnaryOperator<RequestDraft> with,
            Class<? extends Exception> exception,
            String message) {
        RequestDraft draft = draft(with);

        assertThat(check(ParameterCheck.IGNORE, profile, draft)).isEqualTo(draft);
        verifyNoInteractions(log);
    }

    @Test
    void should_warn_once_of_what_the_server_would_ignore() {
        RequestCheck check = new RequestCheck(ParameterCheck.FAIL, log);
        RequestDraft draft = draft(it -> it.with(p -> p.temperature(0.5)));

        check.apply(ModelProfile.V4_1, draft);
        RequestDraft checked = check.apply(ModelProfile.V4_1, draft);

        assertThat(checked).isEqualTo(draft);
        verify(log, times(1)).warn(contains("temperature has no effect"));
    }

    @Test
    void should_leave_pictures_of_earlier_turns_out_with_a_word() {
        // given a conversation that a model with eyes began
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1")
                .name("camera")
                .arguments("{}")
                .build();
        List<ChatMessage> messages = List.of(
                SystemMessage.from("Be brief."),
                PICTURE,
                AiMessage.from(call),
                ToolExecutionResultMessage.builder()
                        .id("1")
                        .toolName("camera")
                        .contents(List.of(
                                TextContent.from("front door"), ImageContent.from("https://example.com/door.png")))
                        .build(),
                AiMessage.from("A door."),
                UserMessage.from(TextContent.from("Listen"), AudioContent.from("https://example.com/a.mp3")),
                AiMessage.from("Music."),
                UserMessage.from("What colour has the sky?"));
        RequestDraft draft = draft(it -> it.withMessages(messages));

        // when
        List<ChatMessage> sent =
                check(ParameterCheck.FAIL, ModelProfile.V4_PRO, draft).messages();

        // then the words are there, and a word for each picture
        assertThat(sent).hasSameSizeAs(messages);
        TextContent word = TextContent.from("(image left out: this model can't read it)");
        assertThat(sent.get(1)).isEqualTo(UserMessage.from(TextContent.from("What is this?"), word));
        assertThat(((ToolExecutionResultMessage) sent.get(3)).contents())
                .containsExactly(TextContent.from("front door"), word);
        assertThat(sent.get(5))
                .isEqualTo(UserMessage.from(
                        TextContent.from("Listen"), TextContent.from("(audio left out: this model can't read it)")));
        assertThat(sent.get(7)).isEqualTo(messages.get(7));
        verify(log, times(1)).warn(contains("image content of earlier turns is not supported by DeepSeek V4-Pro"));

        // and a model that has eyes sees them, as does a server to which all is left
        assertThat(check(ParameterCheck.FAIL, ModelProfile.V4_1, draft(it -> it.withMessages(messages.subList(0, 5))))
                        .messages())
                .isEqualTo(messages.subList(0, 5));
        assertThat(check(ParameterCheck.IGNORE, ModelProfile.V4_PRO, draft).messages())
                .isEqualTo(messages);
    }

    @Test
    void should_refuse_pictures_of_earlier_turns_if_the_rules_say_so() {
        ModelProfile strict = ModelProfile.from(ModelProfile.V4_PRO)
                .history(HistoryRules.from(ModelProfile.V4_PRO.history())
                        .leaveOutUnreadable(false)
                        .build())
                .build();
        RequestDraft draft =
                draft(it -> it.withMessages(List.of(PICTURE, AiMessage.from("A door."), UserMessage.from("Hi"))));

        assertThatThrownBy(() -> check(ParameterCheck.FAIL, strict, draft))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("image content is not supported");
    }

    @Test
    void should_refuse_a_picture_that_is_asked_about_in_the_next_breath() {
        RequestDraft draft = draft(it -> it.withMessages(
                List.of(UserMessage.from("Hi"), AiMessage.from("Hello"), PICTURE, UserMessage.from("What is this?"))));

        assertThatThrownBy(() -> check(ParameterCheck.FAIL, ModelProfile.V4_PRO, draft))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void should_keep_the_tools_name_that_it_can_not_mend() {
        RequestDraft draft = draft(it -> it.with(p -> p.toolSpecifications(
                ToolSpecification.builder().name("get weather").build())));

        assertThatThrownBy(() -> check(ParameterCheck.FAIL, ModelProfile.V4_1, draft))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("get weather");
        assertThat(check(ParameterCheck.WARN, ModelProfile.V4_1, draft)).isEqualTo(draft);
    }

    @Test
    void should_let_a_request_within_the_rules_pass_without_a_word() {
        RequestDraft draft = draft(it -> it.with(p -> p.toolSpecifications(TOOL)
                        .toolChoice(ToolChoice.AUTO)
                        .responseFormat(ResponseFormat.JSON)
                        .maxOutputTokens(393_216))
                .with(Option.REASONING_EFFORT, "max")
                .withMessages(List.of(PICTURE)));

        assertThat(check(ParameterCheck.FAIL, ModelProfile.V4_1, draft)).isEqualTo(draft);
        verifyNoInteractions(log);
    }
}
