package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one host puts the reasoning and under which name it wants it back (docs/protocol.md, section 8).
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
 * @param thinkingSwitch     how this host turns the thinking of a switchable model on and off; {@code null} where it is as
 *                           the model's own profile says
 */
public record ReasoningDialect(
        String name,
        List<String> readFrom,
        WriteBack writeBack,
        InlineReasoning inlineReasoning,
        boolean toolCallMarkup,
        boolean doneMarkerRequired,
        @Nullable ThinkingSwitch thinkingSwitch) {

    /** The names that cover all hosts seen so far, in reading order (docs/protocol.md, section 8, reading order). */
    public static final List<String> ALL_FIELDS =
            List.of("reasoning_content", "reasoning", "reasoning_details", "thinking");

    /**
     * The attribute of an {@code AiMessage} that holds the name its reasoning was read from, where that is not
     * {@code reasoning_content}; it is never sent.
     */
    public static final String FIELD_ATTRIBUTE = "deepthink4j.reasoning_field";

    /** api.deepseek.com. Reads the other names too, since gateways in front of it rename the field. */
    public static final ReasoningDialect DEEPSEEK = new ReasoningDialect(
            "DeepSeek", ALL_FIELDS, WriteBack.REASONING_CONTENT, InlineReasoning.NONE, false, true, null);

    /** Weights on a host that is not known: all names are read, tags too, and leaked tool calls. */
    public static final ReasoningDialect OTHER_HOST = DEEPSEEK.withName("other host")
            .withWriteBack(WriteBack.AS_READ)
            .withInlineReasoning(InlineReasoning.TAGS)
            .withToolCallMarkup(true);

    /** vLLM: for a while read only {@code reasoning} on input, so both names are sent. */
    public static final ReasoningDialect VLLM =
            OTHER_HOST.withName("vLLM").withWriteBack(WriteBack.BOTH).withThinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE);

    public static final ReasoningDialect SGLANG = OTHER_HOST
            .withName("SGLang")
            .withWriteBack(WriteBack.REASONING_CONTENT)
            .withThinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE);

    public static final ReasoningDialect LLAMA_CPP = OTHER_HOST
            .withName("llama.cpp")
            .withWriteBack(WriteBack.REASONING_CONTENT)
            .withThinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE);

    /** Ollama's OpenAI-compatible endpoint, {@code /v1}. */
    public static final ReasoningDialect OLLAMA = OTHER_HOST
            .withName("Ollama")
            .withWriteBack(WriteBack.REASONING)
            .withThinkingSwitch(ThinkingSwitch.EFFORT_NONE);

    public static final ReasoningDialect LM_STUDIO = OTHER_HOST.withName("LM Studio");

    public static final ReasoningDialect OPENROUTER = OTHER_HOST
            .withName("OpenRouter")
            .withReadFrom(List.of("reasoning", "reasoning_content", "reasoning_details", "thinking"))
            .withWriteBack(WriteBack.REASONING_CONTENT)
            .withThinkingSwitch(ThinkingSwitch.REASONING_ENABLED);

    public static final ReasoningDialect GROQ =
            OTHER_HOST.withName("Groq").withWriteBack(WriteBack.REASONING).withThinkingSwitch(ThinkingSwitch.GROQ);

    public static final ReasoningDialect TOGETHER = OTHER_HOST
            .withName("Together")
            .withWriteBack(WriteBack.REASONING)
            .withThinkingSwitch(ThinkingSwitch.REASONING_ENABLED);

    public static final ReasoningDialect FIREWORKS = OTHER_HOST
            .withName("Fireworks")
            .withWriteBack(WriteBack.REASONING_CONTENT)
            .withThinkingSwitch(ThinkingSwitch.THINKING_TYPE);

    public static final ReasoningDialect SILICONFLOW = DEEPSEEK.withName("SiliconFlow")
            .withToolCallMarkup(true)
            .withThinkingSwitch(ThinkingSwitch.ENABLE_THINKING);

    public static final ReasoningDialect VOLCENGINE_ARK = DEEPSEEK.withName("Volcengine Ark")
            .withToolCallMarkup(true)
            .withThinkingSwitch(ThinkingSwitch.THINKING_TYPE);

    public static final ReasoningDialect DASHSCOPE =
            DEEPSEEK.withName("DashScope").withToolCallMarkup(true).withThinkingSwitch(ThinkingSwitch.ENABLE_THINKING);

    /** Azure AI Foundry: its R1 left tags in the text. */
    public static final ReasoningDialect AZURE =
            OTHER_HOST.withName("Azure AI Foundry").withWriteBack(WriteBack.REASONING_CONTENT);

    public static final ReasoningDialect NVIDIA_NIM =
            OTHER_HOST.withName("NVIDIA NIM").withThinkingSwitch(ThinkingSwitch.CHAT_TEMPLATE);

    public static final ReasoningDialect TENCENT =
            DEEPSEEK.withName("Tencent").withToolCallMarkup(true).withThinkingSwitch(ThinkingSwitch.THINKING_TYPE);

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

    /** Whether and how reasoning hides in the answer's text (docs/protocol.md, section 9). */
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
        return new ReasoningDialect(
                newName, readFrom, writeBack, inlineReasoning, toolCallMarkup, doneMarkerRequired, thinkingSwitch);
    }

    /** A copy that reads these fields. */
    public ReasoningDialect withReadFrom(List<String> fields) {
        return new ReasoningDialect(
                name, fields, writeBack, inlineReasoning, toolCallMarkup, doneMarkerRequired, thinkingSwitch);
    }

    /** A copy that writes earlier reasoning back in this way. */
    public ReasoningDialect withWriteBack(WriteBack way) {
        return new ReasoningDialect(
                name, readFrom, way, inlineReasoning, toolCallMarkup, doneMarkerRequired, thinkingSwitch);
    }

    /** A copy that treats tags in the text in this way. */
    public ReasoningDialect withInlineReasoning(InlineReasoning way) {
        return new ReasoningDialect(name, readFrom, writeBack, way, toolCallMarkup, doneMarkerRequired, thinkingSwitch);
    }

    /** A copy that looks for tool calls in the text, or does not. */
    public ReasoningDialect withToolCallMarkup(boolean look) {
        return new ReasoningDialect(
                name, readFrom, writeBack, inlineReasoning, look, doneMarkerRequired, thinkingSwitch);
    }

    /** A copy that requires {@code [DONE]} at the end of a stream, or does not. */
    public ReasoningDialect withDoneMarkerRequired(boolean required) {
        return new ReasoningDialect(
                name, readFrom, writeBack, inlineReasoning, toolCallMarkup, required, thinkingSwitch);
    }

    /** A copy that turns thinking on and off in this way. */
    public ReasoningDialect withThinkingSwitch(@Nullable ThinkingSwitch way) {
        return new ReasoningDialect(
                name, readFrom, writeBack, inlineReasoning, toolCallMarkup, doneMarkerRequired, way);
    }
}
