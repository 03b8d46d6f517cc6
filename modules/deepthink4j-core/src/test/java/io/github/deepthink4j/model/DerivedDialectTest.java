package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ReasoningDialect.InlineReasoning;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dialect that reads a little differently is of the same host still. */
@Timeout(60)
class DerivedDialectTest {

    static Stream<ReasoningDialect> ofDeepSeek() {
        return Stream.<UnaryOperator<ReasoningDialect.Builder>>of(
                        UnaryOperator.identity(),
                        it -> it.carriedFields(List.of("search")),
                        it -> it.doneMarkerRequired(false),
                        it -> it.name("our gateway"),
                        it -> it.toolCallMarkup(true).inlineReasoning(InlineReasoning.TAGS))
                .map(change -> change.apply(ReasoningDialect.from(ReasoningDialect.DEEPSEEK))
                        .build());
    }

    static Stream<ReasoningDialect> ofOthers() {
        return Stream.of(
                        ReasoningDialect.SILICONFLOW,
                        ReasoningDialect.VOLCENGINE_ARK,
                        ReasoningDialect.DASHSCOPE,
                        ReasoningDialect.TENCENT,
                        ReasoningDialect.MOONSHOT,
                        ReasoningDialect.ZHIPU,
                        ReasoningDialect.OTHER_HOST,
                        ReasoningDialect.VLLM,
                        ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                                .name("Like it")
                                .deepSeekApi(false)
                                .build())
                .map(it -> ReasoningDialect.from(it).doneMarkerRequired(false).build());
    }

    private static DeepSeekChatModel.Builder on(ReasoningDialect dialect) {
        return DeepSeekChatModel.builder()
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .dialect(dialect);
    }

    @ParameterizedTest
    @MethodSource("ofDeepSeek")
    void should_have_all_that_only_deepseek_has(ReasoningDialect dialect) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekFiles files = DeepSeekFiles.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("key-for-tests-0123456789")
                        .build();
                DeepSeekChatModel model = on(dialect)
                        .baseUrl(deepSeek.baseUrl())
                        .serverTools(ServerTool.WEB_SEARCH)
                        .safetyCheck(SafetyLevel.LOW)
                        .build()) {
            deepSeek.respond(Answer.text("A cat."));
            UploadedFile picture = files.upload("cat.png", new byte[] {1}, FilePurpose.USER_DATA);

            String answer = model.chat(UserMessage.from(TextContent.from("What is it?"), picture.asContent()))
                    .aiMessage()
                    .text();

            assertThat(answer).isEqualTo("A cat.");
            assertThat(deepSeek.lastRequest().body().path("tools").size()).isEqualTo(1);
            assertThat(deepSeek.lastRequest().body().toString()).contains(picture.id(), "safety");
        }
    }

    @ParameterizedTest
    @MethodSource("ofDeepSeek")
    void should_have_the_beta_root_of_deepseek(ReasoningDialect dialect) {
        assertThat(calledForAPrefix(dialect)).isEqualTo("https://gateway.example.com/beta/chat/completions");
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void should_have_no_beta_root_elsewhere(ReasoningDialect dialect) {
        assertThat(calledForAPrefix(dialect)).isEqualTo("https://gateway.example.com/chat/completions");
    }

    private static String calledForAPrefix(ReasoningDialect dialect) {
        AtomicReference<String> uri = new AtomicReference<>("");
        try (DeepSeekChatModel model = on(dialect)
                .baseUrl("https://gateway.example.com")
                .requestListener(request -> uri.set(request.uri().toString()))
                .proxy(ProxySelector.of(new InetSocketAddress("localhost", 1)))
                .build()) {
            ChatRequest asked = ChatRequest.builder()
                    .messages(UserMessage.from("Write a poem."))
                    .build();
            catchThrowableOfType(
                    RuntimeException.class,
                    () -> Continuation.beginningWith(asked, "Roses").chat(model));
            return uri.get();
        }
    }

    /** In the profile in place of the model, before a simulator on this machine. */
    @ParameterizedTest
    @MethodSource("ofDeepSeek")
    void should_have_the_beta_root_by_the_profile_too(ReasoningDialect dialect) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel model = on(dialect)
                        .dialect(null)
                        .baseUrl(deepSeek.baseUrl())
                        .profile(ModelProfile.from(ModelProfile.V4_1)
                                .dialect(dialect)
                                .build())
                        .build()) {
            deepSeek.respond(Answer.text(" are red"));
            ChatRequest asked = ChatRequest.builder()
                    .messages(UserMessage.from("Write a poem."))
                    .build();

            Continuation.beginningWith(asked, "Roses").chat(model);

            assertThat(deepSeek.lastRequest().path()).isEqualTo("/beta/chat/completions");
        }
    }

    @ParameterizedTest
    @MethodSource("ofDeepSeek")
    void should_give_ids_and_profiles_the_meaning_that_they_have_at_deepseek(ReasoningDialect dialect) {
        ModelProfile flash = ModelProfile.forModel("deepseek-v4-flash", dialect);

        assertThat(flash.name()).isEqualTo(ModelProfile.V4_1.name());
        assertThat(ModelProfile.V4_PRO.on(dialect).whileNotThinking().maxOutputTokens())
                .isEqualTo(ModelProfile.V4_PRO.whileNotThinking().maxOutputTokens());
        // To another host and no other way round, limits stay behind.
        assertThat(flash.on(ReasoningDialect.VLLM).whileThinking().maxOutputTokens())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void should_leave_to_others_what_is_theirs(ReasoningDialect dialect) {
        ModelProfile flash = ModelProfile.forModel("deepseek-v4-flash", dialect);

        assertThat(dialect.deepSeekApi()).isFalse();
        assertThat(flash.name()).isEqualTo(ModelProfile.V4_FLASH.name());
        assertThat(flash.whileThinking().maxOutputTokens()).isNull();
        try (DeepSeekChatModel model = on(dialect)
                .baseUrl("https://gateway.example.com")
                .safetyCheck(SafetyLevel.LOW)
                .build()) {
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("safetyCheck");
        }
    }

    @Test
    void should_hold_strict_functions_to_the_words_that_deepseek_knows() {
        ChatRequest strict = ChatRequest.builder()
                .messages(UserMessage.from("Find it."))
                .toolSpecifications(ToolSpecification.builder()
                        .name("find")
                        .parameters(JsonObjectSchema.builder()
                                .addProperty("what", JsonObjectSchema.builder().build())
                                .build())
                        .build())
                .build();

        ofDeepSeek().forEach(dialect -> {
            try (DeepSeekChatModel model = on(dialect)
                    .baseUrl("https://gateway.example.com")
                    .strictTools(true)
                    .build()) {
                assertThatThrownBy(() -> model.chat(strict))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("strict functions");
            }
        });
    }
}
