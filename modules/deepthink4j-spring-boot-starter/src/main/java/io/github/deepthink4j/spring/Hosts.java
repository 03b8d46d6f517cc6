package io.github.deepthink4j.spring;

import java.net.URI;
import java.util.Locale;

/** Where a model is, as far as the key depends on it. */
final class Hosts {

    private static final String DEEPSEEK = "https://api.deepseek.com";
    private static final String DEEPSEEK_HOST = "deepseek.com";

    private Hosts() {}

    static boolean isDeepSeek(ConnectionProperties connection) {
        String host = host(connection).replaceFirst(":\\d+$", "");
        return host.equals(DEEPSEEK_HOST) || host.endsWith("." + DEEPSEEK_HOST);
    }

    static boolean isDeepSeekOrHere(ConnectionProperties connection) {
        String host = host(connection).replaceFirst(":\\d+$", "");
        boolean isThisMachine = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return isThisMachine || isDeepSeek(connection);
    }

    /** As far as can be seen here; the rest is for whoever builds the model. */
    static boolean isUsable(ConnectionProperties connection) {
        String host = host(connection);
        String url = ModelBlocks.filled(connection.getBaseUrl());
        return !host.isEmpty()
                && !host.contains("@")
                && (url == null || url.trim().matches("(?i)https?://.*"));
    }

    /** With the port; empty where the url is none, which whoever builds the model will say. */
    static String host(ConnectionProperties connection) {
        String url = ModelBlocks.filled(connection.getBaseUrl());
        try {
            String authority = URI.create(url == null ? DEEPSEEK : url.trim()).getRawAuthority();
            return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
