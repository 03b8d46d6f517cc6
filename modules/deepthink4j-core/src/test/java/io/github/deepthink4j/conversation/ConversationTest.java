package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import io.github.deepthink4j.conversation.Talk.Party;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations of several turns through AI services, with LangChain4j's stock memory too: not one request is refused. */
@Timeout(60)
class ConversationTest {

    private static final SimulatedParties PARTIES = new SimulatedParties();

    @AfterAll
    static void close() {
        PARTIES.close();
    }

    private enum ToolUse {
        NONE,
        SEQUENTIAL,
        PARALLEL
    }

    /** Calls a tool in each turn, twice in a row or twice at once, and then answers with what came of it. */
    private record Caller(ToolUse use) implements Brain {

        @Override
        public Answer answer(SimulatedRequest request) {
            String question = request.lastUserText();
            long results = resultsOfThisTurn(request);
            Answer thought = Answer.thinking(
                    "Thought number " + request.body().path("messages").size() + ".");
            if (use == ToolUse.SEQUENTIAL && results < 2 && request.hasTools()) {
                return thought.andToolCall("getWeather", "{\"city\":\"City" + results + "\"}");
            }
            if (use == ToolUse.PARALLEL && results == 0 && request.hasTools()) {
                return thought.andToolCall("getWeather", "{\"city\":\"City0\"}")
                        .andToolCall("getWeather", "{\"city\":\"City1\"}");
            }
            return thought.thenText("Answer to " + question + " after " + results);
        }

        private static long resultsOfThisTurn(SimulatedRequest request) {
            long results = 0;
            for (JsonNode message : request.body().path("messages")) {
                results = switch (message.path("role").asText()) {
                    case "user" -> 0;
                    case "tool" -> results + 1;
                    default -> results;
                };
            }
            return results;
        }
    }

    static Stream<Arguments> talks() {
        List<Arguments> all = new ArrayList<>();
        for (Party party : Party.values()) {
            for (ToolUse use : ToolUse.values()) {
                if (use == ToolUse.NONE || party.hasTools()) {
                    for (boolean streaming : new boolean[] {false, true}) {
                        ChatMemory ours = ReasoningChatMemory.builder()
                                .profile(party.profile())
                                .build();
                        all.add(Arguments.of(
                                party, use, streaming, named("stock", MessageWindowChatMemory.withMaxMessages(100))));
                        all.add(Arguments.of(party, use, streaming, named("ours", ours)));
                    }
                }
            }
        }
        // Every ninth, so that each use of tools is tried streaming or not, with either memory, by all parties
        // together.
        return Thorough.orEvery(9, all.stream());
    }

    @ParameterizedTest(name = "{0}, tools {1}, streaming {2}, memory {3}")
    @MethodSource("talks")
    void should_never_be_refused(Party party, ToolUse use, boolean streaming, ChatMemory memory) {
        DeepSeekSimulator deepSeek = PARTIES.server(party, new Caller(use));
        boolean tools = use != ToolUse.NONE;
        Talk.Blocking talk = streaming
                ? Talk.streaming(PARTIES.streamingModel(party), memory, tools)
                : Talk.blocking(PARTIES.model(party), memory, tools);

        for (String question : List.of("first", "second", "third")) {
            assertThat(talk.chat(question)).isEqualTo("Answer to " + question + " after " + (tools ? 2 : 0));
        }

        assertThat(deepSeek.requests()).extracting(SimulatedRequest::status).containsOnly(200);
        assertThat(deepSeek.requests()).extracting(SimulatedRequest::thinking).containsOnly(party.thinks());
        assertThat(reasoningSent(deepSeek.lastRequest())).isEqualTo(expectedReasoning(party, use));
    }

    /** How many messages of the last request carry reasoning, by docs/protocol.md, section 1.3. */
    private static int expectedReasoning(Party party, ToolUse use) {
        int rounds = use == ToolUse.SEQUENTIAL ? 2 : 1;
        if (!party.thinks() || use == ToolUse.NONE) {
            return 0;
        }
        return switch (party.profile().reasoningReplay()) {
            case FORBIDDEN -> 0;
            case WITHIN_TURN -> rounds;
            // Two turns that are over, with their answers, and the rounds of the third.
            case TOOL_TURNS, WITH_TOOLS -> 2 * (rounds + 1) + rounds;
        };
    }

    private static int reasoningSent(SimulatedRequest request) {
        int count = 0;
        for (JsonNode message : request.body().path("messages")) {
            count += message.has("reasoning_content") ? 1 : 0;
        }
        return count;
    }

    static Stream<Arguments> pairs() {
        return Thorough.orShare(
                        Arrays.stream(Party.values())
                                .flatMap(from -> Arrays.stream(Party.values()).map(to -> new Party[] {from, to})),
                        pair -> (pair[0].ordinal() + pair[1].ordinal()) % 13 == 0)
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairs")
    void should_go_on_with_another_generation(Party from, Party to) {
        ChatMemory memory = MessageWindowChatMemory.withMaxMessages(100);
        talkTwice(from, memory);
        talkTwice(to, memory);
        talkTwice(from, memory);
    }

    @ParameterizedTest
    @EnumSource(Party.class)
    void should_go_on_with_what_another_vendors_model_began(Party party) {
        ChatMemory memory = MessageWindowChatMemory.withMaxMessages(100);
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("toolu_1")
                .name("getWeather")
                .arguments("{\"city\":\"Munich\"}")
                .build();
        memory.add(UserMessage.from("Weather?"));
        memory.add(AiMessage.from("Let me see.", List.of(call)));
        memory.add(ToolExecutionResultMessage.from(call, "sunny"));
        memory.add(AiMessage.from("It is sunny."));
        memory.add(UserMessage.from("Thanks"));
        memory.add(AiMessage.from("You are welcome."));

        talkTwice(party, memory);
    }

    private static void talkTwice(Party party, ChatMemory memory) {
        ToolUse use = party.hasTools() ? ToolUse.SEQUENTIAL : ToolUse.NONE;
        DeepSeekSimulator deepSeek = PARTIES.server(party, new Caller(use));
        Talk.Blocking talk = Talk.blocking(PARTIES.model(party), memory, party.hasTools());

        talk.chat("one of " + party);
        talk.chat("two of " + party);

        assertThat(deepSeek.requests()).extracting(SimulatedRequest::status).containsOnly(200);
    }
}
