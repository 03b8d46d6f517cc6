package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where one host puts the reasoning and under which name it wants it back (protocol notes, section 8).
 *
 * @param name               for messages and logs, such as {@code "DeepSeek"}; never blank
 * @param readFrom           the fields of a message or delta that may hold reasoning, best first. Where a chunk carries
 *                           several, only the first that is filled is read: hosts that send two send the same text twice
 * @param writeBack          the name under which reasoning goes back
 * @param inlineReasoning    whether reasoning hides in the answer's text, between tags
 * @param toolCallMarkup     whether tool calls may leak into the text as DeepSeek's own markup (DSML) and are to be
 *                           made real tool calls. Off for api.deepseek.com, on for weights served elsewhere
 * @param doneMarkerRequired whether a stream without {@code data: [DONE]} counts as cut. DeepSeek's own client says it
 *                           does; a host that never sends the marker needs {@code false}, and then a finish reason ends
 *                           the stream
 */
public record ReasoningDialect(
        String name,
        List<String> readFrom,
        WriteBack writeBack,
        InlineReasoning inlineReasoning,
        boolean toolCallMarkup,
        boolean doneMarkerRequired) {

    /** The names that cover all hosts seen so far, in reading order (protocol notes, section 8, last paragraph). */
    public static final List<String> ALL_FIELDS =
            List.of("reasoning_content", "reasoning", "reasoning_details", "thinking");

    /**
     * The attribute of an {@code AiMessage} that holds the name its reasoning was read from, where that is not
     * {@code reasoning_content}; it is never sent.
     */
    public static final String FIELD_ATTRIBUTE = "deepthink4j.reasoning_field";

    /** api.deepseek.com. Reads the other names too, since gateways in front of it rename the field. */
    public static final ReasoningDialect DEEPSEEK = new ReasoningDialect(
            "DeepSeek", ALL_FIELDS, WriteBack.REASONING_CONTENT, InlineReasoning.NONE, false, true);

    /** The field under which earlier reasoning is written into a request. */
    public enum WriteBack {
        /** {@code reasoning_content}. */
        REASONING_CONTENT,
        /** {@code reasoning}: Ollama's /v1, Groq, Together. */
        REASONING,
        /** Both names, for vLLM from 0.16 on, which read only {@code reasoning} for a while and then both. */
        BOTH,
        /** The name it was read from, else {@code reasoning_content}. */
        AS_READ
    }

    /** Whether and how reasoning hides in the answer's text (protocol notes, section 9). */
    public enum InlineReasoning {
        /** The text is the answer; tags in it are just text. */
        NONE,
        /** Reasoning may stand at the start of the text between {@code <think>} and {@code </think>}. */
        TAGS,
        /**
         * The text starts inside the reasoning: the chat template has swallowed the opening tag, only the closing one
         * comes. This can't be told from a plain answer until the closing tag, so it is never guessed.
         */
        STARTS_IN_REASONING
    }

    public ReasoningDialect {
        if (requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        readFrom = List.copyOf(requireNonNull(readFrom, "readFrom"));
        requireNonNull(writeBack, "writeBack");
        requireNonNull(inlineReasoning, "inlineReasoning");
    }

    /** A copy with another name. */
    public ReasoningDialect withName(String newName) {
        return new ReasoningDialect(newName, readFrom, writeBack, inlineReasoning, toolCallMarkup, doneMarkerRequired);
    }

    /** A copy that reads these fields. */
    public ReasoningDialect withReadFrom(List<String> fields) {
        return new ReasoningDialect(name, fields, writeBack, inlineReasoning, toolCallMarkup, doneMarkerRequired);
    }

    /** A copy that writes earlier reasoning back in this way. */
    public ReasoningDialect withWriteBack(WriteBack way) {
        return new ReasoningDialect(name, readFrom, way, inlineReasoning, toolCallMarkup, doneMarkerRequired);
    }

    /** A copy that treats tags in the text in this way. */
    public ReasoningDialect withInlineReasoning(InlineReasoning way) {
        return new ReasoningDialect(name, readFrom, writeBack, way, toolCallMarkup, doneMarkerRequired);
    }

    /** A copy that looks for tool calls in the text, or does not. */
    public ReasoningDialect withToolCallMarkup(boolean look) {
        return new ReasoningDialect(name, readFrom, writeBack, inlineReasoning, look, doneMarkerRequired);
    }

    /** A copy that requires {@code [DONE]} at the end of a stream, or does not. */
    public ReasoningDialect withDoneMarkerRequired(boolean required) {
        return new ReasoningDialect(name, readFrom, writeBack, inlineReasoning, toolCallMarkup, required);
    }
}
