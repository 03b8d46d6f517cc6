package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import org.jspecify.annotations.Nullable;

/** How a model wants the earlier messages of a conversation. */
public final class HistoryRules {

    private final ReasoningReplay reasoningReplay;
    private final LostReasoning lostReasoning;
    private final boolean mergeSameRole;
    private final boolean foldSystemMessage;
    private final boolean userFirst;
    private final boolean leaveOutUnreadable;

    private HistoryRules(Builder builder) {
        this.reasoningReplay = requireNonNull(builder.reasoningReplay, "reasoningReplay");
        this.lostReasoning = requireNonNull(builder.lostReasoning, "lostReasoning");
        this.mergeSameRole = builder.mergeSameRole;
        this.foldSystemMessage = builder.foldSystemMessage;
        this.userFirst = builder.userFirst;
        this.leaveOutUnreadable = builder.leaveOutUnreadable;
    }

    /** A builder that starts from messages as they are, without reasoning and without what the model can't read. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from other rules. */
    public static Builder from(HistoryRules base) {
        return custom().reasoningReplay(base.reasoningReplay)
                .lostReasoning(base.lostReasoning)
                .mergeSameRole(base.mergeSameRole)
                .foldSystemMessage(base.foldSystemMessage)
                .userFirst(base.userFirst)
                .leaveOutUnreadable(base.leaveOutUnreadable);
    }

    /** Which earlier reasoning the model wants back. */
    public ReasoningReplay reasoningReplay() {
        return reasoningReplay;
    }

    /** What it gets where that reasoning is not to be had. */
    public LostReasoning lostReasoning() {
        return lostReasoning;
    }

    /** Whether neighbours of the same role must be made one message (R1 refuses them). */
    public boolean mergeSameRole() {
        return mergeSameRole;
    }

    /**
     * Whether system messages become part of the first user message, as R1's authors advise for its weights
     * (docs/protocol.md, section 7).
     */
    public boolean foldSystemMessage() {
        return foldSystemMessage;
    }

    /**
     * Whether a conversation must begin with the user (R1 refuses an assistant message there; docs/protocol.md, section 1.3).
     * A greeting of the assistant then goes behind a user message that asks it to begin. Off by default.
     */
    public boolean userFirst() {
        return userFirst;
    }

    /**
     * Whether pictures and other content of earlier turns that the model can't read are left out: a word takes their place, and
     * a warning is logged. On by default; off, the request is refused. In the turn in progress such content is refused in
     * either case, since the answer would be invented (docs/protocol.md, section 2.10). {@code ParameterCheck} has the last
     * word: with {@link ParameterCheck#IGNORE} all content goes as it is.
     */
    public boolean leaveOutUnreadable() {
        return leaveOutUnreadable;
    }

    private Components components() {
        return Components.of(HistoryRules.class)
                .with("reasoningReplay", reasoningReplay)
                .with("lostReasoning", lostReasoning)
                .with("mergeSameRole", mergeSameRole)
                .with("foldSystemMessage", foldSystemMessage)
                .with("userFirst", userFirst)
                .with("leaveOutUnreadable", leaveOutUnreadable);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistoryRules that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds rules; what is not set stays as it is in those it started from. */
    public static final class Builder {

        private ReasoningReplay reasoningReplay = ReasoningReplay.FORBIDDEN;
        private LostReasoning lostReasoning = LostReasoning.SPACE;
        private boolean mergeSameRole;
        private boolean foldSystemMessage;
        private boolean userFirst;
        private boolean leaveOutUnreadable = true;

        private Builder() {}

        public Builder reasoningReplay(ReasoningReplay reasoningReplay) {
            this.reasoningReplay = reasoningReplay;
            return this;
        }

        public Builder lostReasoning(LostReasoning lostReasoning) {
            this.lostReasoning = lostReasoning;
            return this;
        }

        public Builder mergeSameRole(boolean mergeSameRole) {
            this.mergeSameRole = mergeSameRole;
            return this;
        }

        public Builder foldSystemMessage(boolean foldSystemMessage) {
            this.foldSystemMessage = foldSystemMessage;
            return this;
        }

        public Builder userFirst(boolean userFirst) {
            this.userFirst = userFirst;
            return this;
        }

        public Builder leaveOutUnreadable(boolean leaveOutUnreadable) {
            this.leaveOutUnreadable = leaveOutUnreadable;
            return this;
        }

        /**
         * @throws NullPointerException if something was set to {@code null}
         */
        public HistoryRules build() {
            return new HistoryRules(this);
        }
    }
}
