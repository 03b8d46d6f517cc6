package io.github.deepthink4j.agent.consensus;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An answer, and who gave it.
 *
 * @param answer  what the {@link AnswerExtractor} has found
 * @param samples the numbers of the samples that gave it, 1 for the first that was asked, in the order of their arrival
 */
public record Vote(Object answer, List<Integer> samples) {

    public Vote {
        requireNonNull(answer, "answer");
        samples = List.copyOf(samples);
    }

    /** How many gave it. */
    public int count() {
        return samples.size();
    }

    int firstSample() {
        return samples.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
