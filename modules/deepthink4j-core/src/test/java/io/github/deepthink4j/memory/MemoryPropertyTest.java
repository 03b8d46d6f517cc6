package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.answer;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningReplay;
import io.github.deepthink4j.thorough.Thorough;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any sequence of adds, sets, clears and resizes, sensible or not, leaves a conversation that can be sent. */
class MemoryPropertyTest {

    private static final int STEPS = 300;

    static Stream<Long> seeds() {
        long base = System.nanoTime();
        return Thorough.orEvery(6, LongStream.range(base, base + 30).boxed());
    }

    /** One run: what was done to the memory, and what it is to be by now. */
    private static final class Run {

        private final Random random;
        private final ReasoningReplay replay;
        private final DeepSeekTokenCountEstimator estimator;
        private final ReasoningChatMemory memory;

        /** Each number stands for one message, in the order of adding; the number is in its text. */
        private int number;

        private final List<Object> told = new ArrayList<>();
        private int maxTurns = 20;
        private int maxMessages = 60;
        private int maxTokens = 3000;
        private final List<String> lastCalls = new ArrayList<>();

        Run(Random random) {
            this(random, new PersistenceTest.JsonStore());
        }

        Run(Random random, ChatMemoryStore store) {
            this.random = random;
            ReasoningReplay[] replays = ReasoningReplay.values();
            this.replay = replays[random.nextInt(replays.length)];
            ModelProfile profile =
                    ModelProfile.from(ModelProfile.V4_1).reasoningReplay(replay).build();
            this.estimator = DeepSeekTokenCountEstimator.of(profile);
            this.memory = ReasoningChatMemory.builder()
                    .profile(profile)
                    .chatMemoryStore(store)
                    .listener(new ReasoningMemoryListener() {
                        @Override
                        public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
                            told.add(turn);
                        }

                        @Override
                        public void onReasoningDropped(Object memoryId, AiMessage message) {
                            told.add(message);
                        }

                        @Override
                        public void onRepaired(Object memoryId, List<Repair> repairs) {
                            told.add(repairs);
                        }
                    })
                    .dynamicMaxTurns(id -> maxTurns)
                    .dynamicMaxMessages(id -> maxMessages)
                    .dynamicMaxTokens(id -> maxTokens, estimator)
                    .build();
        }

        void step() {
            switch (random.nextInt(40)) {
                case 0 -> memory.clear();
                case 1 -> maxTurns = 1 + random.nextInt(20);
                case 2 -> maxMessages = 1 + random.nextInt(60);
                case 3 -> maxTokens = 20 + random.nextInt(3000);
                case 4 -> set();
                case 5 -> add(some(1 + random.nextInt(12)));
                default -> add(some(1));
            }
        }

        private void add(List<ChatMessage> messages) {
            List<ChatMessage> before = memory.messages();
            try {
                memory.add(messages);
            } catch (TurnTooLongException e) {
                assertThat(memory.messages()).as("refused, so unchanged").isEqualTo(before);
            }
        }

        private void set() {
            try {
                memory.set(some(1 + random.nextInt(20)));
            } catch (TurnTooLongException e) {
                assertThat(e).hasMessageContaining("does not fit");
            }
        }

        private List<ChatMessage> some(int count) {
            List<ChatMessage> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                messages.add(next());
            }
            return messages;
        }

        private ChatMessage next() {
            String text = "#" + ++number + "#" + "x".repeat(random.nextInt(200));
            return switch (random.nextInt(12)) {
                case 0 -> SystemMessage.from("s" + random.nextInt(3));
                case 1, 2, 3 -> user(text);
                case 4, 5, 6, 7 -> answer(text);
                case 8, 9 -> newCalls(text);
                default -> result(lastCalls.isEmpty() || random.nextInt(8) == 0 ? text : aCall());
            };
        }

        private String aCall() {
            return lastCalls.remove(random.nextInt(lastCalls.size()));
        }

        private AiMessage newCalls(String text) {
            if (random.nextInt(4) > 0) {
                lastCalls.clear();
            }
            List<String> ids = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                ids.add(text + i);
            }
            lastCalls.addAll(ids);
            return calls(ids.toArray(String[]::new));
        }

        void check() {
            List<ChatMessage> messages = memory.messages();
            Invariants.check(messages, List.of());
            checkOrder(messages);
            checkLimits(messages);
            checkReasoning(messages);
        }

        /** What was said first comes first; a result stands at its call, whenever it came. */
        private static void checkOrder(List<ChatMessage> messages) {
            List<Integer> numbers = messages.stream()
                    .filter(message -> message instanceof UserMessage || message instanceof AiMessage)
                    .flatMap(message -> numbers(message).stream())
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
        }

        private static List<Integer> numbers(ChatMessage message) {
            if (message instanceof UserMessage user) {
                return user.contents().stream()
                        .map(content -> numberIn(((TextContent) content).text()))
                        .toList();
            }
            return List.of(numberIn(inWords(List.of(message)).get(0)));
        }

        private static int numberIn(String text) {
            return Integer.parseInt(text.split("#")[1]);
        }

        /** Within all limits, or nothing is left but the turn in progress. */
        private void checkLimits(List<ChatMessage> messages) {
            long turns = messages.stream().filter(UserMessage.class::isInstance).count();
            if (turns > 1) {
                assertThat(turns).isLessThanOrEqualTo(maxTurns);
                assertThat(messages).hasSizeLessThanOrEqualTo(maxMessages);
                assertThat(estimator.estimateTokenCountInMessages(messages)).isLessThanOrEqualTo(maxTokens);
            }
        }

        /** Every thought in here was thought, and it is here if and only if the rule says so. */
        private void checkReasoning(List<ChatMessage> messages) {
            var kept = KeepReasoning.by(replay, true).in(messages);
            for (int i = 0; i < messages.size(); i++) {
                if (messages.get(i) instanceof AiMessage ai && !kept.get(i)) {
                    assertThat(ai.thinking()).isNull();
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_keep_the_invariants(long seed) {
        Run run = new Run(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            run.step();
            run.check();
        }
    }

    /** New objects are looked at from the first to the last, and the same ones from the last turn on. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_be_the_same_whether_the_store_keeps_the_objects_or_makes_new_ones(long seed) {
        Run kept = new Run(new Random(seed), new InMemoryChatMemoryStore());
        Run made = new Run(new Random(seed), new PersistenceTest.JsonStore());
        for (int step = 0; step < STEPS; step++) {
            kept.step();
            made.step();

            assertThat(kept.memory.messages()).isEqualTo(made.memory.messages());
            assertThat(kept.memory.pendingToolCalls()).isEqualTo(made.memory.pendingToolCalls());
            assertThat(kept.told).isEqualTo(made.told);
            kept.told.clear();
            made.told.clear();
            if (step % 20 == 0) {
                kept.memory.refused(new IllegalStateException());
                made.memory.refused(new IllegalStateException());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_be_the_same_whether_added_singly_or_together(long seed) {
        Random random = new Random(seed);
        List<ChatMessage> all = new Run(random).some(100);
        ChatMemory singly = ReasoningChatMemory.builder().maxTurns(4).build();
        ChatMemory together = ReasoningChatMemory.builder().maxTurns(4).build();

        all.forEach(singly::add);
        together.add(all);

        assertThat(together.messages()).isEqualTo(singly.messages());
    }
}
