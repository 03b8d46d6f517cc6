package io.github.deepthink4j.agent.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1 answers in words, chat puts them into a form. */
@Timeout(30)
class ReasonThenStructureTest {

    private static final String WORDS = "The better decimal is 9.8, by 0.69.";
    private static final String FITS = "{\"winner\": 9.8, \"difference\": 0.69}";

    record Comparison(
            @JsonProperty(required = true) double winner,
            @JsonProperty(required = true) double difference) {}

    interface Comparer {
        Result<Comparison> compare(String question);
    }

    /** As most write it: nothing is declared to be required. */
    record Verdict(boolean guilty, String why) {}

    interface Judge {
        Verdict judge(String question);
    }

    static final class Difference {

        @Tool("The difference of 9.8 and 9.11")
        String difference() {
            return "0.69";
        }
    }

    private final Duo duo = new Duo();
    private final List<StepKind> kinds = new ArrayList<>();

    @AfterEach
    void close() {
        duo.close();
    }

    private ReasonThenStructure.Builder model() {
        return ReasonThenStructure.builder()
                .reasoner(duo.reasoner().build())
                .structurer(duo.toolCaller().build())
                .stepListener(new StepListener() {
                    @Override
                    public void onEnd(Step step, ChatResponse response) {
                        kinds.add(step.kind());
                    }
                });
    }

    private Comparison compare(ChatModel model) {
        return AiServices.create(Comparer.class, model)
                .compare("9.11 and 9.8, which is greater?")
                .content();
    }

    @Test
    void should_fill_a_pojo_from_what_r1_has_said() {
        duo.r1.respond(Answer.thinking("Hm.").thenText(WORDS));
        duo.chat.respond(Answer.text(FITS));
        ReasonThenStructure model = model().build();

        Comparison comparison = compare(model);

        assertThat(comparison).isEqualTo(new Comparison(9.8, 0.69));
        assertThat(kinds).containsExactly(StepKind.REASON, StepKind.STRUCTURE);
        assertThat(duo.r1.lastRequest().lastUserText())
                .contains("9.11 and 9.8")
                .contains("Answer in words")
                .contains("\"difference\"");
        assertThat(duo.chat.lastRequest().lastUserText()).contains(WORDS).contains("which is greater?");
        assertThat(duo.chat
                        .lastRequest()
                        .body()
                        .path("response_format")
                        .path("type")
                        .asText())
                .isEqualTo("json_object");
        assertThat(model.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Test
    void should_repair_once_in_the_validators_words() {
        duo.r1.respond(Answer.text(WORDS));
        duo.chat.respond(Answer.text("{\"winner\": \"the second\"}"), Answer.text(FITS));

        assertThat(compare(model().build())).isEqualTo(new Comparison(9.8, 0.69));

        assertThat(kinds).containsExactly(StepKind.REASON, StepKind.STRUCTURE, StepKind.REPAIR);
        assertThat(duo.chat.lastRequest().lastUserText())
                .contains("That JSON does not fit")
                .contains("required property 'difference' not found")
                .contains("string found, number expected");
    }

    @Test
    void should_repair_what_is_no_json() {
        duo.r1.respond(Answer.text(WORDS));
        duo.chat.respond(Answer.text("Sorry, I can't"), Answer.text(FITS));

        assertThat(compare(model().build()).winner()).isEqualTo(9.8);
        assertThat(duo.chat.lastRequest().lastUserText()).contains("it is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"guilty\":true,\"why\":\"x\",\"extra\":1}", "{\"guilt\":\"maybe\"}"})
    void should_repair_what_would_fill_a_pojo_with_nothing_or_not_at_all(String unfit) {
        duo.r1.respond(Answer.text(WORDS));
        duo.chat.respond(Answer.text(unfit), Answer.text("{\"guilty\":true,\"why\":\"it lied\"}"));

        Verdict verdict = AiServices.create(Judge.class, model().build()).judge("Is it guilty?");

        assertThat(verdict).isEqualTo(new Verdict(true, "it lied"));
        assertThat(kinds).containsExactly(StepKind.REASON, StepKind.STRUCTURE, StepKind.REPAIR);
    }

    @Test
    void should_let_a_field_be_left_out_that_is_not_required() {
        duo.r1.respond(Answer.text(WORDS));
        duo.chat.respond(Answer.text("{\"guilty\":true}"));

        Verdict verdict = AiServices.create(Judge.class, model().build()).judge("Is it guilty?");

        assertThat(verdict).isEqualTo(new Verdict(true, null));
    }

    @Test
    void should_say_what_does_not_fit_after_the_repair() {
        duo.r1.respond(Answer.text(WORDS));
        duo.chat.respond(Answer.text("{}"), Answer.text("{\"winner\": 9.8}"));

        assertThatThrownBy(() -> compare(model().build()))
                .isInstanceOf(StructureMismatchException.class)
                .hasMessageContaining("required property 'difference' not found")
                .satisfies(error ->
                        assertThat(((StructureMismatchException) error).text()).isEqualTo("{\"winner\": 9.8}"));
        assertThat(duo.chat.requests()).hasSize(2);
    }

    @Test
    void should_keep_the_thought_and_sum_the_usage() {
        duo.r1.respond(Answer.thinking("Hm.").thenText(WORDS));
        duo.chat.respond(Answer.text(FITS));

        ChatResponse response = model().build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("json?"))
                        .responseFormat(ResponseFormat.JSON)
                        .build());

        assertThat(response.aiMessage().text()).isEqualTo(FITS);
        assertThat(response.aiMessage().thinking()).isEqualTo("Hm.");
        assertThat(Provenance.of(response.aiMessage())).contains(new Provenance("reasoner", "deepseek-reasoner", null));
        List<Step> steps = ((CombinedChatResponseMetadata) response.metadata()).steps();
        assertThat(steps).extracting(Step::part).containsExactly("reasoner", "structurer");
        assertThat(response.metadata().tokenUsage().totalTokenCount())
                .isEqualTo(steps.stream()
                        .mapToInt(step -> step.tokenUsage().totalTokenCount())
                        .sum());
    }

    @Test
    void should_leave_a_request_for_text_to_the_reasoner() {
        duo.r1.respond(Answer.text("Hello"));

        assertThat(model().build().chat("Hi")).isEqualTo("Hello");
        assertThat(duo.chat.requests()).isEmpty();
        assertThat(duo.r1.lastRequest().lastUserText()).isEqualTo("Hi");
    }

    @Test
    void should_structure_what_came_of_tools() {
        duo.chat.respond(Answer.toolCall("difference", "{}"), Answer.text("By 0.69, so 9.8."), Answer.text(FITS));
        ChatModel model = model().reasoner(duo.blocking().build()).build();
        Comparer comparer = AiServices.builder(Comparer.class)
                .chatModel(model)
                .tools(new Difference())
                .build();

        assertThat(comparer.compare("Which is greater?").content()).isEqualTo(new Comparison(9.8, 0.69));
        assertThat(kinds).containsExactly(StepKind.REASON, StepKind.REASON, StepKind.STRUCTURE);
    }

    /** As other vendors' models may: DeepSeek's has an error for it by itself. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void should_make_no_answer_of_nothing(String nothing) {
        ChatModel silent = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.builder().text(nothing).build())
                        .build();
            }
        };

        assertThatThrownBy(() -> compare(model().reasoner(silent).build()))
                .isInstanceOf(EmptyAnswerException.class)
                .hasMessageContaining("The reasoner has answered nothing");
        assertThat(duo.chat.requests()).isEmpty();
    }

    @Test
    void should_put_each_text_in_its_place_whatever_stands_in_it() {
        StructurePrompts prompts = new StructurePrompts("{{schema}}", "Q: {{question}} A: {{answer}}", "{{findings}}");

        assertThat(prompts.askForJson("What is {{answer}} or $1?", "It is {{question}} and \\1."))
                .isEqualTo("Q: What is {{answer}} or $1? A: It is {{question}} and \\1.");
    }

    @Test
    void should_refuse_a_structurer_without_json() {
        assertThatThrownBy(() -> model().structurer(duo.reasoner().build()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSON mode");
        assertThatThrownBy(() -> ReasonThenStructure.builder().build()).hasMessageContaining("set both");
    }
}
