package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.internal.log.SafeLog;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what has come for one request into the log, once, when it is over: network reads mean nothing to whoever reads a log,
 * the lines of calls that run beside each other would mix, and a secret may be spread over all of an answer.
 */
final class LoggedAnswer implements TransportListener {

    /** More is no help in a log; a whole answer of a model with its thought has about a third. */
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private final Secrets secrets;
    private final SafeLog log;
    private final TransportListener listener;
    private final int mostCharacters;
    private final DecodedText read = new DecodedText();
    private final StringBuilder body = new StringBuilder();
    private long leftOut;
    private @Nullable Integer status;
    private Map<String, List<String>> headers = Map.of();
    private boolean told;

    LoggedAnswer(Secrets secrets, SafeLog log, TransportListener listener) {
        this(secrets, log, listener, MOST_CHARACTERS);
    }

    LoggedAnswer(Secrets secrets, SafeLog log, TransportListener listener, int mostCharacters) {
        this.secrets = secrets;
        this.log = log;
        this.listener = listener;
        this.mostCharacters = mostCharacters;
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        synchronized (this) {
            this.status = status;
            this.headers = headers;
        }
        listener.onResponse(status, headers);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        synchronized (this) {
            if (!told) {
                keep(read.add(bytes));
            }
        }
        listener.onBytes(bytes);
    }

    @Override
    public void onComplete() {
        tell("complete");
        listener.onComplete();
    }

    @Override
    public void onFailure(TransportFailure failure) {
        tell("failed: " + secrets.shown(failure.toString()));
        listener.onFailure(failure);
    }

    /** The call as its owner has it: he may be the one who ends it, and no last call of the listener follows. */
    TransportCall over(TransportCall call) {
        return new Ended(call);
    }

    private void keep(String more) {
        int room = leftOut > 0 ? 0 : mostCharacters - body.length();
        int kept = Math.min(room, more.length());
        if (kept < more.length() && kept > 0 && Character.isHighSurrogate(more.charAt(kept - 1))) {
            kept--;
        }
        body.append(more, 0, kept);
        leftOut += more.length() - kept;
    }

    private synchronized void tell(String end) {
        if (told) {
            return;
        }
        told = true;
        keep(read.end());
        log.info(
                "HTTP response:\n- status code: {}\n- request id: {}\n- headers: {}\n- end: {}\n- body: {}{}",
                status == null ? "none" : status,
                HttpErrors.requestId(headers, secrets),
                shownHeaders(),
                end,
                LoggedLines.of(MaskedAnswer.masked(body.toString(), secrets)),
                leftOut == 0 ? "" : "... (" + leftOut + " characters more)");
        body.setLength(0);
        body.trimToSize();
    }

    private Map<String, List<String>> shownHeaders() {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        headers.forEach((name, values) ->
                shown.put(name, values.stream().map(value -> shown(name, value)).toList()));
        return shown;
    }

    private String shown(String name, String value) {
        return LoggedLines.of(Objects.requireNonNullElse(secrets.shown(secrets.header(name, value)), ""));
    }

    private final class Ended implements TransportCall {

        private final TransportCall call;

        private Ended(TransportCall call) {
            this.call = call;
        }

        @Override
        public void cancel() {
            call.cancel();
            // Nothing was to be had of a call that was over before.
            if (call.isCancelled()) {
                tell("cancelled");
            }
        }

        @Override
        public void abort() {
            call.abort();
        }

        @Override
        public void drain() {
            tell("complete");
            call.drain();
        }

        @Override
        public boolean isCancelled() {
            return call.isCancelled();
        }

        @Override
        public void pause() {
            call.pause();
        }

        @Override
        public void resume() {
            call.resume();
        }
    }
}
