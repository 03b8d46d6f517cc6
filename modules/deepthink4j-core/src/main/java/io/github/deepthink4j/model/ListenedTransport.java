package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Shows each request to a listener of the user's before it is sent. */
final class ListenedTransport implements Transport {

    private final Transport transport;
    private final Consumer<SentRequest> listener;
    private final SafeLog log;
    private final AtomicBoolean warned = new AtomicBoolean();

    ListenedTransport(Transport transport, Consumer<SentRequest> listener, Logger log) {
        this.transport = transport;
        this.listener = listener;
        this.log = SafeLog.of(log);
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener receiver) {
        show(request);
        return transport.send(request, receiver);
    }

    /** An error too: thrown on the thread of the retries it would leave the call without an end. */
    private void show(TransportRequest request) {
        try {
            listener.accept(SentRequest.of(request));
        } catch (Throwable e) {
            if (warned.compareAndSet(false, true)) {
                log.warn("The request listener has thrown; this is ignored, and not logged again", e);
            }
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
