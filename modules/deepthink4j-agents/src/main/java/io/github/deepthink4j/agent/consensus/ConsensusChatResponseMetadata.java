package io.github.deepthink4j.agent.consensus;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a consensus says about its answer: besides the steps, the votes. */
public final class ConsensusChatResponseMetadata extends CombinedChatResponseMetadata {

    private final List<Vote> votes;
    private final int asked;

    private ConsensusChatResponseMetadata(Builder builder) {
        super(builder);
        this.votes = List.copyOf(builder.votes);
        this.asked = builder.asked;
    }

    /** The answers with their votes, the winner first; empty if no answer was found in any response. */
    public List<Vote> votes() {
        return votes;
    }

    /** How many samples were asked for; fewer than allowed where the winner was certain before, or the tokens were used up. */
    public int asked() {
        return asked;
    }

    @Override
    public Builder toBuilder() {
        return fill(builder()).votes(votes).asked(asked);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof ConsensusChatResponseMetadata that
                && votes.equals(that.votes)
                && asked == that.asked;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + votes.hashCode() + asked;
    }

    @Override
    public String toString() {
        return "ConsensusChatResponseMetadata{votes=" + votes + ", asked=" + asked + ", " + super.toString() + '}';
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds the metadata. */
    public static final class Builder extends CombinedChatResponseMetadata.Builder<Builder> {

        private List<Vote> votes = List.of();
        private int asked;

        private Builder() {}

        public Builder votes(List<Vote> votes) {
            this.votes = requireNonNull(votes, "votes");
            return this;
        }

        public Builder asked(int asked) {
            this.asked = asked;
            return this;
        }

        @Override
        public ConsensusChatResponseMetadata build() {
            return new ConsensusChatResponseMetadata(this);
        }
    }
}
