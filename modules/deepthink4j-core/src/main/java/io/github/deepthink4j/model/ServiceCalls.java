package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;

/** Calls to one of the services beside chats, over one transport. */
record ServiceCalls(
        Endpoints endpoints,
        RequestHeaders headers,
        Timeouts timeouts,
        RetryPolicy retryPolicy,
        Lifetime lifetime,
        Scheduler scheduler,
        Logger log)
        implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A request with JSON, to be read in this way. */
    <T> ServiceRequest<T> post(URI uri, JsonNode body, JsonEndpoint.Reading<T> reading) {
        try {
            return new ServiceRequest<>(
                    "POST", uri, headers.accepting("application/json"), MAPPER.writeValueAsBytes(body), reading);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Waits for the answer. An interrupt stops the call.
     *
     * <p>Throws the types of the error package, and {@code IllegalStateException} when the life is over.
     */
    <T> T call(ServiceRequest<T> request) {
        return ServiceExchange.begin(this, request).await();
    }

    /** The answer in the future, whose cancel stops the call; what is thrown is as in {@link #call}. */
    <T> CompletableFuture<T> start(ServiceRequest<T> request) {
        return ServiceExchange.begin(this, request).answer();
    }

    @Override
    public void close() {
        lifetime.close();
    }

    /** Without the headers, which hold the key. */
    @Override
    public String toString() {
        return "ServiceCalls[baseUrl=" + endpoints + "]";
    }
}
