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
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.HistoryRules;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
                        "ToolChoice.REQUIRED is not supported by " + ModelProfile.V4_1.name() + " while thinking"),
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
                        it -> it.with(Option.SAFETY_CHECK, SafetyLevel.HIGH)
                                .with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED)),
                        UnsupportedFeatureException.class,
                        "beside safetyCheck HIGH"),
                breach(
                        ModelProfile.V4_PRO,
                        it -> it.with(Option.SERVER_TOOLS, List.of(ServerTool.WEB_SEARCH)),
                        UnsupportedFeatureException.class,
                        "server tools are not supported by DeepSeek V4-Pro"),
                breach(
                        ModelProfile.V4_1.on(ReasoningDialect.FIREWORKS),
                        it -> it.with(Option.SERVER_TOOLS, List.of(ServerTool.READ_URL)),
                        UnsupportedFeatureException.class,
                        "on Fireworks"),
                breach(
                        ModelProfile.V4_1.on(ReasoningDialect.VLLM),
                        it -> it.with(Option.SAFETY_CHECK, SafetyLevel.LOW),
                        UnsupportedFeatureException.class,
                        "vLLM does not check"),
                breach(
                        ModelProfile.CHAT,
                        it -> it.with(Option.USER_ID, "你".repeat(171)),
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

    /** What stands just within a rule, and its profile. */
    static Stream<Arguments> atTheLimits() {
        return Stream.of(
                within(ModelProfile.CHAT, it -> it.with(p -> p.temperature(0.0).topP(0.0))),
                within(ModelProfile.CHAT, it -> it.with(p -> p.temperature(2.0).topP(1.0))),
                within(ModelProfile.CHAT, it -> it.with(p -> p.maxOutputTokens(1))),
                within(ModelProfile.CHAT, it -> it.with(p -> p.maxOutputTokens(8192))),
                within(ModelProfile.CHAT, it -> it.with(p -> p.toolSpecifications(Collections.nCopies(128, TOOL)))),
                within(ModelProfile.CHAT, it -> it.with(p -> p.stopSequences(Collections.nCopies(16, "x")))),
                within(ModelProfile.CHAT, it -> it.with(Option.LOGPROBS, true).with(Option.TOP_LOGPROBS, 0)),
                within(ModelProfile.CHAT, it -> it.with(Option.LOGPROBS, true).with(Option.TOP_LOGPROBS, 20)),
                within(ModelProfile.CHAT, it -> it.with(Option.USER_ID, "a_-9".repeat(128))),
                within(
                        ModelProfile.V4_1,
                        it -> it.with(Option.SERVER_TOOLS, List.of(ServerTool.WEB_SEARCH, ServerTool.READ_URL))),
                within(ModelProfile.CHAT, it -> it.with(Option.SERVER_TOOLS, List.of())),
                within(
                        ModelProfile.CHAT,
                        it -> it.with(Option.SAFETY_CHECK, SafetyLevel.LOW)
                                .with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED))),
                within(
                        ModelProfile.V4_1,
                        it -> it.with(Option.SAFETY_CHECK, SafetyLevel.HIGH)
                                .with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.NONE))),
                within(ModelProfile.CHAT, it -> it.with(Option.USER_ID, "me@example.com, 你好 🙂")),
                within(ModelProfile.CHAT, it -> it.with(Option.USER_ID, "🙂".repeat(128))),
                within(
                        ModelProfile.CHAT.on(ReasoningDialect.VLLM),
                        it -> it.with(Option.USER_ID, "a".repeat(513))
                                .with(p -> p.topK(40)
                                        .maxOutputTokens(100_000)
                                        .stopSequences(Collections.nCopies(17, "x"))
                                        .toolSpecifications(Collections.nCopies(129, TOOL)))),
                within(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.toolSpecifications(ToolSpecification.builder()
                                .name("a_-9".repeat(16))
                                .build()))),
                within(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED))),
                within(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.toolSpecifications(TOOL)).withStrictTools(true)),
                within(ModelProfile.CHAT, it -> it.with(Option.THINKING, ThinkingMode.OFF)),
                within(ModelProfile.R1, it -> it.with(Option.THINKING, ThinkingMode.ON)),
                within(ModelProfile.R1, it -> it.with(Option.LOGPROBS, false)),
                within(ModelProfile.R1, it -> it.withStrictTools(true)),
                within(ModelProfile.R1, it -> it.with(Option.REASONING_EFFORT, "None")),
                within(ModelProfile.V4_1, it -> it.with(Option.REASONING_EFFORT, "XHigh")),
                within(
                        ModelProfile.R1,
                        it -> it.withMessages(List.of(UserMessage.from("Hi"), AiMessage.from("Ho")))
                                .with(Option.PREFIX, true)));
    }

    private static Arguments within(ModelProfile profile, UnaryOperator<RequestDraft> with) {
        return Arguments.of(profile, with);
    }

    @ParameterizedTest
    @MethodSource("atTheLimits")
    void should_let_pass_what_stands_just_within_a_rule(ModelProfile profile, UnaryOperator<RequestDraft> with) {
        RequestDraft draft = draft(with);

        assertThat(check(ParameterCheck.FAIL, profile, draft)).isEqualTo(draft);
        verifyNoInteractions(log);
    }

    /** What goes against a rule, and what is left of it. */
    static Stream<Arguments> downgrades() {
        UnaryOperator<RequestDraft> plain = it -> it.with(p -> p.maxOutputTokens(5));
        ToolSpecification other = ToolSpecification.builder().name("other").build();
        return Stream.of(
                downgrade(
                        ModelProfile.R1,
                        it -> plain.apply(it)
                                .with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED)),
                        plain),
                downgrade(
                        ModelProfile.V4_1,
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED)),
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.AUTO))),
                downgrade(ModelProfile.R1, it -> it.with(Option.LOGPROBS, true).with(Option.TOP_LOGPROBS, 3), it -> it),
                downgrade(
                        ModelProfile.CHAT,
                        it -> it.with(Option.LOGPROBS, true).with(Option.TOP_LOGPROBS, 21),
                        it -> it.with(Option.LOGPROBS, true)),
                downgrade(
                        ModelProfile.CHAT,
                        it -> it.with(Option.LOGPROBS, true).with(Option.TOP_LOGPROBS, -1),
                        it -> it.with(Option.LOGPROBS, true)),
                downgrade(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.maxOutputTokens(8193)),
                        it -> it.with(p -> p.maxOutputTokens(8192))),
                downgrade(ModelProfile.CHAT, it -> plain.apply(it).with(p -> p.temperature(-0.1)), plain),
                downgrade(ModelProfile.CHAT, it -> plain.apply(it).with(p -> p.temperature(Double.NaN)), plain),
                downgrade(ModelProfile.CHAT, it -> plain.apply(it).with(p -> p.topP(1.1)), plain),
                downgrade(ModelProfile.CHAT, it -> plain.apply(it).with(p -> p.topP(-0.1)), plain),
                downgrade(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.stopSequences(Collections.nCopies(17, "x"))),
                        it -> it.with(p -> p.stopSequences(Collections.nCopies(16, "x")))),
                downgrade(
                        ModelProfile.CHAT,
                        it -> it.with(p -> p.toolSpecifications(
                                Stream.concat(Collections.nCopies(128, TOOL).stream(), Stream.of(other))
                                        .toList())),
                        it -> it.with(p -> p.toolSpecifications(Collections.nCopies(128, TOOL)))),
                downgrade(
                        ModelProfile.from(ModelProfile.V4_1)
                                .whileThinking(ModeRules.from(ModelProfile.V4_1.whileThinking())
                                        .features(Set.of(Feature.TOOLS))
                                        .build())
                                .build(),
                        it -> it.with(p -> p.toolSpecifications(TOOL))
                                .with(Option.PREFIX, true)
                                .withMessages(List.of(UserMessage.from("Hi"), AiMessage.from("Ho")))
                                .withStrictTools(true),
                        it -> it.with(p -> p.toolSpecifications(TOOL))
                                .withMessages(List.of(UserMessage.from("Hi"), AiMessage.from("Ho")))));
    }

    private static Arguments downgrade(
            ModelProfile profile, UnaryOperator<RequestDraft> with, UnaryOperator<RequestDraft> left) {
        return Arguments.of(profile, with, left);
    }

    @ParameterizedTest
    @MethodSource("downgrades")
    void should_take_away_no_more_than_the_rule_wants(
            ModelProfile profile, UnaryOperator<RequestDraft> with, UnaryOperator<RequestDraft> left) {
        RequestDraft downgraded = check(ParameterCheck.WARN, profile, draft(with));

        assertThat(downgraded).isEqualTo(draft(left));
    }

    @ParameterizedTest
    @MethodSource("ignored")
    void should_warn_of_each_parameter_that_has_no_effect(String name, UnaryOperator<RequestDraft> with) {
        RequestDraft draft = draft(with);

        assertThat(check(ParameterCheck.FAIL, ModelProfile.R1, draft)).isEqualTo(draft);
        verify(log, times(1)).warn(contains(name + " has no effect on DeepSeek R1 while thinking"));
    }

    static Stream<Arguments> ignored() {
        return Stream.of(
                ignored("temperature", it -> it.with(p -> p.temperature(1.0))),
                ignored("topP", it -> it.with(p -> p.topP(1.0))),
                ignored("frequencyPenalty", it -> it.with(p -> p.frequencyPenalty(1.0))),
                ignored("presencePenalty", it -> it.with(p -> p.presencePenalty(1.0))));
    }

    private static Arguments ignored(String name, UnaryOperator<RequestDraft> with) {
        return Arguments.of(name, with);
    }

    @ParameterizedTest
    @MethodSource
    void should_know_a_users_id_that_the_server_would_refuse(String id) {
        assertThatThrownBy(() ->
                        check(ParameterCheck.FAIL, ModelProfile.CHAT, draft(it -> it.with(Option.USER_ID, id))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("512 bytes");
    }

    static Stream<String> should_know_a_users_id_that_the_server_would_refuse() {
        return Stream.of("", "a".repeat(513), "é".repeat(257), "你".repeat(171), "🙂".repeat(129));
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
