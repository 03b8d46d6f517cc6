package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that have several limits in common, each in an order of its own. */
@Timeout(120)
class GatesInAnyOrderTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text(request.lastUserText()));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model(CallGate... gates) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .gates(gates)
                .build();
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Test
    void should_not_let_two_models_wait_for_each_other_whatever_the_order_of_their_limits() throws Exception {
        CallLimit a = CallLimit.atMost(1);
        CallLimit b = CallLimit.atMost(1);
        try (DeepSeekChatModel one = model(a, b);
                DeepSeekChatModel other = model(b, a)) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(one.chatAsync(saying("one " + i)));
                answers.add(other.chatAsync(saying("other " + i)));
            }
            for (CompletableFuture<ChatResponse> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).aiMessage().text()).isNotBlank();
            }
        }
        assertThat(a).hasToString("0 of 1 running, 0 waiting");
        assertThat(b).hasToString("0 of 1 running, 0 waiting");
    }

    @Test
    void should_give_all_places_back_where_half_of_the_calls_are_cancelled_or_interrupted_on_the_way()
            throws Exception {
        CallLimit a = CallLimit.atMost(2);
        CallLimit b = CallLimit.atMost(1);
        CallLimit c = CallLimit.atMost(2);
        List<Thread> threads = new ArrayList<>();
        try (DeepSeekChatModel one = model(a, b, c);
                DeepSeekChatModel other = model(c, a, b);
                DeepSeekChatModel third = model(c, b)) {
            List<DeepSeekChatModel> models = List.of(one, other, third);
            List<CompletableFuture<ChatResponse>> kept = new ArrayList<>();
            List<CompletableFuture<ChatResponse>> dropped = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                (i % 2 == 0 ? kept : dropped).add(models.get(i % 3).chatAsync(saying("question " + i)));
                if (i % 5 == 0) {
                    DeepSeekChatModel asked = models.get((i / 5) % 3);
                    Thread waiting = new Thread(() -> assertThatThrownBy(() -> {
                                while (true) {
                                    asked.chat("again");
                                }
                            })
                            .isInstanceOf(RuntimeException.class));
                    waiting.start();
                    threads.add(waiting);
                }
            }
            for (int i = 0; i < dropped.size(); i++) {
                dropped.get(i).cancel(true);
                if (i < threads.size()) {
                    threads.get(i).interrupt();
                }
            }
            for (CompletableFuture<ChatResponse> answer : kept) {
                assertThat(answer.get(60, TimeUnit.SECONDS).aiMessage().text()).startsWith("question");
            }
            for (Thread thread : threads) {
                thread.join();
            }
            until(() -> a.running() + b.running() + c.running() == 0);
            assertThat(List.of(a.waiting(), b.waiting(), c.waiting())).containsOnly(0);
            assertThat(other.chat("after all")).isEqualTo("after all");
        }
    }

    @Test
    void should_add_to_the_gates_that_are_set_and_pass_each_once() {
        CallLimit a = CallLimit.atMost(1);
        CallLimit b = CallLimit.atMost(1);
        CallLimit c = CallLimit.atMost(1);
        Queue<String> running = new ConcurrentLinkedQueue<>();
        deepSeek.brain(request -> {
            running.add(a.running() + " " + b.running() + " " + c.running());
            return Answer.text("Hi");
        });
        DeepSeekChatModel.Builder builder = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .gates(a)
                .gates(b, a)
                .gates(List.of(c, b))
                .gates();
        try (DeepSeekChatModel model = builder.build()) {
            assertThat(model.chat("one")).isEqualTo("Hi");
            assertThat(model.chat("two")).isEqualTo("Hi");
        }
        assertThat(running).containsExactly("1 1 1", "1 1 1");
    }
}
