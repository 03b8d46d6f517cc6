package io.github.deepthink4j.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What one is told of the steps of an answer, and what they have cost together. */
class StepLogTest {

    private static final ChatModel MODEL = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw new AssertionError("nobody is asked");
        }
    };

    private final Part<ChatModel> part = Part.of("reasoner", MODEL, Set.of(Feature.TOOLS));
    private final StepLog log = new StepLog(StepListener.NONE);

    private static ChatResponse answer(TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("Yes"))
                .metadata(ChatResponseMetadata.builder()
                        .id("1")
                        .modelName("m")
                        .finishReason(FinishReason.STOP)
                        .tokenUsage(usage)
                        .build())
                .build();
    }

    @Test
    void should_sum_what_all_steps_have_cost_also_those_that_failed() {
        StreamCutException cut = new StreamCutException(
                "m", ErrorDetails.custom().tokenUsage(new TokenUsage(1, 2)).build(), null);

        ChatResponse last = log.run(StepKind.ROUTE, part, () -> answer(new TokenUsage(10, 20)));
        assertThatThrownBy(() -> log.run(StepKind.PLAN, part, () -> {
                    throw cut;
                }))
                .isSameAs(cut);
        log.start(StepKind.CALL, part).failed(new IllegalStateException("oh"));

        assertThat(log.usage()).isEqualTo(new TokenUsage(11, 22));
        assertThat(log.steps()).extracting(Step::failed).containsExactly(false, true, true);
        CombinedChatResponseMetadata metadata = log.metadata(last.metadata());
        assertThat(metadata.id()).isEqualTo("1");
        assertThat(metadata.modelName()).isEqualTo("m");
        assertThat(metadata.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(metadata.tokenUsage()).isEqualTo(new TokenUsage(11, 22));
        assertThat(metadata.answered()).isEqualTo(last.metadata());
        assertThat(metadata.steps()).isEqualTo(log.steps());
    }

    @Test
    void should_end_a_step_once() {
        StepLog.Running running = log.start(StepKind.CALL, part);

        running.cancelled();
        running.succeeded(answer(new TokenUsage(1, 1)));
        running.failed(new IllegalStateException("late"));

        assertThat(log.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.error()).isInstanceOf(CancellationException.class));
        assertThat(log.usage()).isNull();
    }

    @Test
    void should_know_of_a_part_of_any_vendor_what_it_declares() {
        ChatRequestParameters none = ChatRequestParameters.builder().build();

        assertThat(part.features(none)).containsExactly(Feature.TOOLS);
        assertThat(Part.of("reasoner", MODEL, Set.of()).features(none)).isEmpty();
        assertThat(Part.of("reasoner", MODEL, null).features(none)).containsExactly(Feature.TOOLS);
        assertThat(part.thinks(none)).isFalse();
        assertThat(part.forcesCallsOnlyWithoutThinking(none)).isFalse();
        assertThat(List.of(part.name(), String.valueOf(part.modelName()))).containsExactly("reasoner", "null");
    }
}
