package io.github.deepthink4j.agent;

/** What a part was called for. */
public enum StepKind {
    /** To answer a request that was passed on as it is. */
    ROUTE,
    /** To think out a plan. */
    PLAN,
    /** To call tools. */
    CALL,
    /** To write the answer from the results of tools. */
    ANSWER,
    /** To answer, with others in reserve. */
    ATTEMPT,
    /** To give one of several answers that are compared. */
    SAMPLE,
    /** To answer freely, before the answer is put into its form. */
    REASON,
    /** To put an answer into its form. */
    STRUCTURE,
    /** To put right what did not fit the form. */
    REPAIR
}
