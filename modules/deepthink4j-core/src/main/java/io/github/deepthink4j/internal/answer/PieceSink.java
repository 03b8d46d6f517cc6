package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one stage tells the next. */
interface PieceSink {

    void onMeta(@Nullable String id, @Nullable Long created, @Nullable String model, @Nullable String fingerprint);

    /**
     * @param field the field it was read from
     * @param text  perhaps empty: then only the field was there
     */
    void onThinking(String field, String text);

    void onText(String text);

    void onToolCallDelta(ToolCallDelta delta);

    void onLogprobs(JsonNode logprobs);

    void onUsage(UsageFigures usage);

    void onFinish(String reason);

    void onUnknownField(String name, JsonNode value);

    /**
     * A field of the message that is not known.
     *
     * @param whole whether it is all of it, and not a piece
     */
    void onMessageField(String name, JsonNode value, boolean whole);

    /**
     * A content in parts, of which some are more than text or thought.
     *
     * @param content all of its parts
     * @param unknown those that are neither, or a text with more to it
     * @param whole   whether it is the whole content of the message, and not a piece
     * @throws IOException if they are not kept, and the answer would have a hole without them
     */
    void onContentBlocks(JsonNode content, List<JsonNode> unknown, boolean whole) throws IOException;

    /**
     * @param said all that the server said with it, bounded
     */
    void onServerError(String said);

    /** The model declines, in its own words. */
    void onRefusal(String words);

    /** A tool call in the text can't be read, and what it meant must not be guessed. */
    void onBadCall(String what);

    /** There will be no more pieces; what was held back goes on now. */
    void onEnd();

    /**
     * @param index  {@code null} where the host leaves it out
     * @param begins whether this is a call of its own, whatever index and id say
     */
    record ToolCallDelta(
            @Nullable Long index,
            @Nullable String id,
            @Nullable String name,
            @Nullable String arguments,
            boolean begins) {

        boolean isBlank() {
            return !hasId() && !hasName() && piece().isEmpty();
        }

        boolean hasId() {
            return id != null && !id.isEmpty();
        }

        boolean hasName() {
            return name != null && !name.isBlank();
        }

        /** The piece of the arguments; perhaps empty. */
        String piece() {
            return arguments == null ? "" : arguments;
        }

        /** Whether it looks like the beginning of a call: a name, or nothing but an id, and no later part of an object. */
        boolean mayBegin() {
            String piece = piece().strip();
            return piece.isEmpty() || (hasName() && piece.startsWith("{"));
        }
    }
}
