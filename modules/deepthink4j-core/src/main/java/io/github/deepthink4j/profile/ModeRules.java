package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds in one of a model's two modes, thinking or not.
 *
 * @param features        what may be asked for
 * @param ignored         parameters that the server accepts and does not heed
 * @param refused         parameters that the server answers with an error
 * @param maxOutputTokens the largest {@code max_tokens} accepted, in tokens; {@code null} where unknown
 */
public record ModeRules(
        Set<Feature> features,
        Set<RequestParameter> ignored,
        Set<RequestParameter> refused,
        @Nullable Integer maxOutputTokens) {

    public ModeRules {
        features = Set.copyOf(requireNonNull(features, "features"));
        ignored = Set.copyOf(requireNonNull(ignored, "ignored"));
        refused = Set.copyOf(requireNonNull(refused, "refused"));
    }

    /** A copy with these features. */
    public ModeRules withFeatures(Set<Feature> newFeatures) {
        return new ModeRules(newFeatures, ignored, refused, maxOutputTokens);
    }

    /** A copy that ignores these parameters. */
    public ModeRules withIgnored(Set<RequestParameter> parameters) {
        return new ModeRules(features, parameters, refused, maxOutputTokens);
    }

    /** A copy that refuses these parameters. */
    public ModeRules withRefused(Set<RequestParameter> parameters) {
        return new ModeRules(features, ignored, parameters, maxOutputTokens);
    }

    /** A copy with this limit, in tokens. */
    public ModeRules withMaxOutputTokens(@Nullable Integer limit) {
        return new ModeRules(features, ignored, refused, limit);
    }
}
