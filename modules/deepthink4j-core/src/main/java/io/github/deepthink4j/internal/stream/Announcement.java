package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Tells a scope of a stream that begins for it on another thread, where a decorator has gone: through the decorator's handler, as
 * an event without a name, which LangChain4j's own handlers and most decorators' pass on. Users' handlers ignore such events; none
 * gets one but while a scope somewhere waits for the handle of its stream.
 */
final class Announcement {

    private static final SafeLog LOG = SafeLog.of(Announcement.class);

    /** Weak, since the stream that a scope waits for may never begin. */
    private static final Set<StreamScope> WAITING = Collections.newSetFromMap(new WeakHashMap<>());

    private final PausableStreamingHandle stream;

    private Announcement(PausableStreamingHandle stream) {
        this.stream = stream;
    }

    /** From now on a stream may begin for this scope, anywhere. */
    static void await(StreamScope scope) {
        synchronized (WAITING) {
            WAITING.add(scope);
        }
    }

    /** It has its handle, or needs none any more. */
    static void come(StreamScope scope) {
        synchronized (WAITING) {
            WAITING.remove(scope);
        }
    }

    /** A stream is about to be sent, in no scope. */
    static void of(PausableStreamingHandle stream, StreamingChatResponseHandler handler) {
        boolean isAwaited;
        synchronized (WAITING) {
            isAwaited = !WAITING.isEmpty();
        }
        if (isAwaited) {
            try {
                handler.onUnmappedRawEvent(new Announcement(stream));
            } catch (Throwable e) {
                LOG.debug("A handler takes no event without a name; its stream is stopped by its first piece", e);
            }
        }
    }

    PausableStreamingHandle stream() {
        return stream;
    }
}
