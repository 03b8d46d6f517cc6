package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;

/**
 * Logs what goes out and what comes in, at INFO level as LangChain4j's own modules do: bodies as they are but for
 * secrets, headers shortened, and the values of those that may hold a secret masked whole.
 */
public final class LoggingTransport implements Transport {

    private final Transport transport;
    private final boolean logRequests;
    private final boolean logResponses;
    private final SafeLog log;

    public LoggingTransport(Transport transport, boolean logRequests, boolean logResponses, Logger log) {
        this.transport = transport;
        this.logRequests = logRequests;
        this.logResponses = logResponses;
        this.log = SafeLog.of(log);
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        if (logRequests) {
            byte[] body = request.body();
            log.info(
                    "HTTP request:\n- method: {}\n- url: {}\n- headers: {}\n- body: {}",
                    request.method(),
                    request.secrets().masked(request.uri()),
                    request.shownHeaders(),
                    body == null ? "" : request.secrets().masked(new String(body, StandardCharsets.UTF_8)));
        }
        return transport.send(request, logResponses ? new LoggingListener(request.secrets(), listener) : listener);
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class LoggingListener implements TransportListener {

        private final Secrets secrets;
        private final MaskedText body;
        private final TransportListener listener;

        private LoggingListener(Secrets secrets, TransportListener listener) {
            this.secrets = secrets;
            this.body = new MaskedText(secrets);
            this.listener = listener;
        }

        @Override
        public void onResponse(int status, Map<String, List<String>> headers) {
            log.info("HTTP response:\n- status code: {}\n- headers: {}", status, shown(headers));
            listener.onResponse(status, headers);
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            show(body.add(bytes));
            listener.onBytes(bytes);
        }

        @Override
        public void onComplete() {
            show(body.end());
            log.info("HTTP response is complete");
            listener.onComplete();
        }

        @Override
        public void onFailure(TransportFailure failure) {
            show(body.end());
            log.info("HTTP exchange has failed: {}", secrets.shown(failure.toString()));
            listener.onFailure(failure);
        }

        private void show(String text) {
            if (!text.isEmpty()) {
                log.info("HTTP response bytes: {}", text);
            }
        }

        private Map<String, List<String>> shown(Map<String, List<String>> headers) {
            Map<String, List<String>> shown = new LinkedHashMap<>();
            headers.forEach((name, values) -> shown.put(
                    name, values.stream().map(value -> shown(name, value)).toList()));
            return shown;
        }

        private String shown(String name, String value) {
            return Objects.requireNonNullElse(secrets.shown(secrets.header(name, value)), "");
        }
    }
}
