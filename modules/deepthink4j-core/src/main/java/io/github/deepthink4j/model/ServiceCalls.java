package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.MultipartForm;
import io.github.deepthink4j.internal.http.OnceOnly;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.request.WellFormedGenerator;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
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
        Prices prices,
        int maxAnswerBytes,
        Logger log)
        implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "application/json";

    /** Of a request to one of them, which is told where its answer is too large. */
    <T> JsonEndpoint<T> endpoint(Asked asked, JsonEndpoint.Reading<T> reading) {
        return new JsonEndpoint<>(
                asked,
                reading,
                maxAnswerBytes,
                "Allow more (maxAnswerBytes of the builder), or ask for less; it may have been billed.");
    }

    /** A request with JSON, to be read in this way. */
    <T> ServiceRequest<T> post(URI uri, JsonNode body, JsonEndpoint.Reading<T> reading) {
        return ServiceRequest.of("POST", uri, headers.accepting(JSON), written(body), reading);
    }

    private byte[] written(JsonNode body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WellFormedGenerator json = new WellFormedGenerator(MAPPER.createGenerator(bytes))) {
            MAPPER.writeTree(json, body);
            if (json.mended()) {
                SafeLog.of(log)
                        .warn(
                                "a text in the request holds half of a surrogate pair, such as one half of an emoji: sent as U+FFFD");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the request can't be written as JSON: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** A request without a body, to be read in this way. */
    <T> ServiceRequest<T> bare(String method, URI uri, JsonEndpoint.Reading<T> reading) {
        return ServiceRequest.of(method, uri, headers.accepting(JSON), null, reading);
    }

    /** A request with a form, whose content type nobody can set otherwise, since it tells where its parts end. */
    <T> ServiceRequest<T> form(URI uri, MultipartForm form, OnceOnly once, JsonEndpoint.Reading<T> reading) {
        Map<String, String> sent = new LinkedHashMap<>(headers.accepting(JSON));
        sent.keySet().removeIf("Content-Type"::equalsIgnoreCase);
        sent.put("Content-Type", form.contentType());
        return ServiceRequest.of("POST", uri, sent, null, reading)
                .with(form)
                .once(once)
                .explained(error -> lost(error, form, once));
    }

    /** A server that refuses what is too large may hang up in the midst of it, and its answer is lost with the connection. */
    private static RuntimeException lost(RuntimeException error, MultipartForm form, OnceOnly once) {
        if (!(error instanceof ConnectionFailedException failed)
                || failed.reason() != ConnectionFailedException.Reason.RESET) {
            return error;
        }
        String message = failed.details()
                .describe(
                        "The connection was lost while the file " + form.shownFile() + " was being sent or read.",
                        "It may be too large for a server on the way. " + once.look());
        return new ConnectionFailedException(message, failed.details(), failed.getCause(), failed.reason());
    }

    /**
     * Whether an error tells that nothing has been done and billed: the server was not reached, was busy, or has said itself that it has
     * failed (docs/protocol.md, sections 2.10 and 3). What was lost on the way may have been done, and so may what a gateway has lost
     * behind it, which is what the other statuses tell of.
     */
    static boolean wasNotDone(RuntimeException error) {
        if (error instanceof ConnectionFailedException failed) {
            return failed.reason() == ConnectionFailedException.Reason.REFUSED;
        }
        if (error instanceof DeepSeekTimeoutException timeout) {
            return timeout.phase() == DeepSeekTimeoutException.Phase.CONNECT;
        }
        if (error instanceof ServerFaultException || error instanceof ServerOverloadedException) {
            return OnceOnly.saysNotDone(((DeepSeekError) error).httpStatus());
        }
        return error instanceof DeepSeekRateLimitException;
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
