package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.output.OutputParsingException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that thinks aloud in its answer: AI services get what it came to, and not what it tried first. */
@Timeout(60)
class JsonDraftTest {

    record Visit(
            @JsonProperty(required = true) String city,
            @JsonProperty(required = true) Integer n) {}

    record Guess(@Nullable String city) {}

    interface Guesser {
        Guess guess(String question);
    }

    interface Planner {
        Visit plan(String question);
    }

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private Visit planned(String answer) {
        deepSeek.respond(Answer.text(answer));
        return service(Planner.class).plan("Where to?");
    }

    private <A> A service(Class<A> type) {
        return AiServices.create(
                type,
                DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "First try: {\"city\":\"Oslo\",\"n\":1}. No.\nFinal answer:\n```json\n{\"city\":\"Rome\",\"n\":2}\n```",
                "\u8349\u7a3f\uff1a{\"city\":\"Oslo\",\"n\":1}\n\u6700\u7ec8\u7b54\u6848\uff1a{\"city\":\"Rome\",\"n\":2}"
            })
    void should_get_the_answer_and_not_the_draft(String answer) throws Exception {
        assertThat(planned(answer)).isEqualTo(new Visit("Rome", 2));

        // and streamed
        deepSeek.respond(Answer.text(answer));
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .responseFormat(ResponseFormat.JSON)
                .build()
                .chat(List.of(UserMessage.from("Where to? In JSON.")), new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        streamed.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        streamed.completeExceptionally(error);
                    }
                });
        assertThat(streamed.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("{\"city\":\"Rome\",\"n\":2}");
    }

    /** LangChain4j's, who knows the class: nothing is made up here, and no error hidden. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"city\":\"Rome\"}", "Final answer: {}"})
    void should_leave_to_its_reader_what_the_json_lacks(String answer) {
        assertThatThrownBy(() -> planned(answer)).isInstanceOf(OutputParsingException.class);
    }

    @Test
    void should_take_an_empty_object_where_nothing_is_required() {
        deepSeek.respond(Answer.text("Here: {}"));

        assertThat(service(Guesser.class).guess("Where to?")).isEqualTo(new Guess(null));
    }
}
