package io.github.deepthink4j.error;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.internal.value.Components;
import io.github.deepthink4j.price.Cost;
import org.jspecify.annotations.Nullable;

/** What is known about a failure; {@code null} for each thing that is not. */
public final class ErrorDetails {

    /** Nothing known. */
    public static final ErrorDetails NONE = custom().build();

    private final @Nullable Integer httpStatus;
    private final @Nullable String requestId;
    private final @Nullable String providerMessage;
    private final @Nullable AiMessage partialMessage;
    private final boolean unfinishedCall;
    private final @Nullable AiMessage beginning;
    private final @Nullable TokenUsage tokenUsage;
    private final @Nullable Cost cost;

    private ErrorDetails(Builder builder) {
        this.httpStatus = builder.httpStatus;
        this.requestId = builder.requestId;
        this.providerMessage = builder.providerMessage;
        this.partialMessage = builder.partialMessage;
        this.unfinishedCall = builder.unfinishedCall;
        this.beginning = builder.beginning;
        this.tokenUsage = builder.tokenUsage;
        this.cost = builder.cost;
    }

    /** A builder that starts from {@link #NONE}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from what is known already. */
    public static Builder from(ErrorDetails base) {
        return custom().httpStatus(base.httpStatus)
                .requestId(base.requestId)
                .providerMessage(base.providerMessage)
                .partialMessage(base.partialMessage)
                .unfinishedCall(base.unfinishedCall)
                .beginning(base.beginning)
                .tokenUsage(base.tokenUsage)
                .cost(base.cost);
    }

    /** The status of the response. */
    public @Nullable Integer httpStatus() {
        return httpStatus;
    }

    /** Under which the provider finds the request in its logs. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** What the server said, shortened, secrets masked. */
    public @Nullable String providerMessage() {
        return providerMessage;
    }

    /** What of the answer had arrived. */
    public @Nullable AiMessage partialMessage() {
        return partialMessage;
    }

    /**
     * Whether pieces of a tool call had arrived that never became whole: a listener may have been told of them, and they are in no
     * {@link #partialMessage()}, so that nobody runs them.
     */
    public boolean unfinishedCall() {
        return unfinishedCall;
    }

    /** The beginning of the answer that the request had brought along, and of which the rest was asked for. */
    public @Nullable AiMessage beginning() {
        return beginning;
    }

    /** Whether anything of the answer had arrived, a whole piece of it or not. */
    public boolean hasArrived() {
        return partialMessage != null || unfinishedCall;
    }

    /** What it has used, as the server has counted it. */
    public @Nullable TokenUsage tokenUsage() {
        return tokenUsage;
    }

    /**
     * What this attempt and failed ones before it were billed; an estimate where an answer broke off before its last usage came, unknown where
     * it may have been billed and nobody says how much. {@code null} if it was not billed, or if there is no price list.
     */
    public @Nullable Cost cost() {
        return cost;
    }

    /** What happened, what the server said, status and request id, and what to do: the message of an exception. */
    public String describe(String whatHappened, String whatToDo) {
        StringBuilder text = new StringBuilder(whatHappened);
        if (providerMessage != null) {
            text.append(" The server said: ").append(providerMessage);
            if (!providerMessage.endsWith(".")) {
                text.append('.');
            }
        }
        if (!whatToDo.isEmpty()) {
            text.append(' ').append(whatToDo);
        }
        if (httpStatus != null || requestId != null) {
            text.append(" (");
            if (httpStatus != null) {
                text.append("HTTP ").append(httpStatus);
            }
            if (requestId != null) {
                text.append(httpStatus == null ? "" : ", ").append("request ").append(requestId);
            }
            text.append(')');
        }
        return text.toString();
    }

    private Components components() {
        return Components.of(ErrorDetails.class)
                .with("httpStatus", httpStatus)
                .with("requestId", requestId)
                .with("providerMessage", providerMessage)
                .with("partialMessage", partialMessage, partialMessage == null ? null : "present")
                .with("unfinishedCall", unfinishedCall, unfinishedCall ? "true" : null)
                .with("beginning", beginning, beginning == null ? null : "present")
                .with("tokenUsage", tokenUsage)
                .with("cost", cost);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErrorDetails that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    /** All that is known; of what had arrived only that it is there, since it may be long and is not for every log. */
    @Override
    public String toString() {
        return components().toString();
    }

    /** Collects what is known; what is not set stays as it is in what it started from. */
    public static final class Builder {

        private @Nullable Integer httpStatus;
        private @Nullable String requestId;
        private @Nullable String providerMessage;
        private @Nullable AiMessage partialMessage;
        private boolean unfinishedCall;
        private @Nullable AiMessage beginning;
        private @Nullable TokenUsage tokenUsage;
        private @Nullable Cost cost;

        private Builder() {}

        public Builder httpStatus(@Nullable Integer httpStatus) {
            this.httpStatus = httpStatus;
            return this;
        }

        public Builder requestId(@Nullable String requestId) {
            this.requestId = requestId;
            return this;
        }

        /** Whoever passes it on has shortened it and masked its secrets. */
        public Builder providerMessage(@Nullable String providerMessage) {
            this.providerMessage = providerMessage;
            return this;
        }

        public Builder partialMessage(@Nullable AiMessage partialMessage) {
            this.partialMessage = partialMessage;
            return this;
        }

        public Builder unfinishedCall(boolean unfinishedCall) {
            this.unfinishedCall = unfinishedCall;
            return this;
        }

        public Builder beginning(@Nullable AiMessage beginning) {
            this.beginning = beginning;
            return this;
        }

        public Builder tokenUsage(@Nullable TokenUsage tokenUsage) {
            this.tokenUsage = tokenUsage;
            return this;
        }

        public Builder cost(@Nullable Cost cost) {
            this.cost = cost;
            return this;
        }

        public ErrorDetails build() {
            return new ErrorDetails(this);
        }
    }
}
