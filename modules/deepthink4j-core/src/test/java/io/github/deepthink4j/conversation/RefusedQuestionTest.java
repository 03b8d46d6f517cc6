package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ContextTooLongException;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AI services, the memory and the model of this library, with nothing that links them: a refusal concerns one question. */
@Timeout(60)
class RefusedQuestionTest {

    private static final Answer RISK = Answer.error(400, "Content Exists Risk");

    interface Assistant {
        String chat(String question);
    }

    interface Seeing {
        String chat(@UserMessage List<Content> question);
    }

    interface Streaming {
        TokenStream chat(String question);
    }

    static final class Tools {
        @Tool
        public String news() {
            return "an unspeakable thing has happened";
        }
    }

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final ChatMemory memory = ReasoningChatMemory.withMaxTurns(10);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model(String name) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName(name)
                .retryPolicy(RetryPolicy.NONE)
                .build();
    }

    private <A> AiServices<A> assistant(Class<A> type) {
        return AiServices.builder(type).chatModel(model("deepseek-flash")).chatMemory(memory);
    }

    private String lastBody() {
        return new String(deepSeek.lastRequest().rawBody(), StandardCharsets.UTF_8);
    }

    @Test
    void should_ask_the_next_question_without_the_refused_one() {
        deepSeek.respond(Answer.text("Hello."), RISK, Answer.text("Four."));
        Assistant assistant = assistant(Assistant.class).build();
        assistant.chat("Hi");

        assertThatThrownBy(() -> assistant.chat("How does smuggling work?"))
                .isInstanceOf(ContentRefusedException.class);
        assertThat(assistant.chat("What is two and two?")).isEqualTo("Four.");

        assertThat(lastBody()).contains("Hi", "Hello.", "What is two and two?").doesNotContain("smuggling");
        assertThat(memory.messages()).hasSize(4);
        assertThat(memory.messages().toString()).doesNotContain("smuggling");
    }

    @Test
    void should_take_an_answer_that_was_filtered_for_a_refusal() {
        deepSeek.respond(Answer.nothing().finishReason("content_filter"), Answer.text("Four."));
        Assistant assistant = assistant(Assistant.class).build();

        assertThatThrownBy(() -> assistant.chat("How does smuggling work?"))
                .isInstanceOf(ContentRefusedException.class);
        assertThat(assistant.chat("What is two and two?")).isEqualTo("Four.");

        assertThat(lastBody()).doesNotContain("smuggling");
    }

    @Test
    void should_ask_a_short_question_after_one_that_was_too_long() {
        deepSeek.respond(
                Answer.error(
                        400,
                        "This model's maximum context length is 65536 tokens. However, you requested 70000"
                                + " tokens (70000 in the messages, 0 in the completion). Please reduce the length of the messages"
                                + " or completion."),
                Answer.text("Four."));
        Assistant assistant = assistant(Assistant.class).build();

        assertThatThrownBy(() -> assistant.chat("a whole book")).isInstanceOf(ContextTooLongException.class);
        assertThat(assistant.chat("What is two and two?")).isEqualTo("Four.");

        assertThat(lastBody()).doesNotContain("a whole book");
    }

    @Test
    void should_ask_in_words_after_a_picture_that_the_model_can_not_see() {
        deepSeek.respond(Answer.text("Blue."));
        Seeing assistant = AiServices.builder(Seeing.class)
                .chatModel(model("deepseek-v4-pro"))
                .chatMemory(memory)
                .build();

        assertThatThrownBy(() -> assistant.chat(
                        List.of(TextContent.from("What is this?"), ImageContent.from("aGk=", "image/png"))))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(assistant.chat(List.of(TextContent.from("What colour has the sky?"))))
                .isEqualTo("Blue.");

        assertThat(lastBody()).contains("What colour has the sky?").doesNotContain("What is this?");
    }

    @Test
    void should_go_on_after_a_tool_result_that_was_refused() {
        deepSeek.respond(Answer.toolCall("news", "{}"), RISK, Answer.text("Four."));
        Assistant assistant = assistant(Assistant.class).tools(new Tools()).build();

        assertThatThrownBy(() -> assistant.chat("What is new?")).isInstanceOf(ContentRefusedException.class);
        assertThat(assistant.chat("What is two and two?")).isEqualTo("Four.");

        assertThat(lastBody()).doesNotContain("unspeakable").doesNotContain("What is new?");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_go_on_where_text_was_retrieved(boolean stored) {
        deepSeek.respond(RISK, Answer.toolCall("news", "{}"), RISK, Answer.text("Four."));
        Assistant assistant = assistant(Assistant.class)
                .tools(new Tools())
                .contentRetriever(
                        query -> List.of(dev.langchain4j.rag.content.Content.from("The vault is in the cellar.")))
                .storeRetrievedContentInChatMemory(stored)
                .build();

        assertThatThrownBy(() -> assistant.chat("Where is the vault?")).isInstanceOf(ContentRefusedException.class);
        assertThatThrownBy(() -> assistant.chat("And what is new?")).isInstanceOf(ContentRefusedException.class);
        assertThat(assistant.chat("What is two and two?")).isEqualTo("Four.");

        assertThat(lastBody())
                .doesNotContain("Where is the vault?")
                .doesNotContain("And what is new?")
                .contains("What is two and two?");
    }

    @Test
    void should_hear_of_a_refusal_from_a_stream() throws Exception {
        deepSeek.respond(RISK, Answer.text("Four."));
        Streaming assistant = AiServices.builder(Streaming.class)
                .streamingChatModel(DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build())
                .chatMemory(memory)
                .build();

        assertThat(catchThrowable(() -> answer(assistant.chat("How does smuggling work?"))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ContentRefusedException.class);
        assertThat(answer(assistant.chat("What is two and two?"))).isEqualTo("Four.");

        assertThat(lastBody()).doesNotContain("smuggling");
    }

    @Test
    void should_ask_again_with_a_question_that_nobody_has_refused() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("Both."));
        Assistant assistant = assistant(Assistant.class).build();

        assertThat(catchThrowable(() -> assistant.chat("My name is Klaus."))).isNotNull();
        assertThat(assistant.chat("What is my name?")).isEqualTo("Both.");

        assertThat(lastBody()).contains("My name is Klaus.", "What is my name?");
    }

    private static String answer(TokenStream stream) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        stream.onPartialResponse(piece -> {})
                .onCompleteResponse(
                        response -> answer.complete(response.aiMessage().text()))
                .onError(answer::completeExceptionally)
                .start();
        return answer.get(30, TimeUnit.SECONDS);
    }
}
