package io.github.deepthink4j.testkit.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers. Immutable: each method returns a new one.
 *
 * @param thinking          the chain of thought; {@code null} for none. Not sent where the request is not thought over
 * @param text              {@code null} for none
 * @param toolCalls         in order
 * @param fields            of the message beside those that it always has, such as the blocks of server tools
 * @param piecedFields      whether a stream brings them in pieces
 * @param finishReason      {@code null} for the one that fits
 * @param charactersPerPiece 0 for a token a piece
 * @param pause             between pieces
 * @param keepAlives        how many come before the first piece
 * @param delay             before the head of the response
 * @param status            of the response; other than 200 the text is the message of an error
 * @param headers           of the response, beside the usual ones
 * @param fault             what goes wrong; {@code null} for nothing
 * @param faultAfter        how many pieces come before the fault; negative for the fault's own place
 */
public record Answer(
        @Nullable String thinking,
        @Nullable String text,
        List<Call> toolCalls,
        Map<String, JsonNode> fields,
        boolean piecedFields,
        @Nullable String finishReason,
        int charactersPerPiece,
        Duration pause,
        int keepAlives,
        Duration delay,
        int status,
        Map<String, String> headers,
        @Nullable Fault fault,
        int faultAfter) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A tool call.
     *
     * @param argumentsJson as the model would write it
     */
    public record Call(String name, String argumentsJson) {}

    public Answer {
        toolCalls = List.copyOf(toolCalls);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        headers = Map.copyOf(headers);
    }

    /** An answer with nothing in it, to be filled by the methods below. */
    public static Answer nothing() {
        return new Draft().answer();
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

    /** An answer that calls a tool; the arguments become JSON. */
    public static Answer toolCall(String name, Map<String, ?> arguments) {
        return nothing().andToolCall(name, arguments);
    }

    /** An error in DeepSeek's format. */
    public static Answer error(int status, String message) {
        return text(message).with(draft -> draft.status = status);
    }

    public Answer withThinking(@Nullable String newThinking) {
        return with(draft -> draft.thinking = newThinking);
    }

    public Answer thenText(@Nullable String newText) {
        return with(draft -> draft.text = newText);
    }

    public Answer andToolCall(String name, String argumentsJson) {
        return with(draft -> {
            draft.toolCalls = new ArrayList<>(toolCalls);
            draft.toolCalls.add(new Call(name, argumentsJson));
        });
    }

    /**
     * One more tool call; the arguments become JSON, in the map's order.
     *
     * @throws IllegalArgumentException if they can't be written as JSON
     */
    public Answer andToolCall(String name, Map<String, ?> arguments) {
        try {
            return andToolCall(name, JSON.writeValueAsString(arguments));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + arguments, e);
        }
    }

    /**
     * A field of the message beside those that it always has, such as the blocks that server tools leave there. How DeepSeek calls
     * them in chat completions was not seen, so any name and any JSON goes.
     *
     * @throws IllegalArgumentException if the value can't be written as JSON
     */
    public Answer withField(String name, Object value) {
        JsonNode json = JSON.valueToTree(value);
        return with(draft -> {
            draft.fields = new LinkedHashMap<>(fields);
            draft.fields.put(name, json);
        });
    }

    /** Streams such fields as tool calls come: each item of a list with its {@code index}, and its texts in two pieces. */
    public Answer fieldsInPieces() {
        return with(draft -> draft.piecedFields = true);
    }

    public Answer finishReason(@Nullable String reason) {
        return with(draft -> draft.finishReason = reason);
    }

    /**
     * All of it comes, and then it is refused, as an audit after the last token may do with {@code safety_check} (docs/protocol.md,
     * section 2.12): the stream stays open for a moment, and ends with {@code content_filter}. The real form was not seen.
     */
    public Answer refusedAfterwards() {
        return finishReason("content_filter");
    }

    /**
     * Cuts thought, text and the arguments of tool calls into pieces of this many {@code char}s instead of tokens. Halves of an emoji that
     * is cut so are sent as escapes, as some hosts do. A text may also begin or end with a half.
     */
    public Answer pieces(int characters) {
        return with(draft -> draft.charactersPerPiece = characters);
    }

    /** Waits between pieces. */
    public Answer pause(Duration betweenPieces) {
        return with(draft -> draft.pause = betweenPieces);
    }

    /** Comments of a stream, or empty lines of a whole answer, before the first piece. */
    public Answer keepAlives(int count) {
        return with(draft -> draft.keepAlives = count);
    }

    /** Waits before anything is sent. */
    public Answer delay(Duration beforeHeaders) {
        return with(draft -> draft.delay = beforeHeaders);
    }

    /** Adds a header to the response. */
    public Answer header(String name, String value) {
        return with(draft -> {
            draft.headers = new LinkedHashMap<>(headers);
            draft.headers.put(name, value);
        });
    }

    /** Lets something go wrong on the way. */
    public Answer fault(@Nullable Fault newFault) {
        return fault(newFault, -1);
    }

    /**
     * Lets something go wrong after so many pieces of the stream; of a whole answer half has come by then.
     *
     * @param afterPieces pieces of thought, text and tool calls; all of them if there are fewer
     */
    public Answer fault(@Nullable Fault newFault, int afterPieces) {
        return with(draft -> {
            draft.fault = newFault;
            draft.faultAfter = afterPieces;
        });
    }

    private Answer with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.answer();
    }

    /** What the methods above change. */
    private static final class Draft {

        private @Nullable String thinking;
        private @Nullable String text;
        private List<Call> toolCalls = List.of();
        private Map<String, JsonNode> fields = Map.of();
        private boolean piecedFields;
        private @Nullable String finishReason;
        private int charactersPerPiece;
        private Duration pause = Duration.ZERO;
        private int keepAlives;
        private Duration delay = Duration.ZERO;
        private int status = 200;
        private Map<String, String> headers = Map.of();
        private @Nullable Fault fault;
        private int faultAfter = -1;

        private Draft() {}

        private Draft(Answer from) {
            thinking = from.thinking;
            text = from.text;
            toolCalls = from.toolCalls;
            fields = from.fields;
            piecedFields = from.piecedFields;
            finishReason = from.finishReason;
            charactersPerPiece = from.charactersPerPiece;
            pause = from.pause;
            keepAlives = from.keepAlives;
            delay = from.delay;
            status = from.status;
            headers = from.headers;
            fault = from.fault;
            faultAfter = from.faultAfter;
        }

        private Answer answer() {
            return new Answer(
                    thinking,
                    text,
                    toolCalls,
                    fields,
                    piecedFields,
                    finishReason,
                    charactersPerPiece,
                    pause,
                    keepAlives,
                    delay,
                    status,
                    headers,
                    fault,
                    faultAfter);
        }
    }
}
