package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Votes, by hand-made distributions: the answers are given in this order, one after the other. */
@Timeout(30)
class ConsensusChatModelTest {

    private static final UserMessage QUESTION = UserMessage.from("What is 6 times 7?");

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model() {
        return Duo.at(deepSeek, "deepseek-flash", DeepSeekChatModel.builder()).build();
    }

    private ConsensusChatModel.Builder consensus() {
        return ConsensusChatModel.builder().part(model()).extractor(AnswerExtractor.lastNumber());
    }

    private void answers(String... texts) {
        deepSeek.respond(Arrays.stream(texts)
                .map(text -> Answer.thinking("Thought of " + text).thenText(text))
                .toArray(Answer[]::new));
    }

    private static ConsensusChatResponseMetadata metadata(ChatResponse response) {
        return (ConsensusChatResponseMetadata) response.metadata();
    }

    @ParameterizedTest(name = "{0} -> {1} after {2}")
    @CsvSource({
        // answers, winner, samples asked for
        "42 42 42 41 41, 42, 3",
        "41 42 42 42 41, 42, 4",
        "41 42 43 42 41, 41, 5",
        "43 42 41 42 42, 42, 5",
        "1 2 3 4 5, 1, 5",
        "5 4 3 2 1, 5, 5",
        "42.0 42 41 42.00 41, 42, 4",
        "x 42 y z 42, 42, 5",
        "42 42 x x x, 42, 4",
    })
    void should_elect_the_most_frequent_answer_and_stop_early(String answers, BigDecimal winner, int asked) {
        answers(answers.split(" "));

        ChatResponse response = consensus().samples(5).maxParallel(1).build().chat(QUESTION);

        assertThat(AnswerExtractor.lastNumber().extract(response)).contains(winner.stripTrailingZeros());
        assertThat(deepSeek.requests()).hasSize(asked);
        assertThat(metadata(response).asked()).isEqualTo(asked);
        assertThat(metadata(response).votes().get(0).answer()).isEqualTo(winner.stripTrailingZeros());
    }

    @Test
    void should_return_the_winners_thinking_the_votes_and_the_sum() {
        answers("It is 41", "It is 42", "42!", "41?", "So 42.0");

        ChatResponse response = consensus().samples(5).maxParallel(1).build().chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("It is 42");
        assertThat(response.aiMessage().thinking()).isEqualTo("Thought of It is 42");
        assertThat(metadata(response).votes())
                .containsExactly(
                        new Vote(new BigDecimal("42"), List.of(2, 3, 5)),
                        new Vote(new BigDecimal("41"), List.of(1, 4)));
        assertThat(metadata(response).steps()).hasSize(5).allMatch(step -> step.kind() == StepKind.SAMPLE);
        assertThat(response.metadata().tokenUsage().totalTokenCount())
                .isEqualTo(metadata(response).steps().stream()
                        .mapToInt(step -> step.tokenUsage().totalTokenCount())
                        .sum());
        assertThat(metadata(response).toBuilder().build()).isEqualTo(metadata(response));
    }

    @Test
    void should_save_calls_by_stopping_early() {
        deepSeek.brain(request -> Answer.text("42"));

        ChatResponse response = consensus().samples(16).maxParallel(1).build().chat(QUESTION);

        System.out.println("ConsensusChatModelTest: 16 samples allowed, all of one mind: "
                + deepSeek.requests().size() + " calls");
        assertThat(deepSeek.requests()).hasSize(9);
        assertThat(metadata(response).votes().get(0).count()).isEqualTo(9);
    }

    @Test
    void should_go_on_without_those_that_fail() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("42"), Answer.error(503, "busy"), Answer.text("42"));

        ChatResponse response = consensus().samples(4).maxParallel(1).build().chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("42");
        assertThat(metadata(response).steps()).extracting(Step::failed).containsExactly(true, false, true, false);
    }

    @Test
    void should_fail_as_the_first_if_all_fail() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.error(500, "ill"));

        assertThatThrownBy(() -> consensus().samples(2).maxParallel(1).build().chat(QUESTION))
                .isInstanceOf(ServerOverloadedException.class)
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(1));
    }

    @Test
    void should_return_the_first_response_if_no_answer_is_found_in_any() {
        answers("one", "two", "three");

        ChatResponse response = consensus().samples(3).maxParallel(1).build().chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("one");
        assertThat(metadata(response).votes()).isEmpty();
    }

    @Test
    void should_count_an_extractor_that_throws_as_a_failure() {
        answers("one", "two");

        assertThatThrownBy(() -> consensus()
                        .extractor(response -> {
                            throw new IllegalStateException("no idea");
                        })
                        .samples(2)
                        .build()
                        .chat(QUESTION))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void should_ask_several_parts_in_turn() {
        try (DeepSeekSimulator other = DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("41"))) {
            deepSeek.brain(request -> Answer.text("42"));
            ChatResponse response = consensus()
                    .part(Duo.at(other, "deepseek-v4-pro", DeepSeekChatModel.builder())
                            .build())
                    .samples(3)
                    .maxParallel(1)
                    .build()
                    .chat(QUESTION);

            assertThat(metadata(response).votes())
                    .containsExactly(
                            new Vote(new BigDecimal("42"), List.of(1, 3)), new Vote(new BigDecimal("41"), List.of(2)));
            assertThat(metadata(response).steps())
                    .extracting(Step::part)
                    .containsExactly("1 deepseek-flash", "2 deepseek-v4-pro", "1 deepseek-flash");
        }
    }

    @Test
    void should_refuse_what_it_can_not_do() {
        assertThatThrownBy(() -> consensus().build().chat(Duo.requestWithTool(QUESTION)))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> ConsensusChatModel.builder().build()).hasMessageContaining("needs a part");
        assertThatThrownBy(() -> consensus().samples(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> consensus().maxTotalTokens(0L)).hasMessageContaining("positive");
        assertThatThrownBy(() -> consensus().sampleTimeout(Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> consensus()
                        .executor(task -> {
                            throw new RejectedExecutionException("full");
                        })
                        .build()
                        .chat(QUESTION))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(consensus().build().supportedCapabilities()).contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
