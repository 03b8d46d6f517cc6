package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.answer.AnswerDecoder;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.internal.answer.Ending;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.http.ResponseHeaders;
import io.github.deepthink4j.internal.http.RetryAfter;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.model.PreparedRequest.Emptiness;
import io.github.deepthink4j.price.Cost;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt at an exchange: turns what the transport delivers into pieces, and its end into a response or an error. */
final class Attempt implements TransportListener {

    private final ChatExchange exchange;
    private final ModelSettings settings;
    private final PreparedRequest request;
    private final AnswerDecoder decoder;
    private final Billing billing;
    private final BoundedBody errorBody = new BoundedBody(BoundedBody.ERROR_BYTES);

    private @Nullable TransportCall call;
    private boolean hungUp;
    private boolean answered;
    private int status;
    /** Read also by whoever gives the call up. */
    private volatile Map<String, List<String>> headers = Map.of();

    private boolean finished;

    /**
     * @param billedBefore what the attempts before it were billed; {@code null} if nothing is known to be
     */
    Attempt(
            ChatExchange exchange,
            ModelSettings settings,
            PreparedRequest request,
            AnswerReceiver receiver,
            @Nullable Cost billedBefore) {
        this.exchange = exchange;
        this.settings = settings;
        this.request = request;
        this.decoder = new AnswerDecoder(
                request.profile().dialect(),
                settings.limits(),
                request.tools(),
                request.blankStart(),
                request::carries,
                receiver);
        decoder.goesOnBehind(HalfCharacter.of(request.beginning()));
        this.billing = new Billing(settings.prices(), request, billedBefore);
    }

    /** The transport may deliver before it has returned the call. */
    synchronized void started(TransportCall started) {
        call = started;
        if (hungUp) {
            started.cancel();
        } else if (answered) {
            started.drain();
        }
    }

    private synchronized void hangUp() {
        hungUp = true;
        if (call != null) {
            call.cancel();
        }
    }

    /** Before the receiver is told: it may take its time, and its next request can have this connection. */
    private synchronized void drain() {
        answered = true;
        if (call != null) {
            call.drain();
        }
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        this.status = status;
        this.headers = headers;
        decoder.expect(ResponseHeaders.contentLength(headers));
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        if (finished) {
            return;
        }
        if (!isSuccess()) {
            errorBody.add(bytes);
            if (errorBody.isFull()) {
                refused();
                hangUp();
            }
        } else {
            billing.arrived();
            decoder.decode(bytes);
            if (decoder.hasPieces()) {
                billing.answerBegun();
            }
            if (decoder.isDone()) {
                ended(decoder.end());
            }
        }
    }

    @Override
    public void onComplete() {
        if (finished) {
            return;
        }
        if (isSuccess()) {
            ended(decoder.end());
        } else {
            refused();
        }
    }

    @Override
    public void onFailure(TransportFailure failure) {
        if (finished) {
            return;
        }
        if (status != 0 && !isSuccess()) {
            // The refusal is known; that its text did not arrive whole changes nothing.
            refused();
            return;
        }
        if (failure.kind() == TransportFailure.Kind.IDLE_TIMEOUT && decoder.isWhole()) {
            // A host that needs no [DONE] may leave the connection open instead.
            hangUp();
            ended(decoder.end());
            return;
        }
        AssembledAnswer partial = decoder.abort();
        fail(
                AnswerErrors.of(
                        request,
                        partial,
                        headers,
                        billing,
                        details -> ConnectionErrors.of(inAll(failure), request.asked(), details)),
                partial.usageIsWhole());
    }

    /** There is no time left to send it. */
    void tooLate(@Nullable Duration total) {
        billing.notSent();
        onFailure(new TransportFailure(TransportFailure.Kind.TOTAL_TIMEOUT, total, null));
    }

    /** What is known to whoever gives the call up, on any thread: what has come of the answer belongs to the one that brings it. */
    ErrorDetails givenUp() {
        return ErrorDetails.custom()
                .requestId(HttpErrors.requestId(headers, request.secrets()))
                .cost(billing.costOfGivenUp())
                .beginning(request.beginning())
                .build();
    }

    /** What is told is the limit on all attempts together, and not what was left of it for this one. */
    private TransportFailure inAll(TransportFailure failure) {
        return failure.kind() == TransportFailure.Kind.TOTAL_TIMEOUT
                ? new TransportFailure(failure.kind(), settings.timeouts().total(), failure.cause())
                : failure;
    }

    private boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    private void refused() {
        Instant now = Instant.now();
        fail(
                billing.failure(
                        details -> HttpErrors.of(status, headers, errorBody.bytes(), request.asked(), details, now)),
                true);
    }

    private void ended(AssembledAnswer answer) {
        if (answer.ending().kind() != Ending.Kind.COMPLETE && !isEmptyAndMayBe(answer)) {
            // Before the receiver is told: it may take its time, and nothing that comes is of use any more.
            hangUp();
            fail(AnswerErrors.of(request, answer, headers, billing, Instant.now()), answer.usageIsWhole());
            return;
        }
        ChatResponse response = ResponseMapper.response(request, answer, headers, billing);
        finished = true;
        try {
            drain();
        } finally {
            // Whatever is thrown on the way: who is finished and has told nobody would leave the call without an end.
            exchange.succeeded(response);
        }
    }

    private boolean isEmptyAndMayBe(AssembledAnswer answer) {
        boolean blank = answer.text() != null && !answer.text().isEmpty();
        return switch (answer.ending().kind()) {
            case EMPTY ->
                request.emptiness() != Emptiness.NO_ANSWER && (blank || request.emptiness() == Emptiness.NOTHING);
            // The limit was reached within white space, and in no call.
            case BUDGET_EATEN ->
                request.emptiness() != Emptiness.NO_ANSWER
                        && blank
                        && answer.ending().detail() == null;
            default -> false;
        };
    }

    private void fail(RuntimeException error, boolean usageIsWhole) {
        Duration retryAfter = RetryAfter.parse(headers, Instant.now()).orElse(null);
        finished = true;
        exchange.failed(new FailedAttempt(error, decoder.hasPieces(), usageIsWhole, retryAfter));
    }
}
