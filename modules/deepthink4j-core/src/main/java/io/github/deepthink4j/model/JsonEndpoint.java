package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A small GET that answers with JSON; waits for it. */
final class JsonEndpoint implements TransportListener {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI uri;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private final ErrorBody body = new ErrorBody();
    private int status;
    private Map<String, List<String>> headers = Map.of();

    private JsonEndpoint(URI uri) {
        this.uri = uri;
    }

    /** Throws the types of the error package, and {@code IllegalStateException} when the life is over. */
    static JsonNode get(Lifetime lifetime, URI uri, Map<String, String> headers, Timeouts timeouts) {
        JsonEndpoint endpoint = new JsonEndpoint(uri);
        Runnable onClose = () -> endpoint.answer.completeExceptionally(AnswerErrors.closed(ErrorDetails.NONE));
        lifetime.begun(onClose);
        try {
            return endpoint.await(
                    lifetime.transport().send(new TransportRequest("GET", uri, headers, null, timeouts), endpoint));
        } finally {
            lifetime.ended(onClose);
        }
    }

    private JsonNode await(TransportCall call) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "The call was stopped because its thread was interrupted.", ErrorDetails.NONE, e);
        } catch (ExecutionException e) {
            throw BlockingReceiver.atTheCaller(e);
        } finally {
            call.cancel();
        }
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        this.status = status;
        this.headers = headers;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        body.add(bytes);
    }

    @Override
    public void onComplete() {
        if (status < 200 || status >= 300) {
            answer.completeExceptionally(HttpErrors.of(status, headers, body.bytes(), "", null, Instant.now()));
            return;
        }
        try {
            answer.complete(MAPPER.readTree(body.bytes()));
        } catch (IOException e) {
            answer.completeExceptionally(notJson(e));
        }
    }

    @Override
    public void onFailure(TransportFailure failure) {
        answer.completeExceptionally(AnswerErrors.of(failure, uri, ErrorDetails.NONE));
    }

    private MalformedAnswerException notJson(IOException cause) {
        return new MalformedAnswerException(
                uri + " did not answer with JSON. Check the base url.",
                ErrorDetails.custom().httpStatus(status).build(),
                cause);
    }
}
