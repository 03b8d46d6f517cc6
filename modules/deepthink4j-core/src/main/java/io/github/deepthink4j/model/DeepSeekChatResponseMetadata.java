package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What DeepSeek said about an answer. Whatever it sent that is not known here is kept in {@link #unknownFields()}. */
public final class DeepSeekChatResponseMetadata extends ChatResponseMetadata implements Priced {

    private final @Nullable Long created;
    private final @Nullable String systemFingerprint;
    private final @Nullable String requestId;
    private final @Nullable JsonNode logprobs;
    private final Map<String, JsonNode> unknownFields;
    private final @Nullable AiMessage beginning;

    private DeepSeekChatResponseMetadata(Builder builder) {
        super(builder);
        this.created = builder.created;
        this.systemFingerprint = builder.systemFingerprint;
        this.requestId = builder.requestId;
        this.logprobs = builder.logprobs;
        this.unknownFields = Map.copyOf(builder.unknownFields);
        this.beginning = builder.beginning;
    }

    /** When the answer was made, in seconds since 1970; {@code null} if not said. */
    public @Nullable Long created() {
        return created;
    }

    /** The configuration of the server that answered; {@code null} if not said. */
    public @Nullable String systemFingerprint() {
        return systemFingerprint;
    }

    /** The id under which the provider finds this request in its logs, from the answer's headers; {@code null} if none. */
    public @Nullable String requestId() {
        return requestId;
    }

    /**
     * The log probabilities as they came: lists {@code content} and, from V4 on, {@code reasoning_content};
     * {@code null} unless asked for.
     */
    public @Nullable JsonNode logprobs() {
        return logprobs;
    }

    /** Fields of the answer that this version does not know, by name; never {@code null}. */
    public Map<String, JsonNode> unknownFields() {
        return unknownFields;
    }

    /**
     * The beginning of the answer, where the request had brought one along and the message is but the rest of it; {@code null} if it is
     * the whole. See {@link Continuation}.
     */
    public @Nullable AiMessage beginning() {
        return beginning;
    }

    @Override
    public @Nullable DeepSeekTokenUsage tokenUsage() {
        return (DeepSeekTokenUsage) super.tokenUsage();
    }

    /** What the answer cost: that of its {@link #tokenUsage()}, so that of all rounds where AiServices has summed them up. */
    @Override
    public Cost cost() {
        DeepSeekTokenUsage usage = tokenUsage();
        return usage == null ? Cost.unknown("the server reported no usage") : usage.cost();
    }

    @Override
    public Builder toBuilder() {
        return ((Builder) toBuilder(builder()))
                .created(created)
                .systemFingerprint(systemFingerprint)
                .requestId(requestId)
                .logprobs(logprobs)
                .unknownFields(unknownFields)
                .beginning(beginning);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof DeepSeekChatResponseMetadata that
                && Objects.equals(created, that.created)
                && Objects.equals(systemFingerprint, that.systemFingerprint)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(logprobs, that.logprobs)
                && unknownFields.equals(that.unknownFields)
                && Objects.equals(beginning, that.beginning);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(), created, systemFingerprint, requestId, logprobs, unknownFields, beginning);
    }

    @Override
    public String toString() {
        return "DeepSeekChatResponseMetadata{id='" + id() + "', modelName='" + modelName() + "', tokenUsage="
                + tokenUsage() + ", finishReason=" + finishReason() + ", created=" + created + ", systemFingerprint='"
                + systemFingerprint + "', requestId='" + requestId + "', logprobs=" + logprobs + ", unknownFields="
                + unknownFields + (beginning == null ? "" : ", beginning=present") + '}';
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds the metadata; AiServices does so too, to put the sum of several calls in. */
    public static final class Builder extends ChatResponseMetadata.Builder<Builder> {

        private @Nullable Long created;
        private @Nullable String systemFingerprint;
        private @Nullable String requestId;
        private @Nullable JsonNode logprobs;
        private Map<String, JsonNode> unknownFields = Map.of();
        private @Nullable AiMessage beginning;

        private Builder() {}

        /** Another vendor's usage keeps its three figures. */
        @Override
        public Builder tokenUsage(@Nullable TokenUsage usage) {
            if (usage == null || usage instanceof DeepSeekTokenUsage) {
                return super.tokenUsage(usage);
            }
            return super.tokenUsage(DeepSeekTokenUsage.builder()
                    .inputTokenCount(usage.inputTokenCount())
                    .outputTokenCount(usage.outputTokenCount())
                    .totalTokenCount(usage.totalTokenCount())
                    .build());
        }

        @Override
        public Builder finishReason(@Nullable FinishReason finishReason) {
            return super.finishReason(finishReason);
        }

        public Builder created(@Nullable Long created) {
            this.created = created;
            return this;
        }

        public Builder systemFingerprint(@Nullable String systemFingerprint) {
            this.systemFingerprint = systemFingerprint;
            return this;
        }

        public Builder requestId(@Nullable String requestId) {
            this.requestId = requestId;
            return this;
        }

        public Builder logprobs(@Nullable JsonNode logprobs) {
            this.logprobs = logprobs;
            return this;
        }

        public Builder unknownFields(Map<String, JsonNode> unknownFields) {
            this.unknownFields = unknownFields;
            return this;
        }

        public Builder beginning(@Nullable AiMessage beginning) {
            this.beginning = beginning;
            return this;
        }

        @Override
        public DeepSeekChatResponseMetadata build() {
            return new DeepSeekChatResponseMetadata(this);
        }
    }
}
