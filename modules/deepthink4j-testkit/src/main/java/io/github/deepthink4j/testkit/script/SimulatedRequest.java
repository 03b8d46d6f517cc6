package io.github.deepthink4j.testkit.script;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A request as the simulator has seen it, and what has become of it so far. Made by the simulator only. */
public interface SimulatedRequest {

    String method();

    /** Without the host, such as {@code /chat/completions}. */
    String path();

    /** By lower-case name; the key is masked. */
    Map<String, String> headers();

    /** The JSON; missing where there was none. */
    JsonNode body();

    /** The body as it came. */
    byte[] rawBody();

    /** The model id that was asked for. */
    String model();

    /** Whether the answer was to be streamed. */
    boolean stream();

    /** Whether the generation thinks this request over. */
    boolean thinking();

    boolean hasTools();

    List<String> toolNames();

    /** The messages, in order. */
    List<JsonNode> messages();

    /** The last message; missing if there is none. */
    JsonNode lastMessage();

    /** The text of the last user message, or the prompt of a completion in the middle; empty if there is neither. */
    String lastUserText();

    /**
     * The tokens of tools and messages, as the simulator's own simple tokenizer counts them and as its answers report them.
     * They are near DeepSeek's figure for English text, not equal to it.
     */
    int promptTokens();

    /** What DeepSeek would have ignored without a word, such as a temperature while thinking. */
    List<String> warnings();

    /** The HTTP status it was answered with; 0 as long as it was not. */
    int status();

    /** Whether the client went away before the end of the answer. */
    boolean cancelled();

    /**
     * Waits until its answer has ended, well or badly, or until its client has gone away.
     *
     * @return {@code false} if the answer is still being sent
     * @throws IllegalStateException if the thread is interrupted
     */
    boolean awaitEnd(Duration atMost);

    /** The request in a few lines that a person can read. */
    String summary();
}
