package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Logs what goes out and what comes in, at INFO level as LangChain4j's own modules do: bodies as they are but for
 * secrets, headers shortened, and the values of those that may hold a secret masked whole.
 */
public final class LoggingTransport implements Transport {

    /** Behind an even number of backslashes: an odd one is the text of an escape. */
    private static final Pattern ESCAPED_PAIR = Pattern.compile(
            "(?<!\\\\)((?:\\\\\\\\)*+)\\\\u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})");

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
            log.info(
                    "HTTP request:\n- method: {}\n- url: {}\n- headers: {}\n- body: {}",
                    request.method(),
                    request.secrets().masked(request.uri()),
                    request.shownHeaders(),
                    readable(request.secrets().masked(request.bodyText())));
        }
        if (!logResponses) {
            return transport.send(request, listener);
        }
        LoggedAnswer answer = new LoggedAnswer(request.secrets(), log, listener);
        return answer.over(transport.send(request, answer));
    }

    /** The generator of JSON writes an emoji as two escapes, which a server understands and a person does not. */
    private static String readable(String json) {
        return ESCAPED_PAIR
                .matcher(json)
                .replaceAll(pair ->
                        Matcher.quoteReplacement(pair.group(1) + character(pair.group(2)) + character(pair.group(3))));
    }

    private static char character(String hex) {
        return (char) Integer.parseInt(hex, 16);
    }

    @Override
    public void close() {
        transport.close();
    }
}
