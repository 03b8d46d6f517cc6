package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import io.github.deepthink4j.conversation.MemoryTrial.Outcome;
import io.github.deepthink4j.conversation.MemoryTrial.WatchedStore;
import io.github.deepthink4j.conversation.Talk.Party;
import io.github.deepthink4j.conversation.Trouble.Kind;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ReasoningReplay;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dozens of turns with tools and failures, over every generation and with windows of any size: not one request is refused. */
@Timeout(120)
class MemoryConversationTest {

    private static final int TURNS = MemoryTrial.TURNS;

    private static final Set<Party> GENERATIONS = Thorough.on()
            ? EnumSet.of(Party.R1, Party.V3_1, Party.V3_2, Party.V4, Party.V4_0731, Party.V4_1, Party.V4_1_OFF)
            : EnumSet.of(Party.R1, Party.V4_1);

    private static Outcome withOurs(
            Party party,
            DeepSeekSimulator deepSeek,
            BiFunction<Random, Boolean, Kind> kinds,
            UnaryOperator<ReasoningChatMemory.Builder> settings) {
        WatchedStore store = new WatchedStore();
        ReasoningChatMemory memory = settings.apply(
                        ReasoningChatMemory.builder().profile(party.profile()).chatMemoryStore(store))
                .build();
        return new MemoryTrial(party, party.hasTools(), deepSeek, memory, store).run(kinds);
    }

    private static Outcome withStock(
            Party party, DeepSeekSimulator deepSeek, BiFunction<Random, Boolean, Kind> kinds, int maxMessages) {
        WatchedStore store = new WatchedStore();
        ChatMemory memory = MessageWindowChatMemory.builder()
                .maxMessages(maxMessages)
                .alwaysKeepSystemMessageFirst(true)
                .chatMemoryStore(store)
                .build();
        return new MemoryTrial(party, party.hasTools(), deepSeek, memory, store).run(kinds);
    }

    static Stream<Party> newestFirst() {
        return Thorough.orEvery(
                3,
                Stream.of(
                        Party.V4_1,
                        Party.V4_0731,
                        Party.V4,
                        Party.V3_2,
                        Party.V3_1,
                        Party.R1_0528,
                        Party.R1,
                        Party.CHAT_V3));
    }

    @ParameterizedTest
    @MethodSource("newestFirst")
    void should_never_be_refused_with_any_window(Party party) {
        try (DeepSeekSimulator deepSeek = MemoryTrial.simulator(party)) {
            int[] windows = {1, 3, 20};
            int share = party.ordinal() % windows.length;
            for (int turns : Thorough.on() ? windows : new int[] {windows[share]}) {
                Outcome outcome = withOurs(party, deepSeek, Kind::random, memory -> memory.maxTurns(turns));

                assertThatAllGoesWell(outcome, turns);
            }
        }
    }

    static Stream<Party> parties() {
        return Thorough.orEvery(4, Stream.of(Party.values()));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void should_never_be_refused_with_a_window_that_changes(Party party) {
        try (DeepSeekSimulator deepSeek = MemoryTrial.simulator(party)) {
            AtomicInteger uses = new AtomicInteger();

            Outcome outcome = withOurs(
                    party,
                    deepSeek,
                    Kind::random,
                    memory -> memory.dynamicMaxTurns(id -> 1 + uses.incrementAndGet() % 20));

            assertThatAllGoesWell(outcome, 20);
        }
    }

    private static void assertThatAllGoesWell(Outcome outcome, int turns) {
        assertThat(outcome.refused()).as("refused with %s turns", turns).isZero();
        assertThat(outcome.asExpected()).as("as expected with %s turns", turns).isEqualTo(TURNS);
    }

    /** Nothing fails, and nothing is evicted: the two differ in the reasoning they keep, and in nothing else. */
    @Test
    void should_hand_over_and_store_less_reasoning_than_the_stock_memory() {
        List<String> table = new ArrayList<>();
        table.add("| Nothing fails | handed over: stock | ours | sent: stock | ours | stored: stock | ours |");
        table.add("|---|---|---|---|---|---|---|");
        for (Party party : GENERATIONS) {
            try (DeepSeekSimulator deepSeek = MemoryTrial.simulator(party)) {
                Outcome ours = withOurs(party, deepSeek, Kind::healthy, memory -> memory);
                Outcome stock = withStock(party, deepSeek, Kind::healthy, 1000);
                table.add("| %s | %,d | %,d | %,d | %,d | %,d | %,d |"
                        .formatted(
                                party,
                                stock.bytesHandedOver(),
                                ours.bytesHandedOver(),
                                stock.bytesSent(),
                                ours.bytesSent(),
                                stock.bytesStored(),
                                ours.bytesStored()));

                assertThatAllGoesWell(ours, TURNS);
                assertThatAllGoesWell(stock, TURNS);
                assertThat(ours.bytesSent()).isEqualTo(stock.bytesSent());
                if (!party.thinks() || keepsAll(party)) {
                    assertThat(ours.bytesHandedOver()).isEqualTo(stock.bytesHandedOver());
                } else {
                    assertThat(ours.bytesHandedOver()).isLessThan(stock.bytesHandedOver());
                    assertThat(ours.bytesStored()).isLessThan(stock.bytesStored());
                }
            }
        }
        System.out.println(String.join("\n", table));
    }

    @Test
    void should_keep_no_reasoning_since_0731_once_told_that_there_are_no_tools() {
        Party party = Party.V4_1;
        try (DeepSeekSimulator deepSeek = MemoryTrial.simulator(party)) {
            WatchedStore mine = new WatchedStore();
            WatchedStore theirs = new WatchedStore();
            ChatMemory memory = ReasoningChatMemory.builder()
                    .profile(party.profile())
                    .hasTools(false)
                    .chatMemoryStore(mine)
                    .build();
            ChatMemory stockMemory = MessageWindowChatMemory.builder()
                    .maxMessages(1000)
                    .chatMemoryStore(theirs)
                    .build();

            Outcome ours = new MemoryTrial(party, false, deepSeek, memory, mine).run(Kind::healthy);
            Outcome stock = new MemoryTrial(party, false, deepSeek, stockMemory, theirs).run(Kind::healthy);

            System.out.printf(
                    "| %s, no tools | %,d | %,d | %,d | %,d | %,d | %,d |%n",
                    party,
                    stock.bytesHandedOver(),
                    ours.bytesHandedOver(),
                    stock.bytesSent(),
                    ours.bytesSent(),
                    stock.bytesStored(),
                    ours.bytesStored());
            assertThatAllGoesWell(ours, TURNS);
            assertThat(ours.bytesStored()).isLessThan(stock.bytesStored() / 3);
        }
    }

    private static boolean keepsAll(Party party) {
        return party.profile().reasoningReplay() == ReasoningReplay.WITH_TOOLS;
    }

    /** With a window of ten turns, and the same number of messages for the stock memory. */
    @Test
    void should_survive_failures_that_the_stock_memory_does_not() {
        List<String> table = new ArrayList<>();
        table.add("| Tools and server fail | refused: stock | ours | turns that went as they should: stock | ours"
                + " | sent: stock | ours |");
        table.add("|---|---|---|---|---|---|---|");
        for (Party party : GENERATIONS) {
            try (DeepSeekSimulator deepSeek = MemoryTrial.simulator(party)) {
                Outcome ours = withOurs(party, deepSeek, Kind::random, memory -> memory.maxTurns(10));
                Outcome stock = withStock(party, deepSeek, Kind::random, ours.mostMessages());
                table.add("| %s | %d | %d | %d | %d | %,d | %,d |"
                        .formatted(
                                party,
                                stock.refused(),
                                ours.refused(),
                                stock.asExpected(),
                                ours.asExpected(),
                                stock.bytesSent(),
                                ours.bytesSent()));

                assertThatAllGoesWell(ours, 10);
                if (party.hasTools()) {
                    assertThat(stock.refused()).isPositive();
                }
            }
        }
        System.out.println(String.join("\n", table));
    }
}
