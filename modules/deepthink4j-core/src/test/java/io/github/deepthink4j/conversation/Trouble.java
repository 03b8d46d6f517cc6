package io.github.deepthink4j.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.List;
import java.util.Random;

/** Conversations in which tools, and now and then the server, fail. What a question leads to stands in it. */
final class Trouble {

    /** What happens in a turn. */
    enum Kind {
        /** An answer in words. */
        PLAIN,
        /** Three tool calls, one after the other. */
        SEQUENTIAL,
        /** Three tool calls at once. */
        PARALLEL,
        /** Three tool calls at once, one of which fails; the model is told. */
        TOOL_FAILS,
        /** Three tool calls at once, one of which ends the run. */
        TOOL_ENDS_RUN,
        /** A tool that does not exist, after one that does: the run ends. */
        NO_SUCH_TOOL,
        /** The server has a fault, and the question is asked again. */
        SERVER_FAULT,
        /** The server has a fault after a tool round. */
        SERVER_FAULT_IN_ROUND;

        boolean endsRun() {
            return ordinal() >= TOOL_ENDS_RUN.ordinal();
        }

        boolean needsTools() {
            return this != PLAIN && this != SERVER_FAULT;
        }

        /** Any, but most runs go well. */
        static Kind random(Random random, boolean tools) {
            Kind kind = values()[random.nextInt(values().length)];
            boolean other = (kind.endsRun() && random.nextInt(3) > 0) || (kind.needsTools() && !tools);
            return other ? random(random, tools) : kind;
        }

        /** One of those where nothing goes wrong. */
        static Kind healthy(Random random, boolean tools) {
            Kind kind = random(random, tools);
            return kind.endsRun() || kind == TOOL_FAILS ? healthy(random, tools) : kind;
        }
    }

    interface Assistant {
        @SystemMessage("You are a tester's assistant.")
        String chat(String question);
    }

    static final class Tools {

        @Tool("Looks something up")
        String lookUp(@P("what") String what) {
            if (what.startsWith("fail")) {
                throw new IllegalStateException(what);
            }
            return "found " + what;
        }
    }

    /** Thinks for a thousand characters or so, as reasoning models do, and answers in two hundred. */
    static final class ThinkingBrain implements Brain {

        private static final String THOUGHT = "Let me see what is asked here, step by step. ".repeat(24);
        private static final String TEXT = "This is what came of it all. ".repeat(6);

        @Override
        public Answer answer(SimulatedRequest request) {
            String question = request.lastUserText();
            // Questions that nobody answered stand in front of the last one.
            String[] words = question.substring(question.lastIndexOf('\n') + 1).split(" ");
            Kind kind = Kind.valueOf(words[0]);
            long results = resultsOfThisTurn(request);
            Answer thought = Answer.thinking(THOUGHT + results).pieces(4000);
            return switch (kind) {
                case PLAIN -> thought.thenText(TEXT);
                case SEQUENTIAL -> results < 3 ? call(thought, "lookUp", "a" + results) : thought.thenText(TEXT);
                case PARALLEL -> results == 0 ? calls(thought, "b", "c", "d") : thought.thenText(TEXT);
                case TOOL_FAILS -> results == 0 ? calls(thought, "b", "fail", "d") : thought.thenText(TEXT);
                case TOOL_ENDS_RUN -> calls(thought, "b", "fail run", "d");
                case NO_SUCH_TOOL -> call(call(thought, "lookUp", "b"), "noSuchTool", "c");
                case SERVER_FAULT -> Answer.error(500, "on purpose");
                case SERVER_FAULT_IN_ROUND -> results == 0 ? calls(thought, "b", "c") : Answer.error(503, "on purpose");
            };
        }

        private static Answer calls(Answer answer, String... whats) {
            for (String what : whats) {
                answer = call(answer, "lookUp", what);
            }
            return answer;
        }

        private static Answer call(Answer answer, String tool, String what) {
            return answer.andToolCall(tool, "{\"what\":\"" + what + "\"}");
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

    private Trouble() {}

    static Assistant assistant(
            Talk.Party party, boolean tools, String baseUrl, ChatMemory memory, ChatModelListener listener) {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName(party.modelName())
                .profile(party.profile())
                .thinking(party.thinking())
                .retryPolicy(RetryPolicy.NONE)
                .listeners(List.of(listener))
                .build();
        AiServices<Assistant> service =
                AiServices.builder(Assistant.class).chatModel(model).chatMemory(memory);
        if (tools) {
            service.tools(new Tools()).toolExecutionErrorHandler((error, context) -> {
                if (error.getMessage().equals("fail run")) {
                    throw new IllegalStateException("the run ends");
                }
                return ToolErrorHandlerResult.text(error.getMessage());
            });
        }
        return service.build();
    }
}
