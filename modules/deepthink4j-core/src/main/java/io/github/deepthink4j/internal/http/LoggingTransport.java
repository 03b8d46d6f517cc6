package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.nio.charset.StandardCharsets;
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
        if (!logResponses) {
            return transport.send(request, listener);
        }
        LoggedAnswer answer = new LoggedAnswer(request.secrets(), log, listener);
        return answer.over(transport.send(request, answer));
    }

    @Override
    public void close() {
        transport.close();
    }
}
