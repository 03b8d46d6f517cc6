package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Gets what comes back: a response, its bytes, and one of the two last calls, unless the exchange is cancelled. The calls
 * come one after the other; the next bytes are read when the call before has returned, and that is the backpressure.
 */
public interface TransportListener {

    /** The head of the response, of whatever status. */
    void onResponse(int status, Map<String, List<String>> headers);

    /**
     * Some bytes of the body.
     *
     * @param bytes valid during the call only
     */
    void onBytes(ByteBuffer bytes);

    /** The body has ended as HTTP says it must. */
    void onComplete();

    /** There will be no more. */
    void onFailure(TransportFailure failure);
}
