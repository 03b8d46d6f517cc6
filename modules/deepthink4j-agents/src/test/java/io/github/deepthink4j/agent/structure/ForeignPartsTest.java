package io.github.deepthink4j.agent.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.profile.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reasoner and structurer of other vendors, of which nothing is known but what they say. */
class ForeignPartsTest {

    private final List<ChatRequest> asked = new ArrayList<>();

    /** Says these one after the other; {@code null} for a message without a text. */
    private ChatModel saying(@Nullable String... texts) {
        Iterator<AiMessage> answers = Arrays.stream(texts)
                .map(text -> AiMessage.builder().text(text).build())
                .iterator();
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                return ChatResponse.builder().aiMessage(answers.next()).build();
            }
        };
    }

    private static ReasonThenStructure.Builder model(ChatModel reasoner, ChatModel structurer) {
        return ReasonThenStructure.builder().reasoner(reasoner).structurer(structurer, Set.of(Feature.JSON_MODE));
    }

    private static ChatRequest json(ChatMessage... messages) {
        return ChatRequest.builder()
                .messages(messages)
                .responseFormat(ResponseFormat.JSON)
                .build();
    }

    @Test
    void should_ask_again_where_the_structurer_says_nothing() {
        ReasonThenStructure model =
                model(saying("Forty-two."), saying(null, "{\"a\":42}")).build();

        ChatResponse response = model.chat(json(UserMessage.from("How much?")));

        assertThat(response.aiMessage().text()).isEqualTo("{\"a\":42}");
        assertThat(((CombinedChatResponseMetadata) response.metadata()).steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.REASON, StepKind.STRUCTURE, StepKind.REPAIR);
        List<ChatMessage> repair = asked.get(2).messages();
        assertThat(repair).hasSize(3);
        assertThat(((UserMessage) repair.get(0)).singleText()).contains("Forty-two.", "How much?");
        assertThat(repair.get(1)).isEqualTo(AiMessage.from(""));
        assertThat(((UserMessage) repair.get(2)).singleText()).contains("- there is no JSON, the answer is empty");
    }

    @Test
    void should_say_so_where_the_structurer_says_nothing_twice() {
        ReasonThenStructure model =
                model(saying("Forty-two."), saying(null, null)).build();

        assertThatThrownBy(() -> model.chat(json(UserMessage.from("How much?"))))
                .isInstanceOfSatisfying(StructureMismatchException.class, error -> {
                    assertThat(error.text()).isEmpty();
                    assertThat(error.code()).isEqualTo("structure_mismatch");
                })
                .hasMessageContaining("there is no JSON, the answer is empty");
    }

    @Test
    void should_tell_the_structurer_the_last_question_in_its_words() {
        ReasonThenStructure model =
                model(saying("A cat.", "A dog."), saying("{}", "{}")).build();

        model.chat(json(
                UserMessage.from("First?"),
                AiMessage.from("Yes"),
                UserMessage.from(
                        TextContent.from("What is this?"),
                        ImageContent.from("https://example.com/cat.png"),
                        TextContent.from("Quickly."))));
        model.chat(json(SystemMessage.from("Say something.")));

        assertThat(((UserMessage) asked.get(1).messages().get(0)).singleText())
                .contains("Question:\nWhat is this?\n\nQuickly.\n\nAnswer:\nA cat.")
                .doesNotContain("First?");
        assertThat(((UserMessage) asked.get(3).messages().get(0)).singleText())
                .contains("Question:\n\n\nAnswer:\nA dog.");
    }

    @Test
    void should_return_calls_of_the_reasoner_as_they_are() {
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("1").name("f").arguments("{}").build();
        ChatModel calling = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder().aiMessage(AiMessage.from(call)).build();
            }
        };

        AiMessage message = model(calling, saying())
                .build()
                .chat(json(UserMessage.from("How much?")))
                .aiMessage();

        assertThat(message.toolExecutionRequests()).containsExactly(call);
        assertThat(asked).isEmpty();
    }

    @Test
    void should_have_what_the_reasoner_has_and_json() {
        ChatModelListener listener = new ChatModelListener() {};
        ChatRequestParameters parameters =
                ChatRequestParameters.builder().temperature(0.5).build();
        List<String> begun = new ArrayList<>();
        ReasonThenStructure model = model(saying("Hello"), saying())
                .listeners(listener)
                .defaultRequestParameters(parameters)
                .stepListener(new StepListener() {
                    @Override
                    public void onStart(StepKind kind, String part, @Nullable String modelName) {
                        begun.add(kind + " by " + part);
                    }
                })
                .build();

        assertThat(model.features(parameters)).containsExactlyInAnyOrder(Feature.TOOLS, Feature.JSON_MODE);
        assertThat(model.defaultRequestParameters()).isEqualTo(parameters);
        assertThat(model.listeners()).hasSize(1);
        assertThat(model.chat("Hi")).isEqualTo("Hello");
        assertThat(asked.get(0).temperature()).isEqualTo(0.5);
        assertThat(begun).containsExactly("REASON by reasoner");
    }
}
