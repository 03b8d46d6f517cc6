package io.github.deepthink4j.testkit.internal.rule;

import io.github.deepthink4j.testkit.rule.Rule;

/**
 * A rule that a request breaks.
 *
 * @param refusal in the generation's words
 */
public record Breach(Rule rule, Refusal refusal) {}
