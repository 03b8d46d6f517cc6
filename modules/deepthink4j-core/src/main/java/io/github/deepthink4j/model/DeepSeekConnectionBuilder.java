package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.http.client.HttpClientBuilder;
import io.github.deepthink4j.internal.http.HttpClientTransport;
import io.github.deepthink4j.internal.http.JdkTransport;
import io.github.deepthink4j.internal.http.LoggingTransport;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
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
    private @Nullable Executor executor;
    private Supplier<Map<String, String>> customHeaders = Map::of;
    private boolean logRequests;
    private boolean logResponses;
    private @Nullable Logger logger;

    DeepSeekConnectionBuilder() {}

    abstract B self();

    /** Where the API is; {@code https://api.deepseek.com} by default. */
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

    /** How long a call may take in all, attempts and pauses included: short for {@link #timeouts}. */
    public B timeout(Duration timeout) {
        return timeouts(Timeouts.from(timeouts).total(timeout).build());
    }

    /** LangChain4j's HTTP client SPI; by default the JDK's client is used directly, which needs no thread per stream. */
    public B httpClientBuilder(@Nullable HttpClientBuilder httpClientBuilder) {
        this.httpClientBuilder = httpClientBuilder;
        return self();
    }

    /**
     * What callbacks run on, in place of threads of our own. It may be bounded, but a callback that blocks holds one of
     * its threads.
     */
    public B executor(@Nullable Executor executor) {
        this.executor = executor;
        return self();
    }

    /** Headers for each request; they win over ours, {@code Authorization} included. */
    public B customHeaders(Map<String, String> customHeaders) {
        Map<String, String> headers = Map.copyOf(customHeaders);
        return customHeaders(() -> headers);
    }

    /** Headers for each request, asked for anew each time, such as a token that expires. */
    public B customHeaders(Supplier<Map<String, String>> customHeaders) {
        this.customHeaders = requireNonNull(customHeaders, "customHeaders");
        return self();
    }

    /** Logs requests at INFO level, bodies whole, keys never; off by default. */
    public B logRequests(boolean logRequests) {
        this.logRequests = logRequests;
        return self();
    }

    /** Logs responses at INFO level, streams as they come; off by default. */
    public B logResponses(boolean logResponses) {
        this.logResponses = logResponses;
        return self();
    }

    /** Where warnings, requests and responses are logged; by default the model class's own logger. */
    public B logger(@Nullable Logger logger) {
        this.logger = logger;
        return self();
    }

    @Nullable
    String apiKey() {
        return apiKey;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    Supplier<Map<String, String>> customHeaders() {
        return customHeaders;
    }

    Endpoints endpoints() {
        Endpoints endpoints = Endpoints.of(baseUrl == null || baseUrl.isBlank() ? DEEPSEEK : baseUrl);
        boolean keyless =
                (apiKey == null || apiKey.isBlank()) && customHeaders.get().isEmpty();
        if (keyless && endpoints.baseUrl().startsWith(DEEPSEEK)) {
            throw new IllegalArgumentException("apiKey is missing: DeepSeek needs one. "
                    + "Set it on the builder, such as .apiKey(System.getenv(\"DEEPSEEK_API_KEY\"))");
        }
        return endpoints;
    }

    Logger log(Class<?> owner) {
        return logger != null ? logger : LoggerFactory.getLogger(owner);
    }

    Transport transport(Logger log) {
        Transport transport = httpClientBuilder == null ? jdkTransport() : spiTransport(httpClientBuilder);
        return logRequests || logResponses
                ? new LoggingTransport(transport, logRequests, logResponses, log)
                : transport;
    }

    private Transport jdkTransport() {
        JdkTransport.Builder builder = JdkTransport.builder().connectTimeout(timeouts.connect());
        if (executor != null) {
            builder.executor(executor);
        }
        return builder.build();
    }

    private Transport spiTransport(HttpClientBuilder client) {
        HttpClientTransport.Builder builder =
                HttpClientTransport.builder(client).timeouts(timeouts);
        if (executor != null) {
            builder.executor(executor);
        }
        return builder.build();
    }
}
