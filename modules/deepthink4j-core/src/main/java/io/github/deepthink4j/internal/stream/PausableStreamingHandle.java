package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.StreamingHandle;

/**
 * A stream that can be held up as well as cancelled: a consumer that falls behind slows the model's connection down instead
 * of filling memory. From any thread; one caller at a time decides about pausing.
 */
public interface PausableStreamingHandle extends StreamingHandle {

    /**
     * Reads nothing more from the connection until {@link #resume()}. What has been read already, one network read or, right
     * at the start, two, is still delivered. While it lasts the idle limit's clock stands still, the total's does not; the
     * clock for the first byte does not either, so a stream is best held up from its first piece on.
     */
    void pause();

    /** Goes on reading. */
    void resume();
}
