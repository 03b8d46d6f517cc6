package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where one host puts the reasoning and under which name it wants it back (docs/protocol.md, section 8). */
public final class ReasoningDialect {

    /** The names that cover all hosts seen so far, in reading order (docs/protocol.md, section 8, reading order). */
    public static final List<String> ALL_FIELDS =
            List.of("reasoning_content", "reasoning", "reasoning_details", "thinking");

    /**
     * The attribute of an {@code AiMessage} that holds the name its reasoning was read from, where that is not
     * {@code reasoning_content}; it is never sent.
     */
    public static final String FIELD_ATTRIBUTE = "deepthink4j.reasoning_field";

    /**
     * The attribute of an {@code AiMessage} that holds the fields of the message which go back unchanged, such as the blocks of
     * server tools: a JSON object, as text, so that no memory and no serialization changes it. See {@link #carriedFields()}.
     */
    public static final String CARRIED_ATTRIBUTE = "deepthink4j.carried_fields";

    /** api.deepseek.com. Reads the other names too, since gateways in front of it rename the field. */
    public static final ReasoningDialect DEEPSEEK = custom().name("DeepSeek")
            .deepSeekApi(true)
            .writeBack(WriteBack.REASONING_CONTENT)
            .inlineReasoning(InlineReasoning.NONE)
            .toolCallMarkup(false)
            .build();

    /** Weights on a host that is not known: all names are read, tags too, and leaked tool calls. */
    public static final ReasoningDialect OTHER_HOST = custom().build();

    /** vLLM: for a while read only {@code reasoning} on input, so both names are sent. */
    public static final ReasoningDialect VLLM = from(weightsOn("vLLM", WriteBack.BOTH, ThinkingSwitch.CHAT_TEMPLATE))
            .prefixFields(Map.of("continue_final_message", true, "add_generation_prompt", false))
            .build();

    public static final ReasoningDialect SGLANG = from(weightsOn(
                    "SGLang", WriteBack.REASONING_CONTENT, ThinkingSwitch.CHAT_TEMPLATE))
            .prefixFields(Map.of("continue_final_message", true))
            .build();

    public static final ReasoningDialect LLAMA_CPP =
            weightsOn("llama.cpp", WriteBack.REASONING_CONTENT, ThinkingSwitch.CHAT_TEMPLATE);

    /** Ollama's OpenAI-compatible endpoint, {@code /v1}. */
    public static final ReasoningDialect OLLAMA = weightsOn("Ollama", WriteBack.REASONING, ThinkingSwitch.EFFORT_NONE);

    public static final ReasoningDialect LM_STUDIO = weightsOn("LM Studio", WriteBack.AS_READ, null);

    public static final ReasoningDialect OPENROUTER = from(weightsOn(
                    "OpenRouter", WriteBack.REASONING_CONTENT, ThinkingSwitch.REASONING_ENABLED))
            .readFrom(List.of("reasoning", "reasoning_content", "reasoning_details", "thinking"))
            .build();

    public static final ReasoningDialect GROQ = weightsOn("Groq", WriteBack.REASONING, ThinkingSwitch.GROQ);

    public static final ReasoningDialect TOGETHER =
            weightsOn("Together", WriteBack.REASONING, ThinkingSwitch.REASONING_ENABLED);

    public static final ReasoningDialect FIREWORKS =
            weightsOn("Fireworks", WriteBack.REASONING_CONTENT, ThinkingSwitch.THINKING_TYPE);

    public static final ReasoningDialect SILICONFLOW = likeDeepSeek("SiliconFlow", ThinkingSwitch.ENABLE_THINKING);

    public static final ReasoningDialect VOLCENGINE_ARK = likeDeepSeek("Volcengine Ark", ThinkingSwitch.THINKING_TYPE);

    public static final ReasoningDialect DASHSCOPE = likeDeepSeek("DashScope", ThinkingSwitch.ENABLE_THINKING);

    /** Azure AI Foundry: its R1 left tags in the text. */
    public static final ReasoningDialect AZURE = weightsOn("Azure AI Foundry", WriteBack.REASONING_CONTENT, null);

    public static final ReasoningDialect NVIDIA_NIM =
            weightsOn("NVIDIA NIM", WriteBack.AS_READ, ThinkingSwitch.CHAT_TEMPLATE);

    public static final ReasoningDialect TENCENT = likeDeepSeek("Tencent", ThinkingSwitch.THINKING_TYPE);

    /** Moonshot's own API, of Kimi. */
    public static final ReasoningDialect MOONSHOT = likeDeepSeek("Moonshot", ThinkingSwitch.THINKING_TYPE);

    /** Z.ai and bigmodel.cn, Zhipu's own API, of GLM. */
    public static final ReasoningDialect ZHIPU = likeDeepSeek("Zhipu", ThinkingSwitch.THINKING_TYPE);

    /** MiniMax's own API: the thought stands between tags in the text, and is wanted back there. */
    public static final ReasoningDialect MINIMAX = weightsOn("MiniMax", WriteBack.TAGS, null);

    /** How earlier reasoning is written into a request. */
    public enum WriteBack {
        /** {@code reasoning_content}. */
        REASONING_CONTENT,
        /** {@code reasoning}: Ollama's /v1, Groq, Together. */
        REASONING,
        /** Both names, for vLLM from 0.16 on, which read only {@code reasoning} for a while and then both. */
        BOTH,
        /** The name it was read from, else {@code reasoning_content}. */
        AS_READ,
        /** As {@link #AS_READ}, but what stood between tags goes back there: MiniMax's weights on a host that is not known. */
        AS_READ_OR_TAGS,
        /** In no field, but before the text of the answer, between {@code <think>} and {@code </think>}: MiniMax. */
        TAGS
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

    private final String name;
    private final boolean deepSeekApi;
    private final List<String> readFrom;
    private final WriteBack writeBack;
    private final InlineReasoning inlineReasoning;
    private final boolean toolCallMarkup;
    private final boolean doneMarkerRequired;
    private final @Nullable ThinkingSwitch thinkingSwitch;
    private final Map<String, Object> prefixFields;
    private final @Nullable List<String> carriedFields;

    private ReasoningDialect(Builder builder) {
        if (requireNonNull(builder.name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        this.name = builder.name;
        this.deepSeekApi = builder.deepSeekApi;
        this.readFrom = builder.readFrom;
        this.writeBack = requireNonNull(builder.writeBack, "writeBack");
        this.inlineReasoning = requireNonNull(builder.inlineReasoning, "inlineReasoning");
        this.toolCallMarkup = builder.toolCallMarkup;
        this.doneMarkerRequired = builder.doneMarkerRequired;
        this.thinkingSwitch = builder.thinkingSwitch;
        this.prefixFields = builder.prefixFields;
        this.carriedFields = builder.carriedFields;
    }

    private static ReasoningDialect weightsOn(String host, WriteBack way, @Nullable ThinkingSwitch thinkingSwitch) {
        return custom().name(host).writeBack(way).thinkingSwitch(thinkingSwitch).build();
    }

    /** A provider that shows DeepSeek's own fields, and whose parser of tool calls is its own. */
    private static ReasoningDialect likeDeepSeek(String host, ThinkingSwitch thinkingSwitch) {
        return from(DEEPSEEK)
                .name(host)
                .deepSeekApi(false)
                .toolCallMarkup(true)
                .thinkingSwitch(thinkingSwitch)
                .build();
    }

    /** A builder that starts from {@link #OTHER_HOST}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from another dialect; of {@link #DEEPSEEK} it stays DeepSeek's own API, see {@link #deepSeekApi()}. */
    public static Builder from(ReasoningDialect base) {
        return custom().name(base.name)
                .deepSeekApi(base.deepSeekApi)
                .readFrom(base.readFrom)
                .writeBack(base.writeBack)
                .inlineReasoning(base.inlineReasoning)
                .toolCallMarkup(base.toolCallMarkup)
                .doneMarkerRequired(base.doneMarkerRequired)
                .thinkingSwitch(base.thinkingSwitch)
                .prefixFields(base.prefixFields)
                .carriedFields(base.carriedFields);
    }

    /** For messages and logs, such as {@code "DeepSeek"}; never blank. */
    public String name() {
        return name;
    }

    /**
     * Whether it is DeepSeek's own API, or a gateway that hands requests on to it as they are: with server tools, file ids, the safety check
     * and a beta root, with the limits of that API and with its own meaning of DeepSeek's ids. What shows the same fields and is
     * another provider has none of these.
     */
    public boolean deepSeekApi() {
        return deepSeekApi;
    }

    /**
     * The fields of a message or delta that may hold reasoning, best first. Where a chunk carries several, only the first
     * that is filled is read: hosts that send two send the same text twice.
     */
    public List<String> readFrom() {
        return readFrom;
    }

    /** The name under which reasoning goes back. */
    public WriteBack writeBack() {
        return writeBack;
    }

    /** Whether reasoning hides in the answer's text, between tags. */
    public InlineReasoning inlineReasoning() {
        return inlineReasoning;
    }

    /**
     * Whether tool calls may leak into the text as markup, DeepSeek's own (DSML) or Qwen's, and are to be made real tool calls. Off for
     * api.deepseek.com, on for weights served elsewhere.
     */
    public boolean toolCallMarkup() {
        return toolCallMarkup;
    }

    /**
     * Whether a stream needs both of its ends, a finish reason and then {@code data: [DONE]}, and counts as cut without one of
     * them. DeepSeek's own client says it does. A host that leaves one out needs {@code false}, and then either is enough:
     * a finish reason at the end of the body, or the marker behind an answer, whose finish reason is taken for {@code stop}.
     */
    public boolean doneMarkerRequired() {
        return doneMarkerRequired;
    }

    /**
     * How this host turns the thinking of a switchable model on and off; {@code null} where it is as the model's own profile
     * says.
     */
    public @Nullable ThinkingSwitch thinkingSwitch() {
        return thinkingSwitch;
    }

    /**
     * The request fields that have this host go on from the last message (docs/protocol.md, section 8); empty where that message is marked with
     * {@code prefix}, as at DeepSeek.
     */
    public Map<String, Object> prefixFields() {
        return prefixFields;
    }

    /**
     * The fields of the assistant's message that are kept and written back unchanged, beside those that are known. {@code null}, the
     * default: all that are not known, while a request declares server tools, and none otherwise. A list: these, always.
     */
    public @Nullable List<String> carriedFields() {
        return carriedFields;
    }

    /**
     * Whether a field of the assistant's message that is not known is kept and written back.
     *
     * @param serverTools whether the request declares tools that the server runs
     */
    public boolean carries(String field, boolean serverTools) {
        return carriedFields == null ? serverTools : carriedFields.contains(field);
    }

    private Components components() {
        return Components.of(ReasoningDialect.class)
                .with("name", name)
                .with("deepSeekApi", deepSeekApi)
                .with("readFrom", readFrom)
                .with("writeBack", writeBack)
                .with("inlineReasoning", inlineReasoning)
                .with("toolCallMarkup", toolCallMarkup)
                .with("doneMarkerRequired", doneMarkerRequired)
                .with("thinkingSwitch", thinkingSwitch)
                .with("prefixFields", prefixFields)
                .with("carriedFields", carriedFields);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReasoningDialect that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a dialect; what is not set stays as it is in the one it started from. */
    public static final class Builder {

        private String name = "other host";
        private boolean deepSeekApi;
        private List<String> readFrom = ALL_FIELDS;
        private WriteBack writeBack = WriteBack.AS_READ;
        private InlineReasoning inlineReasoning = InlineReasoning.TAGS;
        private boolean toolCallMarkup = true;
        private boolean doneMarkerRequired = true;
        private @Nullable ThinkingSwitch thinkingSwitch;
        private Map<String, Object> prefixFields = Map.of();
        private @Nullable List<String> carriedFields;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** {@code false} for another provider that shows DeepSeek's fields. */
        public Builder deepSeekApi(boolean deepSeekApi) {
            this.deepSeekApi = deepSeekApi;
            return this;
        }

        public Builder readFrom(List<String> readFrom) {
            this.readFrom = List.copyOf(requireNonNull(readFrom, "readFrom"));
            return this;
        }

        public Builder writeBack(WriteBack writeBack) {
            this.writeBack = writeBack;
            return this;
        }

        public Builder inlineReasoning(InlineReasoning inlineReasoning) {
            this.inlineReasoning = inlineReasoning;
            return this;
        }

        public Builder toolCallMarkup(boolean toolCallMarkup) {
            this.toolCallMarkup = toolCallMarkup;
            return this;
        }

        public Builder doneMarkerRequired(boolean doneMarkerRequired) {
            this.doneMarkerRequired = doneMarkerRequired;
            return this;
        }

        /** {@code null} for the way of the model's own profile. */
        public Builder thinkingSwitch(@Nullable ThinkingSwitch thinkingSwitch) {
            this.thinkingSwitch = thinkingSwitch;
            return this;
        }

        /** Empty for the mark on the message. */
        public Builder prefixFields(Map<String, Object> prefixFields) {
            // The same text in every run.
            this.prefixFields =
                    Collections.unmodifiableMap(new TreeMap<>(requireNonNull(prefixFields, "prefixFields")));
            return this;
        }

        /** {@code null} for all that are not known, while a request declares server tools. */
        public Builder carriedFields(@Nullable List<String> carriedFields) {
            this.carriedFields = carriedFields == null ? null : List.copyOf(carriedFields);
            return this;
        }

        /**
         * @throws IllegalArgumentException if the name is blank
         */
        public ReasoningDialect build() {
            return new ReasoningDialect(this);
        }
    }
}
