package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.http.client.HttpClientBuilder;
import io.github.deepthink4j.internal.http.HttpClientTransport;
import io.github.deepthink4j.internal.http.JdkTransport;
import io.github.deepthink4j.internal.http.LateTls;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.LoggingTransport;
import io.github.deepthink4j.internal.http.ProxiedException;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportFactory;
import io.github.deepthink4j.internal.http.TransportSettings;
import io.github.deepthink4j.internal.request.WellFormedGenerator;
import io.github.deepthink4j.internal.value.PlainWords;
import io.github.deepthink4j.settings.HttpTransport;
import io.github.deepthink4j.settings.Timeouts;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to reach a server: what the builders of models, catalog and account share.
 *
 * @param <B> the builder itself
 */
public abstract class DeepSeekConnectionBuilder<B extends DeepSeekConnectionBuilder<B>> {

    private static final String DEEPSEEK = "https://api.deepseek.com";

    private @Nullable String baseUrl;
    private @Nullable String apiKey;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private @Nullable HttpClientBuilder httpClientBuilder;
    private @Nullable HttpClient httpClient;
    private @Nullable HttpTransport transport;
    private @Nullable ProxySelector proxy;
    private @Nullable SSLContext sslContext;
    private @Nullable Executor executor;
    private Scheduler scheduler = Scheduler.SYSTEM;
    private boolean headersAreFixed = true;
    private Supplier<Map<String, String>> customHeaders = Map::of;
    private Map<String, String> customQueryParams = Map.of();
    private @Nullable Consumer<SentRequest> requestListener;
    private boolean logRequests;
    private boolean logResponses;
    private @Nullable Logger logger;

    DeepSeekConnectionBuilder() {}

    abstract B self();

    /**
     * Where the API is; {@code null} for {@code https://api.deepseek.com}, the default.
     *
     * @throws IllegalArgumentException when the model is built, if it is blank or no url: what was meant for another host must not go to
     *                                  DeepSeek
     */
    public B baseUrl(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
        return self();
    }

    /** Sent as a bearer token, never logged. Needed for api.deepseek.com; a host that wants none gets none. */
    public B apiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
        return self();
    }

    /** How long to wait for what; {@link Timeouts#DEFAULT} by default. */
    public B timeouts(Timeouts timeouts) {
        this.timeouts = requireNonNull(timeouts, "timeouts");
        return self();
    }

    /**
     * How long a call may take in all, attempts and pauses included: short for {@link #timeouts}. {@code null} for the default.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public B timeout(@Nullable Duration timeout) {
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("timeout must be longer than zero, but is " + PlainWords.of(timeout));
        }
        Duration total = timeout == null ? Timeouts.DEFAULT.total() : timeout;
        return timeouts(Timeouts.from(timeouts).total(total).build());
    }

    /** LangChain4j's HTTP client SPI; by default the JDK's client is used directly, which needs no thread per stream. */
    public B httpClientBuilder(@Nullable HttpClientBuilder httpClientBuilder) {
        this.httpClientBuilder = httpClientBuilder;
        return self();
    }

    /**
     * A client of the JDK's that is set up already, in place of our own; it brings its own proxy, SSL context and connect
     * timeout, may be shared, and is never closed here. HTTP/1.1 is advised: over HTTP/2 all streams share a connection.
     *
     * @throws IllegalArgumentException when the model is built, if it follows redirects: they would take the key elsewhere
     */
    public B httpClient(@Nullable HttpClient httpClient) {
        this.httpClient = httpClient;
        return self();
    }

    /**
     * What carries the requests in place of the JDK's client, such as {@code NettyTransport.create()} of {@code deepthink4j-netty};
     * proxy, SSL context, executor and timeouts are still those that are set here.
     *
     * @throws IllegalArgumentException when the model is built, if it does not go with the other settings
     */
    public B transport(@Nullable HttpTransport transport) {
        this.transport = transport;
        return self();
    }

    /**
     * The proxy to go through, such as {@code ProxySelector.of(new InetSocketAddress("proxy", 3128))}; by default the JDK's, by
     * the system properties {@code https.proxyHost} and so on. Its host is a name or an address alone.
     *
     * @throws IllegalArgumentException when the model is built, if a scheme, a user or a password stands before the host
     */
    public B proxy(@Nullable ProxySelector proxy) {
        this.proxy = proxy;
        return self();
    }

    /** Which certificates to trust, such as an authority of one's own; by default those that the JDK trusts. */
    public B sslContext(@Nullable SSLContext sslContext) {
        this.sslContext = sslContext;
        return self();
    }

    /**
     * What callbacks run on, in place of threads of our own. It may be bounded, but a callback that blocks holds one of
     * its threads. An end that it has not brought half a second after the limit on the whole comes on a thread of ours.
     */
    public B executor(@Nullable Executor executor) {
        this.executor = executor;
        return self();
    }

    /** Headers for each request; they win over ours, {@code Authorization} included. */
    public B customHeaders(Map<String, String> customHeaders) {
        // A name or value that is missing is told with the others, when the model is built.
        Map<String, String> headers = Collections.unmodifiableMap(new LinkedHashMap<>(customHeaders));
        customHeaders(() -> headers);
        this.headersAreFixed = true;
        return self();
    }

    /**
     * Headers for each request, asked for anew each time, such as a token that expires. The supplier is not called before the first
     * request; what it throws, the call throws that needs it.
     */
    public B customHeaders(Supplier<Map<String, String>> customHeaders) {
        this.customHeaders = requireNonNull(customHeaders, "customHeaders");
        this.headersAreFixed = false;
        return self();
    }

    /**
     * Query parameters for each request, such as Azure's {@code api-version}, behind those that the base url has. What both say alike
     * goes out once. None by default.
     *
     * @throws IllegalArgumentException if one has no name or no value, or half of a surrogate pair in it; when the model is built, if the base url gives one of them
     *                                  another value
     */
    public B customQueryParams(@Nullable Map<String, String> customQueryParams) {
        Map<String, String> parameters = customQueryParams == null ? Map.of() : new LinkedHashMap<>(customQueryParams);
        parameters.forEach((name, value) -> {
            if (name == null || name.isEmpty() || value == null) {
                throw new IllegalArgumentException("customQueryParams has "
                        + (value == null ? "no value for " + name : "a parameter without a name"));
            }
            if (WellFormedGenerator.hasHalf(name) || WellFormedGenerator.hasHalf(value)) {
                throw new IllegalArgumentException(
                        "customQueryParams has half of a surrogate pair in the name or value of "
                                + name.replaceAll("[^\\w.-]", "?") + ": no url can hold it");
            }
        });
        this.customQueryParams = parameters;
        return self();
    }

    /**
     * Told of each request just before it is sent, each attempt of a retried one included. It is called on the thread that
     * sends, the caller's at first and that of all retries later, so it should return soon. What it throws is ignored but
     * for a warning, the first time. None by default.
     */
    public B requestListener(@Nullable Consumer<SentRequest> requestListener) {
        this.requestListener = requestListener;
        return self();
    }

    /** Logs requests at INFO level, bodies whole, keys never; off by default. */
    public B logRequests(boolean logRequests) {
        this.logRequests = logRequests;
        return self();
    }

    /** Logs responses at INFO level, each once, when it is over, with its request id; keys never. Off by default. */
    public B logResponses(boolean logResponses) {
        this.logResponses = logResponses;
        return self();
    }

    /** Where warnings, requests and responses are logged; by default the model class's own logger. */
    public B logger(@Nullable Logger logger) {
        this.logger = logger;
        return self();
    }

    Timeouts timeouts() {
        return timeouts;
    }

    RequestHeaders headers() {
        RequestHeaders headers = new RequestHeaders(apiKey, customHeaders);
        if (headersAreFixed) {
            headers.check();
        }
        return headers;
    }

    Endpoints endpoints() {
        Endpoints endpoints = Endpoints.of(baseUrl == null ? DEEPSEEK : baseUrl).with(customQueryParams);
        boolean keyless = (apiKey == null || apiKey.isBlank())
                && headersAreFixed
                && customHeaders.get().isEmpty();
        if (keyless && endpoints.isDeepSeek()) {
            throw new IllegalArgumentException("apiKey is missing: DeepSeek needs one. "
                    + "Set it on the builder, such as .apiKey(System.getenv(\"DEEPSEEK_API_KEY\"))");
        }
        return endpoints;
    }

    Logger log(Class<?> owner) {
        return logger != null ? logger : LoggerFactory.getLogger(owner);
    }

    /** Tests bring their own time. */
    B scheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
        return self();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** A transport of its own, which lives until the life is closed. */
    Lifetime lifetime(Endpoints endpoints, Logger log) {
        String unusable = proxy == null ? null : ProxiedException.unusable(proxy, URI.create(endpoints.baseUrl()));
        if (unusable != null) {
            throw new IllegalArgumentException("proxy: " + unusable);
        }
        Transport wire = wire(endpoints.isPlain() && sslContext == null ? LateTls.context() : sslContext);
        if (logRequests || logResponses) {
            wire = new LoggingTransport(wire, logRequests, logResponses, log);
        }
        return new Lifetime(requestListener == null ? wire : new ListenedTransport(wire, requestListener, log));
    }

    private Transport wire(@Nullable SSLContext tls) {
        if (transport != null) {
            return chosenTransport(transport, tls);
        }
        return httpClientBuilder == null ? jdkTransport(tls) : spiTransport(httpClientBuilder);
    }

    private Transport chosenTransport(HttpTransport chosen, @Nullable SSLContext tls) {
        refuseBeside("transport", httpClient, "httpClient");
        refuseBeside("transport", httpClientBuilder, "httpClientBuilder");
        if (chosen instanceof TransportFactory factory) {
            return factory.create(new TransportSettings(executor, proxy, tls, scheduler));
        }
        throw new IllegalArgumentException(
                "transport takes what a module of deepthink4j makes, such as NettyTransport.create(), but is "
                        + chosen.getClass().getName() + ". For a client of your own there is httpClientBuilder");
    }

    private Transport jdkTransport(@Nullable SSLContext tls) {
        JdkTransport.Builder builder = JdkTransport.builder()
                .connectTimeout(timeouts.connect())
                .proxy(proxy)
                .sslContext(tls)
                .executor(executor)
                .scheduler(scheduler);
        if (httpClient != null) {
            refuseBeside("httpClient", proxy, "proxy");
            refuseBeside("httpClient", sslContext, "sslContext");
            builder.httpClient(httpClient);
        }
        return builder.build();
    }

    private Transport spiTransport(HttpClientBuilder client) {
        refuseBeside("httpClientBuilder", httpClient, "httpClient");
        refuseBeside("httpClientBuilder", proxy, "proxy");
        refuseBeside("httpClientBuilder", sslContext, "sslContext");
        return HttpClientTransport.builder(client)
                .timeouts(timeouts)
                .executor(executor)
                .scheduler(scheduler)
                .build();
    }

    private static void refuseBeside(String client, @Nullable Object setting, String name) {
        if (setting != null) {
            throw new IllegalArgumentException(name + " has no effect beside " + client + ": set the one or the other. "
                    + "What you pass as " + client + " brings its own settings");
        }
    }
}
