package io.github.deepthink4j.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningReplay;
import io.github.deepthink4j.profile.ThinkingDefault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningTokenCountTest {

    private static final ToolSpecification TOOL = ToolSpecification.builder()
            .name("weather")
            .description("The weather of a city.")
            .build();

    static Stream<DeepSeekTokenCountEstimator> estimators() {
        List<DeepSeekTokenCountEstimator> all = new ArrayList<>();
        for (ReasoningReplay replay : ReasoningReplay.values()) {
            ModelProfile profile =
                    ModelProfile.from(ModelProfile.V4_1).reasoningReplay(replay).build();
            all.add(DeepSeekTokenCountEstimator.of(profile));
            all.add(DeepSeekTokenCountEstimator.builder()
                    .profile(profile)
                    .hasTools(false)
                    .build());
            all.add(DeepSeekTokenCountEstimator.builder()
                    .profile(profile)
                    .tools(List.of(TOOL))
                    .build());
        }
        all.add(DeepSeekTokenCountEstimator.of(ModelProfile.from(ModelProfile.V4_1)
                .thinkingDefault(ThinkingDefault.NEVER)
                .build()));
        return all.stream();
    }

    private static ChatMessage any(Random random) {
        String text = "x".repeat(random.nextInt(60));
        return switch (random.nextInt(6)) {
            case 0 -> SystemMessage.from("s" + text);
            case 1, 2 -> UserMessage.from("u" + text);
            case 3 ->
                AiMessage.builder()
                        .thinking("thought" + text)
                        .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                                .id("1")
                                .name("weather")
                                .arguments("{}")
                                .build()))
                        .build();
            case 4 -> ToolExecutionResultMessage.from("1", "weather", "r" + text);
            default ->
                AiMessage.builder().text("a" + text).thinking("thought" + text).build();
        };
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void should_be_what_the_whole_list_is_estimated_at(DeepSeekTokenCountEstimator estimator) {
        Random random = new Random(3);
        List<ChatMessage> messages = new ArrayList<>();
        RunningTokenCount count = estimator.runningCount();
        for (int i = 0; i < 200; i++) {
            assertThat(count.estimate()).isEqualTo(estimator.estimateTokenCountInMessages(messages));

            ChatMessage message = any(random);
            messages.add(message);
            count = count.plus(message);
            if (i % 20 == 0) {
                ChatRequest request = ChatRequest.builder()
                        .messages(UserMessage.from("x".repeat(1000)))
                        .build();
                estimator.calibrate(request, 200 + random.nextInt(300));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void should_be_without_its_beginning_what_the_rest_is_estimated_at(DeepSeekTokenCountEstimator estimator) {
        Random random = new Random(5);
        SystemMessage system = SystemMessage.from("Be kind.");
        List<ChatMessage> messages = new ArrayList<>();
        List<RunningTokenCount> before = new ArrayList<>();
        RunningTokenCount count = estimator.runningCount();
        for (int i = 0; i < 100; i++) {
            ChatMessage message = any(random);
            messages.add(message);
            before.add(count);
            count = count.plus(message);
        }

        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof UserMessage) {
                List<ChatMessage> rest = messages.subList(i, messages.size());
                RunningTokenCount left = count.minus(before.get(i));
                assertThat(left.estimate()).isEqualTo(estimator.estimateTokenCountInMessages(rest));

                List<ChatMessage> withSystem = new ArrayList<>(List.of(system));
                withSystem.addAll(rest);
                assertThat(estimator.runningCount().plus(system).plus(left).estimate())
                        .isEqualTo(estimator.estimateTokenCountInMessages(withSystem));
            }
        }
        assertThat(count.minus(count).estimate()).isEqualTo(estimator.estimateTokenCountInMessages(List.of()));
    }

    @Test
    void should_count_each_text_once() {
        AtomicInteger counted = new AtomicInteger();
        DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.builder()
                .counter(text -> {
                    counted.incrementAndGet();
                    return text.length();
                })
                .build();
        RunningTokenCount count = estimator.runningCount();
        for (int i = 0; i < 100; i++) {
            count = count.plus(UserMessage.from("q")).plus(AiMessage.from("a"));
            assertThat(count.estimate()).isPositive();
        }

        assertThat(counted).hasValue(200);
    }
}
