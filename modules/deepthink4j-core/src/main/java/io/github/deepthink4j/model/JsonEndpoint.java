package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.internal.answer.ErrorMarks;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.RetryAfter;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.internal.http.TransportListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with JSON, read whole. What holds no answer is an error and never an empty answer: "no models" and
 * "no money" would be believed.
 */
final class JsonEndpoint<T> implements TransportListener {

    /**
     * Ten thousand files have a quarter of them, and a thousand pages less. Each costs far more memory than it has bytes, so that a bound
     * on bytes alone leaves room for what no machine can hold.
     */
    static final long MOST_TOKENS = 1_000_000;

    /** More text behind the JSON is another answer than what was read of it. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Bytes of an answer that is small by its nature: a list of all models of a large router has some hundred kilobytes. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int SUCCESS = 2;

    /** What an answer is read by; what else it throws is the caller's error. */
    interface Reading<T> {
        T read(JsonNode answer) throws NotAnAnswer;
    }

    /** The JSON is something else than what was asked for. */
    static final class NotAnAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ErrorDetails kept;

        NotAnAnswer(String why) {
            this(why, ErrorDetails.NONE);
        }

        /**
         * @param kept what of it had come all the same
         */
        NotAnAnswer(String why, ErrorDetails kept) {
            super(why);
            this.kept = kept;
        }
    }

    private final Asked asked;
    private final Reading<T> reading;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final int maxBytes;
    private final String ifTooLarge;
    private final BoundedBody body;
    private int status;
    private Map<String, List<String>> headers = Map.of();

    JsonEndpoint(Asked asked, Reading<T> reading) {
        this(asked, reading, MOST_BYTES, "Check the base url.");
    }

    /**
     * @param maxBytes   which an answer may have
     * @param ifTooLarge what to do about one that has more
     */
    JsonEndpoint(Asked asked, Reading<T> reading, int maxBytes, String ifTooLarge) {
        this.asked = asked;
        this.reading = reading;
        this.maxBytes = maxBytes;
        this.ifTooLarge = ifTooLarge;
        this.body = new BoundedBody(maxBytes + 1);
    }

    /**
     * Waits by a clock of its own as well, since the user's executor may drop what it is given.
     *
     * @param total {@code null} for no limit
     */
    T await(TransportCall call, @Nullable Duration total) {
        try {
            return total == null
                    ? answer.get()
                    : answer.get(total.plus(BlockingReceiver.GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw ConnectionErrors.of(new TransportFailure(Kind.TOTAL_TIMEOUT, total, null), asked, ErrorDetails.NONE);
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

    /** Ended on the thread that brings the answer. */
    CompletableFuture<T> answer() {
        return answer;
    }

    /** What the server has asked for; {@code null} if it has asked for nothing. */
    @Nullable
    Duration retryAfter() {
        return RetryAfter.parse(headers, Instant.now()).orElse(null);
    }

    void fail(RuntimeException error) {
        answer.completeExceptionally(error);
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        this.status = status;
        this.headers = headers;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        try {
            body.add(bytes);
        } catch (Error e) {
            broken(e);
            throw e;
        }
        if (body.isFull()) {
            fail(new AnswerTooLargeException(
                    details().describe("The answer is larger than " + maxBytes + " bytes.", ifTooLarge),
                    details(),
                    null));
        }
    }

    @Override
    public void onComplete() {
        try {
            read();
        } catch (Error e) {
            broken(e);
            throw e;
        }
    }

    /** Nobody else would tell it, and whoever waits would wait until his time is over. */
    private void broken(Error e) {
        answer.completeExceptionally(e);
    }

    private void read() {
        if (status / 100 != SUCCESS) {
            fail(HttpErrors.of(status, headers, body.bytes(), asked, Instant.now()));
            return;
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(body.bytes());
        } catch (StreamConstraintsException e) {
            fail(malformed(
                    "it holds more than can be read",
                    ErrorDetails.NONE,
                    asked.secrets().masked(e)));
            return;
        } catch (IOException e) {
            fail(malformed("it is no JSON", ErrorDetails.NONE, asked.secrets().masked(e)));
            return;
        }
        try {
            T read = reading.read(json);
            if (ErrorMarks.areBeside(json)) {
                fail(saidWithin());
            } else {
                answer.complete(read);
            }
        } catch (NotAnAnswer e) {
            fail(instead(json, e));
        } catch (RuntimeException e) {
            fail(ErrorMarks.areBeside(json) ? saidWithin() : e);
        }
    }

    @Override
    public void onFailure(TransportFailure failure) {
        fail(ConnectionErrors.of(failure, asked, details()));
    }

    /** An error where the answer should be, if the server has said one. */
    private RuntimeException instead(JsonNode json, NotAnAnswer why) {
        return HttpErrors.isError(json)
                ? saidWithin()
                : malformed(
                        body.bytes().length == 0 ? "it is empty" : String.valueOf(why.getMessage()), why.kept, null);
    }

    private RuntimeException saidWithin() {
        return HttpErrors.within(
                new String(body.bytes(), StandardCharsets.UTF_8), headers, asked, details(), Instant.now());
    }

    private MalformedAnswerException malformed(String why, ErrorDetails kept, @Nullable Throwable cause) {
        ErrorDetails details = details(kept);
        return new MalformedAnswerException(
                asked.secrets()
                        .masked(details.describe(
                                "What came from " + asked.shownUri() + " is not what was asked for: " + why + ".",
                                kept.partialMessage() == null
                                        ? "Check the base url."
                                        : "What came of it is in partialMessage().")),
                details,
                cause);
    }

    private ErrorDetails details() {
        return details(ErrorDetails.NONE);
    }

    private ErrorDetails details(ErrorDetails kept) {
        return ErrorDetails.from(kept)
                .httpStatus(status == 0 ? null : Integer.valueOf(status))
                .requestId(HttpErrors.requestId(headers, asked.secrets()))
                .build();
    }
}
