package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.settings.Timeouts;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, used asynchronously: no thread waits for an open stream. It speaks HTTP/1.1, where each stream
 * has a connection of its own; over HTTP/2 all share one, with the server's limit on streams. It never follows a
 * redirect, so that the key goes nowhere else.
 */
public final class JdkTransport implements Transport {

    /**
     * Runs the client's own small tasks, for all transports; never blocked by a callback, and never the common pool. They
     * are many at a time when many streams are open, so the threads are limited; a look-up of a host may hold one for long.
     */
    private static final Executor CLIENT_TASKS = clientTasks();

    private final HttpClient client;
    private final @Nullable Executor executor;

    private JdkTransport(Builder builder) {
        this.executor = builder.executor;
        this.client = builder.client != null
                ? builder.client
                : HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(builder.connectTimeout)
                        .executor(CLIENT_TASKS)
                        .build();
    }

    private static Executor clientTasks() {
        AtomicInteger number = new AtomicInteger();
        int threads = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "deepthink4j-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        PlainHttp.warn(request);
        JdkCall call = new JdkCall(request, listener, executor);
        call.start(client);
        return call;
    }

    /** The JDK's client closes by itself when nobody holds it any more. */
    @Override
    public void close() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a transport. */
    public static final class Builder {

        private Duration connectTimeout = Timeouts.DEFAULT.connect();
        private @Nullable Executor executor;
        private @Nullable HttpClient client;

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

        public JdkTransport build() {
            return new JdkTransport(this);
        }
    }
}
