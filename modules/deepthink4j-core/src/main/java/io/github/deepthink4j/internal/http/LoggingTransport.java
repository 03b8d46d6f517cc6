package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Logs what goes out and what comes in, at INFO level as LangChain4j's own modules do: bodies as they are, headers that
 * may hold a secret masked, and whatever looks like a key masked in the bodies too.
 */
public final class LoggingTransport implements Transport {

    private final Transport transport;
    private final boolean logRequests;
    private final boolean logResponses;
    private final Logger log;

    public LoggingTransport(Transport transport, boolean logRequests, boolean logResponses, Logger log) {
        this.transport = transport;
        this.logRequests = logRequests;
        this.logResponses = logResponses;
        this.log = log;
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        if (logRequests) {
            byte[] body = request.body();
            log.info(
                    "HTTP request:\n- method: {}\n- url: {}\n- headers: {}\n- body: {}",
                    request.method(),
                    request.uri(),
                    request.shownHeaders(),
                    body == null ? "" : Secrets.masked(new String(body, StandardCharsets.UTF_8)));
        }
        return transport.send(request, logResponses ? new LoggingListener(listener) : listener);
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class LoggingListener implements TransportListener {

        private final TransportListener listener;

        private LoggingListener(TransportListener listener) {
            this.listener = listener;
        }

        @Override
        public void onResponse(int status, Map<String, List<String>> headers) {
            log.info("HTTP response:\n- status code: {}\n- headers: {}", status, shown(headers));
            listener.onResponse(status, headers);
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            log.info(
                    "HTTP response bytes: {}",
                    Secrets.masked(
                            StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()));
            listener.onBytes(bytes);
        }

        @Override
        public void onComplete() {
            log.info("HTTP response is complete");
            listener.onComplete();
        }

        @Override
        public void onFailure(TransportFailure failure) {
            log.info("HTTP exchange has failed: {}", failure);
            listener.onFailure(failure);
        }

        private Map<String, List<String>> shown(Map<String, List<String>> headers) {
            Map<String, List<String>> shown = new LinkedHashMap<>();
            headers.forEach(
                    (name, values) -> shown.put(name, Secrets.isSecretHeader(name) ? List.of(Secrets.MASK) : values));
            return shown;
        }
    }
}
