package io.github.deepthink4j.settings;

/**
 * What each attempt at a call passes before it is sent, such as a limit on the calls at a time: a choice that the builders of
 * models take. One gate may be given to any number of models, which then share it. Such gates come from this project's modules alone.
 */
public interface CallGate {}
