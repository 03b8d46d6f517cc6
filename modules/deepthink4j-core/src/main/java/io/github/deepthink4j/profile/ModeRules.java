package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What holds in one of a model's two modes, thinking or not. */
public final class ModeRules {

    private final Set<Feature> features;
    private final Set<RequestParameter> ignored;
    private final Set<RequestParameter> refused;
    private final @Nullable Integer maxOutputTokens;
    private final boolean thinkingInMaxTokens;
    private final @Nullable Integer mostThoughtTokens;

    private ModeRules(Builder builder) {
        this.features = builder.features;
        this.ignored = builder.ignored;
        this.refused = builder.refused;
        this.maxOutputTokens = builder.maxOutputTokens;
        this.thinkingInMaxTokens = builder.thinkingInMaxTokens;
        this.mostThoughtTokens = builder.mostThoughtTokens;
    }

    /** A builder that starts from no features, nothing ignored or refused, and no limit that is known. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from other rules. */
    public static Builder from(ModeRules base) {
        return custom().features(base.features)
                .ignored(base.ignored)
                .refused(base.refused)
                .maxOutputTokens(base.maxOutputTokens)
                .thinkingInMaxTokens(base.thinkingInMaxTokens)
                .mostThoughtTokens(base.mostThoughtTokens);
    }

    /** What may be asked for. */
    public Set<Feature> features() {
        return features;
    }

    /** Parameters that the server accepts and does not heed. */
    public Set<RequestParameter> ignored() {
        return ignored;
    }

    /** Parameters that the server answers with an error. */
    public Set<RequestParameter> refused() {
        return refused;
    }

    /** The largest {@code max_tokens} accepted, in tokens; {@code null} where unknown. */
    public @Nullable Integer maxOutputTokens() {
        return maxOutputTokens;
    }

    /** Whether {@code max_tokens} counts the reasoning; on R1 alone it does not. */
    public boolean thinkingInMaxTokens() {
        return thinkingInMaxTokens;
    }

    /** The most tokens of a thought that {@code max_tokens} does not count; {@code null} where it does, or where unknown. */
    public @Nullable Integer mostThoughtTokens() {
        return thinkingInMaxTokens ? null : mostThoughtTokens;
    }

    /**
     * The most that an answer may have, its thought included, in tokens.
     *
     * @param maxOutputTokens as it was asked for; {@code null} for none
     * @return {@code null} if nothing bounds it
     */
    public @Nullable Integer mostOutputTokens(@Nullable Integer maxOutputTokens) {
        if (maxOutputTokens == null || thinkingInMaxTokens) {
            return maxOutputTokens;
        }
        return mostThoughtTokens == null
                ? null
                : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, (long) maxOutputTokens + mostThoughtTokens));
    }

    private Components components() {
        return Components.of(ModeRules.class)
                .with("features", features)
                .with("ignored", ignored)
                .with("refused", refused)
                .with("maxOutputTokens", maxOutputTokens)
                .with("thinkingInMaxTokens", thinkingInMaxTokens)
                .with("mostThoughtTokens", mostThoughtTokens());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModeRules that && components().equals(that.components());
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

        private Set<Feature> features = Set.of();
        private Set<RequestParameter> ignored = Set.of();
        private Set<RequestParameter> refused = Set.of();
        private @Nullable Integer maxOutputTokens;
        private boolean thinkingInMaxTokens = true;
        private @Nullable Integer mostThoughtTokens;

        private Builder() {}

        /** All of them, in place of those so far. */
        public Builder features(Set<Feature> features) {
            this.features = sorted(requireNonNull(features, "features"));
            return this;
        }

        /** One feature more. */
        public Builder allow(Feature feature) {
            Set<Feature> more = new TreeSet<>(features);
            more.add(requireNonNull(feature, "feature"));
            return features(more);
        }

        /** One feature less. */
        public Builder forbid(Feature feature) {
            Set<Feature> less = new TreeSet<>(features);
            less.remove(requireNonNull(feature, "feature"));
            return features(less);
        }

        /** All of them, in place of those so far. */
        public Builder ignored(Set<RequestParameter> parameters) {
            this.ignored = sorted(requireNonNull(parameters, "ignored"));
            return this;
        }

        /** All of them, in place of those so far. */
        public Builder refused(Set<RequestParameter> parameters) {
            this.refused = sorted(requireNonNull(parameters, "refused"));
            return this;
        }

        /** Tokens; {@code null} where unknown. */
        public Builder maxOutputTokens(@Nullable Integer maxOutputTokens) {
            this.maxOutputTokens = maxOutputTokens;
            return this;
        }

        public Builder thinkingInMaxTokens(boolean thinkingInMaxTokens) {
            this.thinkingInMaxTokens = thinkingInMaxTokens;
            return this;
        }

        /** Tokens; {@code null} where unknown. Has no effect where {@code max_tokens} counts the thought. */
        public Builder mostThoughtTokens(@Nullable Integer mostThoughtTokens) {
            this.mostThoughtTokens = mostThoughtTokens;
            return this;
        }

        public ModeRules build() {
            return new ModeRules(this);
        }

        /** A copy whose text is the same in every run. */
        private static <T extends Enum<T>> Set<T> sorted(Set<T> values) {
            return Collections.unmodifiableSet(new TreeSet<>(values));
        }
    }
}
