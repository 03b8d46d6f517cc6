package io.github.deepthink4j.netty;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Status and headers of a response, line by line, and what follows from them for the connection. */
final class ResponseHead {

    /** How the body ends, where it has no length: a {@link #framing}. */
    static final long CHUNKED = -1;

    static final long UNTIL_CLOSE = -2;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9]{2})(?: .*)?");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable List<String> last;
    private int status;
    private boolean isOld;
    private boolean endsWithConnection;

    boolean isBegun() {
        return status != 0;
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** The next line, which is not empty but for a server that sends something else than a response. */
    void add(String line) throws ProtocolException {
        if (!isBegun()) {
            addStatus(line);
        } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            continueLast(line);
        } else {
            addHeader(line);
        }
    }

    private void addStatus(String line) throws ProtocolException {
        Matcher matcher = STATUS.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("The server sends something else than a response of HTTP/1.1");
        }
        isOld = matcher.group(1).equals("0");
        status = Integer.parseInt(matcher.group(2));
    }

    private void addHeader(String line) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            // As the JDK's client has it: what some gateways leave there says nothing.
            last = null;
            return;
        }
        if (!NAME.matcher(line).region(0, colon).matches()) {
            throw new ProtocolException("The server sends a header without a name");
        }
        last = headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>(1));
        last.add(line.substring(colon + 1).strip());
    }

    /** A value over several lines, as old servers send it (RFC 9112, section 5.2). */
    private void continueLast(String line) throws ProtocolException {
        if (headers.isEmpty()) {
            throw new ProtocolException("The server sends a header without a name");
        }
        if (last == null) {
            return;
        }
        int index = last.size() - 1;
        last.set(index, (last.get(index) + " " + line.strip()).strip());
    }

    /**
     * How long the body is, in the order of RFC 9112, section 6.3.
     *
     * @param isConnect whether a tunnel was asked for
     */
    long framing(boolean isConnect) throws ProtocolException {
        if (status == 204 || status == 304 || isConnect && status / 100 == 2) {
            return 0;
        }
        // RFC 2616 had "identity" for a body as it is.
        List<String> codings = values("Transfer-Encoding")
                .filter(coding -> !coding.equals("identity"))
                .toList();
        List<String> lengths = values("Content-Length").distinct().toList();
        if (!codings.isEmpty()) {
            if (!codings.equals(List.of("chunked"))) {
                throw new ProtocolException("The server sends a body in a transfer coding that nobody has asked for");
            }
            // With both, somebody on the way may read it otherwise.
            endsWithConnection = !lengths.isEmpty();
            return CHUNKED;
        }
        if (lengths.isEmpty()) {
            endsWithConnection = true;
            return UNTIL_CLOSE;
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw new ProtocolException("The server sends a body of no certain length");
        }
        return Long.parseLong(lengths.get(0));
    }

    boolean keepsConnection() {
        return !endsWithConnection
                && values("Connection").noneMatch("close"::equals)
                && (!isOld || values("Connection").anyMatch("keep-alive"::equals));
    }

    private Stream<String> values(String name) {
        return headers.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }
}
