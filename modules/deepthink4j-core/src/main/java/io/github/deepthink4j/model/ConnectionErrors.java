package io.github.deepthink4j.model;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.OnceOnly;
import io.github.deepthink4j.internal.http.OnwardFailure;
import io.github.deepthink4j.internal.http.ProxiedException;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.value.PlainWords;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** From a failed connection to the exception. */
final class ConnectionErrors {

    private static final String TRY_AGAIN = "Try again.";

    private static final int PROXY_AUTHENTICATION = 407;

    private ConnectionErrors() {}

    /**
     * @param asked   what was asked for
     * @param details what had arrived by then
     */
    static RuntimeException of(TransportFailure failure, Asked asked, ErrorDetails details) {
        URI uri = asked.uri();
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        if (failure.cause() instanceof ProxiedException proxied) {
            return unreachable(proxied, failure, host, asked, details);
        }
        Throwable cause = asked.secrets().masked(failure.cause());
        return switch (failure.kind()) {
            case CLOSED -> closed(details);
            case REFUSED ->
                failed("Nothing listens at " + host + ".", "Check the base url.", details, cause, Reason.REFUSED);
            case UNKNOWN_HOST ->
                failed(
                        "There is no host " + uri.getHost() + ".",
                        "Check the base url and the network.",
                        details,
                        cause,
                        Reason.UNKNOWN_HOST);
            case TLS ->
                failed(
                        "No secure connection to " + host + " came about.",
                        "Check the base url, the certificate and any proxy.",
                        details,
                        cause,
                        Reason.TLS);
            case RESET ->
                failed(host + " hung up before it answered.", asked.again(TRY_AGAIN), details, cause, Reason.RESET);
            case REJECTED ->
                failed(
                        "The executor refused to run the callbacks.",
                        "Give the model an executor that is running and has room.",
                        details,
                        cause,
                        Reason.EXECUTOR);
            case FILE ->
                new RequestRejectedException(
                        message(
                                cause == null ? "The file has changed." : String.valueOf(cause.getMessage()),
                                "Send it when nobody changes it any more.",
                                details),
                        details,
                        cause);
            case OTHER ->
                failed(
                        "The request to " + host + " has failed" + (cause == null ? "." : ": " + type(cause) + "."),
                        "See the cause."
                                + (asked.once() == null
                                        ? ""
                                        : " " + asked.once().look()),
                        details,
                        cause,
                        Reason.OTHER);
            case CUT ->
                new StreamCutException(
                        message("The connection was lost in the midst of the answer.", asked.again(TRY_AGAIN), details),
                        details,
                        cause);
            case CODING ->
                new MalformedAnswerException(
                        message(
                                "What came from " + host + " can't be read: "
                                        + (cause == null ? "" : cause.getMessage()) + ".",
                                "Check what stands between you and the server.",
                                details),
                        details,
                        cause);
            case CONNECT_TIMEOUT ->
                timeout("No connection to " + host, Phase.CONNECT, "connect", failure, asked, details, cause);
            case FIRST_BYTE_TIMEOUT ->
                timeout("No first byte from " + host, Phase.FIRST_BYTE, "firstByte", failure, asked, details, cause);
            case IDLE_TIMEOUT ->
                timeout("Not a further byte from " + host, Phase.IDLE, "idle", failure, asked, details, cause);
            case TOTAL_TIMEOUT ->
                timeout("No complete answer from " + host, Phase.TOTAL, "total", failure, asked, details, cause);
        };
    }

    private static String type(Throwable cause) {
        return cause instanceof OnwardFailure onward
                ? onward.type()
                : cause.getClass().getSimpleName();
    }

    private static RuntimeException unreachable(
            ProxiedException proxied, TransportFailure failure, String host, Asked asked, ErrorDetails details) {
        Throwable cause = asked.secrets().masked(proxied.shownCause());
        if (proxied.isUnused()) {
            return withoutProxy(proxied, failure, host, details, cause);
        }
        String proxy = "the proxy " + proxied.proxy();
        String check = "Check the proxy, through which " + host + " is reached.";
        if (proxied.status() != 0) {
            return refused(proxied, host, details, cause);
        }
        // What comes through a proxy may be its own or the server's, and so may a silence.
        String either = host + ", or " + proxy + " on the way to it,";
        return switch (failure.kind()) {
            case CONNECT_TIMEOUT ->
                timeout("No connection to " + proxy, Phase.CONNECT, "connect", failure, asked, details, cause);
            case UNKNOWN_HOST ->
                failed("There is no host of " + proxy + ".", check, details, cause, Reason.UNKNOWN_HOST);
            case REFUSED -> failed("Nothing listens at " + proxy + ".", check, details, cause, Reason.REFUSED);
            case TLS ->
                failed(
                        "No secure connection to " + host + " came about through " + proxy + ".",
                        "Check the base url, the certificate and the proxy.",
                        details,
                        cause,
                        Reason.TLS);
            case CODING ->
                new MalformedAnswerException(
                        message("What came from " + either + " is no HTTP.", check, details), details, cause);
            case FIRST_BYTE_TIMEOUT ->
                timeout(
                        "No first byte from " + either + " came",
                        Phase.FIRST_BYTE,
                        "firstByte",
                        failure,
                        asked,
                        details,
                        cause);
            default ->
                failed(either + " hung up before it answered.", asked.again(check), details, cause, Reason.RESET);
        };
    }

    private static RuntimeException refused(
            ProxiedException proxied, String host, ErrorDetails details, @Nullable Throwable cause) {
        boolean wantsPassword = proxied.status() == PROXY_AUTHENTICATION;
        return failed(
                "The proxy " + proxied.proxy() + " did not let the request through to " + host
                        + ": it answered with status " + proxied.status()
                        + (wantsPassword ? ", since it wants to know who asks." : "."),
                wantsPassword
                        ? "Take a proxy that asks for no password, or a client that has one: httpClient(...) of the model's builder."
                        : "Check the proxy's rules, and whether it is the right one.",
                details,
                cause,
                Reason.REFUSED);
    }

    /** The JDK's client knows HTTP proxies only, and asks the server itself where the settings name a SOCKS proxy. */
    private static RuntimeException withoutProxy(
            ProxiedException proxied,
            TransportFailure failure,
            String host,
            ErrorDetails details,
            @Nullable Throwable cause) {
        String check = "The SOCKS proxy " + proxied.proxy()
                + " is set, and Java's HTTP client goes through no SOCKS proxy: set an HTTP proxy.";
        return switch (failure.kind()) {
            case CONNECT_TIMEOUT ->
                new DeepSeekTimeoutException(
                        message("No connection to " + host + " in time.", check, details),
                        details,
                        cause,
                        Phase.CONNECT);
            case UNKNOWN_HOST -> failed("There is no host " + host + ".", check, details, cause, Reason.UNKNOWN_HOST);
            default -> failed("Nothing listens at " + host + ".", check, details, cause, Reason.REFUSED);
        };
    }

    private static ConnectionFailedException failed(
            String what, String whatToDo, ErrorDetails details, @Nullable Throwable cause, Reason reason) {
        return new ConnectionFailedException(message(what, whatToDo, details), details, cause, reason);
    }

    private static DeepSeekTimeoutException timeout(
            String what,
            Phase phase,
            String setting,
            TransportFailure failure,
            Asked asked,
            ErrorDetails details,
            @Nullable Throwable cause) {
        return new DeepSeekTimeoutException(
                message(
                        what + (failure.limit() == null ? "." : " within " + PlainWords.of(failure.limit()) + "."),
                        allowMore(phase, setting, asked.once()),
                        details),
                details,
                cause,
                phase);
    }

    /** Without a connection nothing was done. */
    private static String allowMore(Phase phase, String setting, @Nullable OnceOnly once) {
        if (once == null || phase == Phase.CONNECT) {
            return "Try again, or allow more time (Timeouts." + setting + ").";
        }
        boolean silence = phase == Phase.FIRST_BYTE || phase == Phase.IDLE;
        String own = silence && once.silenceSetting() != null ? once.silenceSetting() : "Timeouts." + setting;
        return "Allow more time (" + own + "). " + once.look();
    }

    /** For a call whose model has been closed meanwhile. */
    static RuntimeException closed(ErrorDetails details) {
        return failed(
                "The model was closed while this call ran.",
                "Close a model when its last call has ended.",
                details,
                null,
                Reason.CLOSED);
    }

    /**
     * For a call that was held at a gate until all its time was over.
     *
     * @param by      what held it
     * @param details of the attempts before
     * @param cause   why the attempt before has failed, if there was one
     */
    static RuntimeException waitedTooLong(
            HeldUp by, @Nullable Duration total, ErrorDetails details, @Nullable RuntimeException cause) {
        return new DeepSeekTimeoutException(
                message(
                        by.by() + (total == null ? "." : " until its " + PlainWords.of(total) + " were over."),
                        "Try again, allow more time (Timeouts.total), or " + by.remedy() + ".",
                        details),
                details,
                cause,
                Phase.TOTAL);
    }

    private static String message(String what, String whatToDo, ErrorDetails details) {
        return details.describe(what, whatToDo);
    }
}
