package io.github.deepthink4j.internal.http;

import dev.langchain4j.exception.TimeoutException;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** What an HTTP client has thrown, as a failure. */
final class Failures {

    private Failures() {}

    /**
     * @param responded whether the head of the response had come
     */
    static TransportFailure of(Throwable thrown, boolean responded, Timeouts timeouts) {
        Throwable error = unwrapped(thrown);
        // The proxy's name is read from its exception before any cause is shown.
        Throwable cause = error instanceof ProxiedException ? error : OnwardFailure.of(error);
        if (has(error, ChangedFileException.class)) {
            return new TransportFailure(Kind.FILE, null, cause);
        }
        if (has(error, HttpConnectTimeoutException.class)) {
            return new TransportFailure(Kind.CONNECT_TIMEOUT, timeouts.connect(), cause);
        }
        if (has(error, HttpTimeoutException.class) || has(error, TimeoutException.class)) {
            return responded
                    ? new TransportFailure(Kind.IDLE_TIMEOUT, timeouts.idle(), cause)
                    : new TransportFailure(Kind.FIRST_BYTE_TIMEOUT, timeouts.firstByte(), cause);
        }
        return new TransportFailure(responded ? Kind.CUT : kindBeforeResponse(error), null, cause);
    }

    private static Kind kindBeforeResponse(Throwable error) {
        if (has(error, UnresolvedAddressException.class) || has(error, UnknownHostException.class)) {
            return Kind.UNKNOWN_HOST;
        }
        if (has(error, SSLException.class)) {
            return Kind.TLS;
        }
        if (has(error, ConnectException.class)) {
            return Kind.REFUSED;
        }
        if (has(error, ProtocolException.class)) {
            // It has answered, but not in HTTP.
            return Kind.CODING;
        }
        return has(error, IOException.class) ? Kind.RESET : Kind.OTHER;
    }

    /** What was thrown, without what futures put around it. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable error = thrown;
        while (error instanceof CompletionException && error.getCause() != null) {
            error = error.getCause();
        }
        return error;
    }

    static boolean has(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
