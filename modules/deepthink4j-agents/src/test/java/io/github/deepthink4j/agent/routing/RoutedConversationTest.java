package io.github.deepthink4j.agent.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.agent.RoleBrain;
import io.github.deepthink4j.conversation.Talk;
import io.github.deepthink4j.conversation.Talk.Party;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten turns, in every other one of which tools are called, with every generation as the reasoner and every one that has tools as
 * the tool caller: not one request is refused.
 */
@Timeout(60)
class RoutedConversationTest {

    private static final int TURNS = 10;

    /** Calls the tool twice in a row where there is one, and tells its thoughts apart by their number. */
    private static final Brain CALLER = request -> {
        Answer thought = Answer.thinking(
                "Thought number " + request.body().path("messages").size() + ".");
        int results = resultsOfThisTurn(request);
        return request.hasTools() && results < 2
                ? thought.andToolCall("getWeather", "{\"city\":\"City" + results + "\"}")
                : thought.thenText("Well, " + results + " results.");
    };

    private static int resultsOfThisTurn(SimulatedRequest request) {
        int results = 0;
        for (JsonNode message : request.body().path("messages")) {
            results = switch (message.path("role").asText()) {
                case "user" -> 0;
                case "tool" -> results + 1;
                default -> results;
            };
        }
        return results;
    }

    enum Memory {
        STOCK {
            @Override
            ChatMemory create(Party reasoner, Party toolCaller) {
                return MessageWindowChatMemory.withMaxMessages(100);
            }
        },
        REASONING {
            /** By the rules of the part that wants more. */
            @Override
            ChatMemory create(Party reasoner, Party toolCaller) {
                ModelProfile one = reasoner.profile();
                ModelProfile other = toolCaller.profile();
                boolean more = one.reasoningReplay().compareTo(other.reasoningReplay()) > 0;
                return ReasoningChatMemory.builder()
                        .profile(more ? one : other)
                        .maxTurns(6)
                        .build();
            }
        };

        abstract ChatMemory create(Party reasoner, Party toolCaller);
    }

    static Stream<Arguments> pairs() {
        List<Party[]> all = new ArrayList<>();
        for (Party reasoner : Party.values()) {
            for (Party toolCaller : Party.values()) {
                if (toolCaller.hasTools()) {
                    all.add(new Party[] {reasoner, toolCaller});
                }
            }
        }
        // Each with one or two others, and both memories with both strategies.
        return Thorough.orShare(all.stream(), pair -> (pair[0].ordinal() + pair[1].ordinal()) % 13 == 0)
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0} reasons, {1} calls")
    @MethodSource("pairs")
    void should_never_be_refused(Party reasoner, Party toolCaller) {
        try (DeepSeekSimulator thinker =
                        DeepSeekSimulator.as(reasoner.generation()).brain(new RoleBrain(CALLER));
                DeepSeekSimulator caller =
                        DeepSeekSimulator.as(toolCaller.generation()).brain(new RoleBrain(CALLER))) {
            ChatModel reasoning = Talk.model(reasoner, thinker.baseUrl());
            ChatModel calling = Talk.model(toolCaller, caller.baseUrl());
            // Both memories with every pair, both strategies too; which goes with which changes from pair to pair.
            boolean swapped = (reasoner.ordinal() + toolCaller.ordinal()) % 2 == 0;
            for (ToolStrategy strategy : ToolStrategy.values()) {
                boolean stock = (strategy == ToolStrategy.ROUTE) != swapped;
                ChatMemory memory = (stock ? Memory.STOCK : Memory.REASONING).create(reasoner, toolCaller);
                ToolRoutingChatModel model = ToolRoutingChatModel.builder()
                        .reasoner(reasoning)
                        .toolCaller(calling)
                        .strategy(strategy)
                        .build();
                talk(
                        Talk.blocking(model, memory, true),
                        Talk.blocking(model, memory, false),
                        expectedWithTools(strategy));
            }
            verify(thinker, reasoner);
            verify(caller, toolCaller);
        }
    }

    @ParameterizedTest(name = "{0} reasons, {1} calls")
    @MethodSource("streamedPairs")
    void should_never_be_refused_when_streaming(Party reasoner, Party toolCaller) {
        try (DeepSeekSimulator thinker =
                        DeepSeekSimulator.as(reasoner.generation()).brain(new RoleBrain(CALLER));
                DeepSeekSimulator caller =
                        DeepSeekSimulator.as(toolCaller.generation()).brain(new RoleBrain(CALLER))) {
            for (ToolStrategy strategy : ToolStrategy.values()) {
                ToolRoutingStreamingChatModel model = ToolRoutingStreamingChatModel.builder()
                        .reasoner(Talk.streamingModel(reasoner, thinker.baseUrl()))
                        .toolCaller(Talk.streamingModel(toolCaller, caller.baseUrl()))
                        .strategy(strategy)
                        .build();
                ChatMemory remembered = Memory.REASONING.create(reasoner, toolCaller);
                talk(
                        Talk.streaming(model, remembered, true),
                        Talk.streaming(model, remembered, false),
                        expectedWithTools(strategy));
            }
            verify(thinker, reasoner);
            verify(caller, toolCaller);
        }
    }

    /** One of each generation. */
    static Stream<Arguments> streamedPairs() {
        List<Party> reasoners = List.of(Party.R1, Party.V3_1, Party.V3_2, Party.V4, Party.V4_0731, Party.V4_1);
        List<Party> callers = List.of(Party.CHAT_V3, Party.V3_2, Party.V4, Party.V4_0731, Party.V4_1);
        return Thorough.orEvery(
                7,
                reasoners.stream().flatMap(reasoner -> callers.stream().map(caller -> Arguments.of(reasoner, caller))));
    }

    private static String expectedWithTools(ToolStrategy strategy) {
        return strategy == ToolStrategy.PLAN_CALL_ANSWER
                ? "The result is: sunny in City0, then sunny in City1"
                : "Well, 2 results.";
    }

    private static void talk(Talk.Blocking withTools, Talk.Blocking without, String expectedWithTools) {
        for (int turn = 0; turn < TURNS; turn++) {
            boolean tools = turn % 2 == 0;
            String answer = (tools ? withTools : without).chat("Question " + turn);
            assertThat(answer).contains(tools ? expectedWithTools : "Well, 0 results.");
        }
    }

    private static void verify(DeepSeekSimulator deepSeek, Party party) {
        List<SimulatedRequest> requests = deepSeek.requests();
        assertThat(requests).isNotEmpty().extracting(SimulatedRequest::status).containsOnly(200);
        boolean old = Arrays.asList(Generation.CHAT_V3, Generation.R1, Generation.R1_0528, Generation.V3_1)
                .contains(party.generation());
        boolean withTools = party.hasTools();
        for (SimulatedRequest request : requests) {
            boolean reasoningInAll = request.hasTools()
                    && request.thinking()
                    && List.of(Generation.V4_0731, Generation.V4_1).contains(party.generation());
            for (JsonNode message : request.body().path("messages")) {
                String role = message.path("role").asText();
                if (!withTools) {
                    assertThat(role).isNotEqualTo("tool");
                    assertThat(message.has("tool_calls")).isFalse();
                }
                if (old) {
                    assertThat(message.has("reasoning_content")).isFalse();
                }
                if (reasoningInAll && role.equals("assistant")) {
                    assertThat(message.has("reasoning_content")).isTrue();
                }
            }
        }
    }
}
