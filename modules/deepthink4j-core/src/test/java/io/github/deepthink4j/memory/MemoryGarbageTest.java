package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message costs, and for how long it is held, does not depend on how many there were before it. */
class MemoryGarbageTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** An array that grows makes some adds dearer than others. */
    private static final int MEASURED = 400;

    private static ChatMessage ofTurns(int i) {
        return switch (i % 4) {
            case 0 -> Said.user("question " + i);
            case 1 -> Said.calls("call " + i);
            case 2 -> Said.result("call " + (i - 1));
            default -> Said.answer("answer " + i);
        };
    }

    /** As an agent works: nothing but rounds of tools after the question. */
    private static ChatMessage ofOneTurn(int i) {
        if (i == 0) {
            return Said.user("question");
        }
        return i % 2 == 1 ? Said.calls("call " + i) : Said.result("call " + (i - 1));
    }

    private static ReasoningChatMemory.Builder withTokens(int maxTokens) {
        return ReasoningChatMemory.builder().maxTokens(maxTokens, DeepSeekTokenCountEstimator.of(ModelProfile.V4_1));
    }

    static Stream<Arguments> memories() {
        Named<IntFunction<ChatMessage>> turns = Named.of("turns", MemoryGarbageTest::ofTurns);
        Named<IntFunction<ChatMessage>> oneTurn = Named.of("one turn", MemoryGarbageTest::ofOneTurn);
        int more = 10_000_000;
        return Stream.of(
                Arguments.of("no limit", ReasoningChatMemory.builder(), turns),
                Arguments.of("no limit", ReasoningChatMemory.builder(), oneTurn),
                Arguments.of("messages", ReasoningChatMemory.builder().maxMessages(50), turns),
                Arguments.of("turns", ReasoningChatMemory.builder().maxTurns(10), turns),
                Arguments.of("tokens that are not reached", withTokens(more), turns),
                Arguments.of("tokens that are not reached", withTokens(more), oneTurn),
                Arguments.of("tokens", withTokens(2000), turns),
                Arguments.of("tokens of which one turn has more", withTokens(2000), oneTurn),
                Arguments.of("V3.2", withTokens(more).profile(ModelProfile.V3_2), turns),
                Arguments.of("R1", withTokens(more).profile(ModelProfile.R1), oneTurn));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("memories")
    void should_make_no_more_garbage_for_a_message_when_there_were_many(
            String limit, ReasoningChatMemory.Builder builder, IntFunction<ChatMessage> messages) {
        garbage(builder.build(), messages, 0, MEASURED);

        assertFlat(builder.build(), messages);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("memories")
    void should_make_no_more_garbage_with_a_system_message(
            String limit, ReasoningChatMemory.Builder builder, IntFunction<ChatMessage> messages) {
        garbage(builder.build(), messages, 0, MEASURED);
        ReasoningChatMemory memory = builder.build();
        memory.add(SystemMessage.from("Be kind. ".repeat(20)));

        assertFlat(memory, messages);
    }

    private static void assertFlat(ReasoningChatMemory memory, IntFunction<ChatMessage> messages) {
        garbage(memory, messages, 0, 300);
        long early = garbage(memory, messages, 300, MEASURED);
        garbage(memory, messages, 300 + MEASURED, 4100);
        long late = garbage(memory, messages, 4400 + MEASURED, MEASURED);

        assertThat(late).isLessThan(2 * early);
    }

    /** The bytes that are made while so many are added. */
    private static long garbage(ReasoningChatMemory memory, IntFunction<ChatMessage> messages, int from, int count) {
        List<ChatMessage> added = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            added.add(messages.apply(i));
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        added.forEach(memory::add);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Once in the turn in progress, and once more where it loses its reasoning when it is over. */
    @ParameterizedTest
    @EnumSource(KeepReasoning.class)
    void should_count_a_text_twice_at_most(KeepReasoning keep) {
        AtomicInteger counted = new AtomicInteger();
        DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.builder()
                .counter(text -> {
                    counted.incrementAndGet();
                    return text.length();
                })
                .build();
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .keepReasoning(keep)
                .maxTokens(5000, estimator)
                .build();

        say(memory, 1000);

        // Seven in four messages: a call has its thought, its name and its arguments, and an answer its thought.
        assertThat(counted.get()).isBetween(1000, 2 * 7 * 1000 / 4);
    }

    @Test
    @Timeout(60)
    void should_hold_few_evicted_messages() {
        ReasoningChatMemory memory = ReasoningChatMemory.withMaxTurns(40);
        List<WeakReference<ChatMessage>> said = say(memory, 2000);

        // 160 are in the memory still, and at most a quarter as many are held beside them.
        while (alive(said) > 200) {
            System.gc();
        }

        assertThat(memory.messages()).hasSize(160);
    }

    @Test
    @Timeout(60)
    void should_let_go_of_all_when_a_limit_has_sunk() {
        int[] turns = {1000};
        ReasoningChatMemory memory =
                ReasoningChatMemory.builder().dynamicMaxTurns(id -> turns[0]).build();
        List<WeakReference<ChatMessage>> said = say(memory, 2000);
        turns[0] = 1;
        memory.add(Said.user("and now?"));

        while (alive(said) > 0) {
            System.gc();
        }

        assertThat(memory.messages()).containsExactly(Said.user("and now?"));
    }

    private static List<WeakReference<ChatMessage>> say(ReasoningChatMemory memory, int count) {
        List<WeakReference<ChatMessage>> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChatMessage message = ofTurns(i);
            memory.add(message);
            said.add(new WeakReference<>(message));
        }
        return said;
    }

    private static long alive(List<WeakReference<ChatMessage>> said) {
        return said.stream().map(WeakReference::get).filter(Objects::nonNull).count();
    }
}
