package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
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

/**
 * What a memory knows of the parts that are over spares it work and changes nothing: it does the same as one that is handed
 * new objects each time, and so judges and counts all of them anew.
 */
class LongConversationPropertyTest {

    private static final int STEPS = 200;
    private static final String ID = "x";

    static Stream<Long> seeds() {
        long base = System.nanoTime();
        return Thorough.orEvery(7, LongStream.range(base, base + 20).boxed());
    }

    /** What all memories of a run are told, and what may change while they live. */
    private static final class Rules {

        private final KeepReasoning byHand;
        private final ModelProfile profile;
        private final DeepSeekTokenCountEstimator estimator;
        private boolean hasTools = true;
        private int maxTurns;
        private int maxMessages;
        private int maxTokens;

        Rules(Random random) {
            byHand = random.nextBoolean() ? one(random, KeepReasoning.values()) : null;
            profile = ModelProfile.from(ModelProfile.V4_1)
                    .reasoningReplay(one(random, ReasoningReplay.values()))
                    .build();
            ModelProfile counted = ModelProfile.from(ModelProfile.V4_1)
                    .reasoningReplay(one(random, ReasoningReplay.values()))
                    .build();
            estimator = DeepSeekTokenCountEstimator.builder()
                    .profile(counted)
                    .hasTools(random.nextBoolean())
                    .build();
            change(random);
        }

        void change(Random random) {
            hasTools = random.nextBoolean();
            maxTurns = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : Integer.MAX_VALUE;
            maxMessages = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
            maxTokens = random.nextInt(3) > 0 ? 20 + random.nextInt(2000) : Integer.MAX_VALUE;
        }

        void calibrate(Random random) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("x".repeat(1000)))
                    .build();
            estimator.calibrate(request, 200 + random.nextInt(300));
        }
    }

    /** A memory, its store, and what its listener was told. */
    private static final class Party implements ReasoningMemoryListener {

        private final ChatMemoryStore store;
        private final ReasoningChatMemory memory;
        private final List<Object> told = new ArrayList<>();

        Party(Rules rules, TokenCountEstimator estimator, ChatMemoryStore store) {
            this.store = store;
            ReasoningChatMemory.Builder builder = ReasoningChatMemory.builder()
                    .id(ID)
                    .profile(rules.profile)
                    .dynamicHasTools(id -> rules.hasTools)
                    .dynamicMaxTurns(id -> rules.maxTurns)
                    .dynamicMaxMessages(id -> rules.maxMessages)
                    .dynamicMaxTokens(id -> rules.maxTokens, estimator)
                    .chatMemoryStore(store)
                    .listener(this);
            memory = (rules.byHand == null ? builder : builder.keepReasoning(rules.byHand)).build();
        }

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

        @Override
        public void onTurnRefused(Object memoryId, List<ChatMessage> turn, Throwable error) {
            told.add(turn);
        }

        @Override
        public void onTurnOverLimit(Object memoryId, String limit) {
            told.add(limit);
        }

        void change(List<ChatMessage> messages, boolean anew) {
            try {
                if (anew) {
                    memory.set(messages);
                } else {
                    memory.add(messages);
                }
            } catch (TurnTooLongException e) {
                told.add(e.getMessage());
            }
        }

        List<ChatMessage> stored() {
            return store.getMessages(ID);
        }
    }

    /** Asked for whole lists only, as one of another vendor is. */
    private static TokenCountEstimator ofWholeLists(TokenCountEstimator estimator) {
        return new TokenCountEstimator() {
            @Override
            public int estimateTokenCountInText(String text) {
                return estimator.estimateTokenCountInText(text);
            }

            @Override
            public int estimateTokenCountInMessage(ChatMessage message) {
                return estimator.estimateTokenCountInMessage(message);
            }

            @Override
            public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
                return estimator.estimateTokenCountInMessages(messages);
            }
        };
    }

    /** Messages in any order, sensible ones more often. */
    private static final class Speaker {

        private final Random random;
        private int number;
        private final List<String> open = new ArrayList<>();

        Speaker(Random random) {
            this.random = random;
        }

        List<ChatMessage> some(int count) {
            List<ChatMessage> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                messages.add(next());
            }
            return messages;
        }

        private ChatMessage next() {
            String text = ++number + " " + "x".repeat(random.nextInt(200));
            return switch (random.nextInt(14)) {
                case 0 -> SystemMessage.from("s".repeat(1 + random.nextInt(3)));
                case 1, 2, 3 -> UserMessage.from(text);
                case 4 -> UserMessage.from(one(random, "Ann", "Bob"), text);
                case 5, 6, 7 -> Said.answer(text);
                case 8 -> Said.plain(text);
                case 9, 10 -> newCalls(text);
                default -> result(open.isEmpty() || random.nextInt(8) == 0 ? text : aCall());
            };
        }

        private String aCall() {
            return open.remove(random.nextInt(open.size()));
        }

        private AiMessage newCalls(String text) {
            if (random.nextInt(4) > 0) {
                open.clear();
            }
            List<String> ids = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                ids.add(text + i);
            }
            open.addAll(ids);
            return calls(ids.toArray(String[]::new));
        }
    }

    @SafeVarargs
    private static <T> T one(Random random, T... choice) {
        return choice[random.nextInt(choice.length)];
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_be_the_same_without_a_store_and_where_all_is_looked_at_anew(long seed) {
        Random random = new Random(seed);
        Rules rules = new Rules(random);
        Party own = new Party(rules, rules.estimator, new SingleConversationStore());
        Party anew = new Party(rules, ofWholeLists(rules.estimator), new PersistenceTest.JsonStore());
        Speaker speaker = new Speaker(random);
        for (int step = 0; step < STEPS; step++) {
            step(random, rules, speaker, List.of(own, anew));

            assertSame(own, anew);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void should_be_the_same_where_others_write_to_the_store_as_well(long seed) {
        Random random = new Random(seed);
        Rules rules = new Rules(random);
        Party kept = new Party(rules, rules.estimator, new InMemoryChatMemoryStore());
        Party anew = new Party(rules, ofWholeLists(rules.estimator), new PersistenceTest.JsonStore());
        Speaker speaker = new Speaker(random);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(10) == 0) {
                List<ChatMessage> other = otherwise(random, speaker, new ArrayList<>(kept.stored()));
                kept.store.updateMessages(ID, new ArrayList<>(other));
                anew.store.updateMessages(ID, other);
            }
            step(random, rules, speaker, List.of(kept, anew));

            assertSame(kept, anew);
        }
    }

    private static void step(Random random, Rules rules, Speaker speaker, List<Party> parties) {
        switch (random.nextInt(60)) {
            case 0 -> parties.forEach(party -> party.memory.clear());
            case 1, 2 -> rules.change(random);
            case 3, 4 -> rules.calibrate(random);
            case 5, 6, 7 -> parties.forEach(party -> party.memory.refused(new IllegalStateException()));
            case 8 -> {
                List<ChatMessage> all = speaker.some(1 + random.nextInt(20));
                parties.forEach(party -> party.change(all, true));
            }
            case 9, 10, 11, 12 -> {
                List<ChatMessage> some = speaker.some(2 + random.nextInt(8));
                parties.forEach(party -> party.change(some, false));
            }
            default -> {
                List<ChatMessage> single = speaker.some(1);
                parties.forEach(party -> party.change(single, false));
            }
        }
    }

    /** Messages more, fewer, or others at the same places. */
    private static List<ChatMessage> otherwise(Random random, Speaker speaker, List<ChatMessage> stored) {
        int place = random.nextInt(stored.size() + 1);
        switch (random.nextInt(4)) {
            case 0 -> stored.addAll(speaker.some(1 + random.nextInt(3)));
            case 1 -> stored.subList(place, stored.size()).clear();
            case 2 -> stored.subList(0, place).clear();
            default -> stored.addAll(place, speaker.some(1));
        }
        return stored;
    }

    private static void assertSame(Party one, Party other) {
        assertThat(one.told).isEqualTo(other.told);
        assertThat(one.stored()).isEqualTo(other.stored());
        assertThat(one.memory.messages()).isEqualTo(other.memory.messages());
        assertThat(one.memory.pendingToolCalls()).isEqualTo(other.memory.pendingToolCalls());
        one.told.clear();
        other.told.clear();
    }
}
