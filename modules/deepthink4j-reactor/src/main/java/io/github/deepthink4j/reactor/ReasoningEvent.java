package io.github.deepthink4j.reactor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.model.Citation;
import java.util.List;

/** What happens in a stream, as a value; a pattern switch over it is exhaustive. */
public sealed interface ReasoningEvent {

    /** A piece of the chain of thought; never empty. */
    record Thinking(String text) implements ReasoningEvent {}

    /** A piece of the answer; never empty. */
    record Answer(String text) implements ReasoningEvent {}

    /**
     * A piece of a tool call's arguments.
     *
     * @param index 0 for the first call of the answer
     */
    record ToolCallPiece(int index, String id, String name, String partialArguments) implements ReasoningEvent {}

    /**
     * A tool call that is complete.
     *
     * @param index 0 for the first call of the answer
     */
    record ToolCall(int index, ToolExecutionRequest call) implements ReasoningEvent {}

    /**
     * A tool has been executed, between two answers of the model; where an AI service runs the tools.
     *
     * @param result what the model is told; {@code isError()} if the tool has failed
     */
    record ToolExecuted(ToolExecutionRequest call, ToolExecutionResultMessage result) implements ReasoningEvent {}

    /**
     * The whole answer, after tools the one that follows them; the last event.
     *
     * @param citations what all rounds of the answer rest on, each address once: a search may have happened in a round that called a tool
     */
    record Completed(ChatResponse response, List<Citation> citations) implements ReasoningEvent {

        public Completed {
            citations = List.copyOf(citations);
        }

        /** An answer of one round. */
        public Completed(ChatResponse response) {
            this(response, Citation.in(response.aiMessage()));
        }
    }
}
