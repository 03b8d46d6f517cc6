package io.github.deepthink4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers. Immutable: each method returns a new one.
 *
 * @param thinking          the chain of thought; {@code null} for none. Not sent where the request is not thought over
 * @param text              {@code null} for none
 * @param toolCalls         in order
 * @param finishReason      {@code null} for the one that fits
 * @param charactersPerPiece 0 for a token a piece
 * @param pause             between pieces
 * @param keepAlives        how many come before the first piece
 * @param delay             before the head of the response
 * @param status            of the response; other than 200 the text is the message of an error
 * @param headers           of the response, beside the usual ones
 * @param fault             what goes wrong; {@code null} for nothing
 */
public record Answer(
        @Nullable String thinking,
        @Nullable String text,
        List<Call> toolCalls,
        @Nullable String finishReason,
        int charactersPerPiece,
        Duration pause,
        int keepAlives,
        Duration delay,
        int status,
        Map<String, String> headers,
        @Nullable Fault fault) {

    /**
     * A tool call.
     *
     * @param argumentsJson as the model would write it
     */
    public record Call(String name, String argumentsJson) {}

    public Answer {
        toolCalls = List.copyOf(toolCalls);
        headers = Map.copyOf(headers);
    }

    private static Answer nothing() {
        return new Answer(null, null, List.of(), null, 0, Duration.ZERO, 0, Duration.ZERO, 200, Map.of(), null);
    }

    /** An answer in words. */
    public static Answer text(String text) {
        return nothing().thenText(text);
    }

    /** An answer that begins with a thought. */
    public static Answer thinking(String thinking) {
        return nothing().withThinking(thinking);
    }

    /** An answer that calls a tool. */
    public static Answer toolCall(String name, String argumentsJson) {
        return nothing().andToolCall(name, argumentsJson);
    }

    /** An error in DeepSeek's format. */
    public static Answer error(int status, String message) {
        Answer it = text(message);
        return new Answer(null, it.text, List.of(), null, 0, Duration.ZERO, 0, Duration.ZERO, status, Map.of(), null);
    }

    public Answer withThinking(@Nullable String newThinking) {
        return new Answer(
                newThinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                headers,
                fault);
    }

    public Answer thenText(@Nullable String newText) {
        return new Answer(
                thinking,
                newText,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                headers,
                fault);
    }

    public Answer andToolCall(String name, String argumentsJson) {
        List<Call> calls = new ArrayList<>(toolCalls);
        calls.add(new Call(name, argumentsJson));
        return new Answer(
                thinking,
                text,
                calls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                headers,
                fault);
    }

    public Answer finishReason(String reason) {
        return new Answer(
                thinking,
                text,
                toolCalls,
                reason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                headers,
                fault);
    }

    /** Cuts thought and text into pieces of this many characters instead of tokens. */
    public Answer pieces(int characters) {
        return new Answer(
                thinking, text, toolCalls, finishReason, characters, pause, keepAlives, delay, status, headers, fault);
    }

    /** Waits between pieces. */
    public Answer pause(Duration betweenPieces) {
        return new Answer(
                thinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                betweenPieces,
                keepAlives,
                delay,
                status,
                headers,
                fault);
    }

    /** Comments of a stream, or empty lines of a whole answer, before the first piece. */
    public Answer keepAlives(int count) {
        return new Answer(
                thinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                count,
                delay,
                status,
                headers,
                fault);
    }

    /** Waits before anything is sent. */
    public Answer delay(Duration beforeHeaders) {
        return new Answer(
                thinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                beforeHeaders,
                status,
                headers,
                fault);
    }

    /** Adds a header to the response. */
    public Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(
                thinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                more,
                fault);
    }

    /** Lets something go wrong on the way. */
    public Answer fault(@Nullable Fault newFault) {
        return new Answer(
                thinking,
                text,
                toolCalls,
                finishReason,
                charactersPerPiece,
                pause,
                keepAlives,
                delay,
                status,
                headers,
                newFault);
    }
}
