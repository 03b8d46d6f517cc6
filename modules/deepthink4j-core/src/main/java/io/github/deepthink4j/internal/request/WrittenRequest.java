package io.github.deepthink4j.internal.request;

import java.util.List;

/**
 * The body of a request.
 *
 * @param body           JSON in UTF-8, well-formed whatever the texts in it, and no name twice in it
 * @param mended         whether halves of surrogate pairs were replaced in it
 * @param contradictions where custom parameters say something else than the request, in words
 */
public record WrittenRequest(byte[] body, boolean mended, List<String> contradictions) {}
