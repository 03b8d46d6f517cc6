package io.github.deepthink4j.testkit.internal.shape;

import io.github.deepthink4j.testkit.rule.Rule;

/**
 * A part of a body that is not what the server's parser wants.
 *
 * @param rule  that it breaks
 * @param words of the server
 */
public record Misfit(Rule rule, String words) {

    private static final String INTRODUCTION = "Failed to deserialize the JSON body into the target type: ";

    static Misfit at(Rule rule, String path, String words, Place place) {
        return new Misfit(rule, INTRODUCTION + (path.isEmpty() ? "" : path + ": ") + words + place);
    }
}
