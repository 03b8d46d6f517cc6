package io.github.deepthink4j.samples.agent.screen;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A proxy in the environment, which most other programs go through and Java does not. */
final class UnreadProxy {

    private static final List<String> VARIABLES = List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY");
    private static final Set<Reason> NOT_REACHED = Set.of(Reason.UNKNOWN_HOST, Reason.REFUSED, Reason.OTHER);

    private UnreadProxy() {}

    /** What to do about it, where an error may come of it; else empty. What the variable holds may be a password, and is not shown. */
    static String hint(Map<String, String> variables, Throwable error) {
        if (!isOfNoConnection(error) || System.getProperty("https.proxyHost") != null) {
            return "";
        }
        return VARIABLES.stream()
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
                .filter(name -> !variables.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> hint(name, variables.get(name)))
                .orElse("");
    }

    private static boolean isOfNoConnection(Throwable error) {
        return error instanceof ConnectionFailedException failed && NOT_REACHED.contains(failed.reason())
                || error instanceof DeepSeekTimeoutException late && late.phase() == Phase.CONNECT;
    }

    private static String hint(String name, String value) {
        if (value.strip().toLowerCase(Locale.ROOT).startsWith("socks")) {
            return Words.of(
                    name
                            + " is set, but Java does not read it, and its HTTP client goes through no SOCKS proxy: an HTTP"
                            + " proxy is needed, as MAVEN_OPTS=\"-Dhttps.proxyHost=... -Dhttps.proxyPort=...\".",
                    "设置了 " + name + "，但 Java 不读取它，而且 Java 的 HTTP 客户端不使用 SOCKS 代理：需要 HTTP 代理，写法是"
                            + " MAVEN_OPTS=\"-Dhttps.proxyHost=... -Dhttps.proxyPort=...\"。");
        }
        String scheme = name.toLowerCase(Locale.ROOT).startsWith("http_") ? "http" : "https";
        String host = address(value).map(URI::getHost).orElse("...");
        String port = address(value)
                .map(URI::getPort)
                .filter(number -> number > 0)
                .map(String::valueOf)
                .orElse("...");
        String options =
                "MAVEN_OPTS=\"-D" + scheme + ".proxyHost=" + host + " -D" + scheme + ".proxyPort=" + port + "\"";
        return Words.of(
                name + " is set, but Java does not read it. Say it as " + options + ".",
                "设置了 " + name + "，但 Java 不读取它。请写成 " + options + "。");
    }

    private static Optional<URI> address(String value) {
        try {
            String url = value.strip();
            return Optional.of(URI.create(url.contains("://") ? url : "http://" + url))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
