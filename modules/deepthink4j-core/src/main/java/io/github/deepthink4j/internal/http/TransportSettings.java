package io.github.deepthink4j.internal.http;

import java.net.ProxySelector;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of a model says to its transport. The timeouts come with each request.
 *
 * @param executor   what listeners are called on; {@code null} for threads of our own
 * @param proxy      {@code null} for the JDK's default
 * @param sslContext {@code null} for the JDK's default
 * @param scheduler  the clock
 */
public record TransportSettings(
        @Nullable Executor executor,
        @Nullable ProxySelector proxy,
        @Nullable SSLContext sslContext,
        Scheduler scheduler) {}
