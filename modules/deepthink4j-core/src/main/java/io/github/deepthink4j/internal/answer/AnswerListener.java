package io.github.deepthink4j.internal.answer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;

/** Gets the pieces of an answer in the order of their arrival: thinking, then text, then tool calls. */
public interface AnswerListener {

    /** A piece of the chain of thought; never empty. */
    default void onThinking(String text) {}

    /** A piece of the answer; never empty. */
    default void onText(String text) {}

    /**
     * A piece of a tool call's arguments; never empty.
     *
     * @param index 0 for the first call of the answer
     */
    default void onToolCallPiece(int index, String id, String name, String partialArguments) {}

    /**
     * A tool call is complete; once for each call, in order.
     *
     * @param index 0 for the first call of the answer
     */
    default void onToolCall(int index, ToolExecutionRequest call) {}
}
