package io.github.deepthink4j.internal.request;

/**
 * The body of a request.
 *
 * @param body   JSON in UTF-8, well-formed whatever the texts in it
 * @param mended whether halves of surrogate pairs were replaced in it
 */
public record WrittenRequest(byte[] body, boolean mended) {}
