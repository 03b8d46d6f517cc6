package io.github.deepthink4j.agent.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds on time, on calls in parallel and on tokens, and an end from outside. */
@Timeout(30)
class ConsensusLimitsTest {

    private static final UserMessage QUESTION = UserMessage.from("What is 6 times 7?");

    private final ClassLoader foreign = new ClassLoader(getClass().getClassLoader()) {};
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

    @Test
    void should_not_let_one_that_hangs_hold_the_rest() throws InterruptedException {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        deepSeek.brain(request -> Answer.text("42"));

        ChatResponse response = consensus().samples(5).build().chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("42");
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
        assertThat(deepSeek.requests())
                .filteredOn(request -> request.cancelled())
                .isNotEmpty();
    }

    @Test
    void should_not_wait_for_a_part_that_breaks_down() {
        ChatModel broken = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw new NoClassDefFoundError("of a vendor");
            }
        };
        ConsensusChatModel model =
                ConsensusChatModel.builder().part(broken).samples(3).build();

        assertThatThrownBy(() -> model.chat(QUESTION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of a vendor");
    }

    @Test
    void should_know_nothing_of_whoever_asks() {
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ChatModel part = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                Thread thread = Thread.currentThread();
                seen.add(tenant.get() + " " + (thread.getContextClassLoader() == foreign));
                return ChatResponse.builder().aiMessage(AiMessage.from("42")).build();
            }
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(foreign);
        tenant.set("first");
        try {
            ConsensusChatModel.builder().part(part).samples(9).build().chat(QUESTION);
        } finally {
            thread.setContextClassLoader(before);
            tenant.remove();
        }

        assertThat(seen).containsExactly("null false");
    }

    @Test
    void should_give_up_on_a_sample_after_its_time() {
        deepSeek.respond(Answer.text("42"), Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS), Answer.text("41"));

        ChatResponse response = consensus()
                .samples(3)
                .maxParallel(1)
                .sampleTimeout(Duration.ofSeconds(4))
                .build()
                .chat(QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("42");
        assertThat(metadata(response).votes()).hasSize(2);
    }

    @Test
    void should_ask_for_no_more_when_the_tokens_are_used_up() {
        answers("1", "2", "3", "4", "5");
        int one = model().chat(QUESTION).metadata().tokenUsage().totalTokenCount();
        deepSeek.reset();
        answers("1", "2", "3", "4", "5");

        ChatResponse response = consensus()
                .samples(5)
                .maxParallel(1)
                .maxTotalTokens(one + 1L)
                .build()
                .chat(QUESTION);

        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(response.aiMessage().text()).isEqualTo("1");
    }

    @Test
    void should_never_have_more_in_parallel_than_allowed() {
        deepSeek.brain(request -> Answer.text("" + deepSeek.requests().size()).delay(Duration.ofMillis(30)));
        int[] most = new int[1];
        StepListener counting = new StepListener() {
            private int running;

            @Override
            public synchronized void onStart(StepKind kind, String part, String modelName) {
                most[0] = Math.max(most[0], ++running);
            }

            @Override
            public synchronized void onEnd(Step step, ChatResponse response) {
                running--;
            }
        };

        consensus().samples(9).maxParallel(3).stepListener(counting).build().chat(QUESTION);

        assertThat(most[0]).isBetween(2, 3);
    }

    @Test
    void should_stop_all_samples_when_interrupted() throws Exception {
        deepSeek.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                consensus().samples(3).build().chat(QUESTION);
                thrown.complete(null);
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });

        caller.start();
        while (deepSeek.requests().size() < 3) {
            Thread.sleep(5);
        }
        caller.interrupt();

        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(CallInterruptedException.class);
        while (deepSeek.runningAnswers() > 0) {
            Thread.sleep(5);
        }
    }

    @Test
    void should_fail_with_a_timeout_if_no_sample_comes_in_time() {
        deepSeek.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));

        assertThatThrownBy(() -> consensus()
                        .samples(2)
                        .sampleTimeout(Duration.ofMillis(200))
                        .build()
                        .chat(QUESTION))
                .isInstanceOf(DeepSeekTimeoutException.class)
                .hasMessageContaining("sampleTimeout");
    }
}
