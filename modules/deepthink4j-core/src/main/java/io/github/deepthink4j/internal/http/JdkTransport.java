package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.settings.Timeouts;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, used asynchronously: no thread waits for an open stream. It speaks HTTP/1.1, where each stream
 * has a connection of its own; over HTTP/2 all share one, with the server's limit on streams. It never follows a
 * redirect, so that the key goes nowhere else.
 */
public final class JdkTransport implements Transport {

    private final HttpClient client;
    private final boolean isOurs;
    private final @Nullable Executor executor;
    private final Scheduler scheduler;

    private JdkTransport(Builder builder) {
        this.executor = builder.executor;
        this.scheduler = builder.scheduler;
        this.isOurs = builder.client == null;
        this.client = builder.client != null
                ? builder.client
                : OwnHttpClient.build(builder.connectTimeout, builder.proxy, builder.sslContext);
        OwnThreads.opened(this);
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        PlainHttp.warn(request);
        JdkCall call = new JdkCall(request.timeouts(), listener, executor, scheduler);
        call.start(client, request);
        return call;
    }

    /** A client of the user's is left alone. */
    @Override
    public void close() {
        if (isOurs) {
            OwnHttpClient.close(client);
        }
        OwnThreads.closed(this);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a transport. */
    public static final class Builder {

        private Duration connectTimeout = Timeouts.DEFAULT.connect();
        private @Nullable Executor executor;
        private @Nullable HttpClient client;
        private @Nullable ProxySelector proxy;
        private @Nullable SSLContext sslContext;
        private Scheduler scheduler = Scheduler.SYSTEM;

        private Builder() {}

        /** {@link Timeouts#DEFAULT}'s by default. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** What listeners are called on; threads of our own by default. */
        public Builder executor(@Nullable Executor executor) {
            this.executor = executor;
            return this;
        }

        /** The JDK's default by default, which goes by the system properties {@code https.proxyHost} and so on. */
        public Builder proxy(@Nullable ProxySelector proxy) {
            this.proxy = proxy;
            return this;
        }

        /** The JDK's default by default. */
        public Builder sslContext(@Nullable SSLContext sslContext) {
            this.sslContext = sslContext;
            return this;
        }

        /**
         * A client with settings of one's own, such as a proxy or an SSL context; it brings its own connect timeout. It
         * must not follow redirects.
         *
         * @throws IllegalArgumentException if it does
         */
        public Builder httpClient(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException(
                        "the HttpClient must not follow redirects, since they would take the key to another host");
            }
            this.client = client;
            return this;
        }

        /** The real time by default. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        public JdkTransport build() {
            return new JdkTransport(this);
        }
    }
}
