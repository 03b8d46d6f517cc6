package io.github.deepthink4j.internal.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import io.github.deepthink4j.settings.Timeouts;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Any HTTP client behind LangChain4j's SPI, for whoever needs his own. Its limits are the SPI's: a thread of the client
 * reads each open stream; an error has a status and a text but no headers, so no request id and no {@code Retry-After};
 * and whether redirects are followed is the client's own matter. A cancel before the response takes effect when the
 * response comes, or the read timeout.
 */
public final class HttpClientTransport implements Transport {

    private final HttpClient client;
    private final @Nullable Executor executor;
    private final Scheduler scheduler;

    private HttpClientTransport(Builder builder) {
        this.scheduler = builder.scheduler;
        this.executor = builder.executor;
        Timeouts timeouts = builder.timeouts;
        this.client = builder.client
                .connectTimeout(timeouts.connect())
                .readTimeout(
                        timeouts.firstByte().compareTo(timeouts.idle()) > 0 ? timeouts.firstByte() : timeouts.idle())
                .build();
        OwnThreads.opened(this);
    }

    @Override
    public TransportCall send(TransportRequest request, TransportListener listener) {
        PlainHttp.warn(request);
        HttpClientCall call = new HttpClientCall(request.timeouts(), listener, executor, scheduler);
        call.start(client, request);
        return call;
    }

    /** The SPI has no way to close a client. */
    @Override
    public void close() {
        OwnThreads.closed(this);
    }

    /** A builder over a client builder of the SPI; its timeouts are set here. */
    public static Builder builder(HttpClientBuilder client) {
        return new Builder(client);
    }

    /** Builds a transport. */
    public static final class Builder {

        private final HttpClientBuilder client;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private @Nullable Executor executor;
        private Scheduler scheduler = Scheduler.SYSTEM;

        private Builder(HttpClientBuilder client) {
            this.client = client;
        }

        /**
         * What the client is told of them, connect and read timeout: it alone can close a connection that has not answered
         * yet. {@link Timeouts#DEFAULT} by default.
         */
        public Builder timeouts(Timeouts timeouts) {
            this.timeouts = timeouts;
            return this;
        }

        /** What listeners are called on; threads of our own by default. */
        public Builder executor(@Nullable Executor executor) {
            this.executor = executor;
            return this;
        }

        /** The real time by default. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        public HttpClientTransport build() {
            return new HttpClientTransport(this);
        }
    }
}
