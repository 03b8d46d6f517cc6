package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.settings.CallListener;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call of a chat model, for a {@link ChatObservationConvention} or an {@code ObservationHandler} of one's own. What
 * has not happened yet is {@code null}. It is a client's context, so that its span is one too; nothing is put into the request.
 */
public final class ChatObservationContext extends SenderContext<Object> {

    /** How a call has ended. */
    public enum Outcome {
        /** With an answer. */
        ANSWERED,
        /** With an error, which {@link #failure()} is; a time-out and an interrupted thread are such. */
        FAILED,
        /** By its caller. */
        CANCELLED
    }

    private final ChatRequest request;
    private final String provider;
    private final String operation;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile @Nullable ChatResponse response;
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable URI server;
    private volatile @Nullable Boolean streams;
    private volatile @Nullable Duration firstThought;
    private volatile @Nullable Duration firstWord;
    private volatile boolean madeOfParts;
    private volatile boolean numbersInSpan;

    ChatObservationContext(ChatModelRequestContext call) {
        super((carrier, key, value) -> {}, Kind.CLIENT);
        this.request = call.chatRequest();
        this.provider = Providers.name(call.modelProvider());
        this.operation = call.attributes().get(CallListener.OPERATION) instanceof String other ? other : "chat";
        setCarrier(this);
    }

    /** What was asked, with the model's default parameters. */
    public ChatRequest request() {
        return request;
    }

    /** {@code chat}, or {@code text_completion} where a text was completed in the middle. */
    public String operation() {
        return operation;
    }

    /** {@code deepseek}, or another vendor's name as the conventions have it. */
    public String provider() {
        return provider;
    }

    /** The answer, if that was the end. */
    public @Nullable ChatResponse response() {
        return response;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    /**
     * The error that the caller was given, if that was the end. Its message may hold the server's own words, in which a question may be
     * said back; {@code getError()}, which handlers write to spans, says which error it was without them.
     */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** For spans: without the tags that a meter needs although there is nothing to say. */
    @Override
    public KeyValues getAllKeyValues() {
        return KnownValues.of(this);
    }

    /** Scheme, host and port; {@code null} too for another vendor's model. */
    public @Nullable URI server() {
        return server;
    }

    /** Whether the answer streams on the wire; {@code null} too for another vendor's model. */
    public @Nullable Boolean streams() {
        return streams;
    }

    /** How often it was sent; 0 too for another vendor's model. */
    public int attempts() {
        return attempts.get();
    }

    /** From the call to the first piece of the thought. */
    public @Nullable Duration firstThought() {
        return firstThought;
    }

    /** From the call to the first piece of the answer's text. */
    public @Nullable Duration firstWord() {
        return firstWord;
    }

    /** Whether calls of parts were observed within this one: then it is a model made of several, and they have the tokens and the cost. */
    public boolean isMadeOfParts() {
        return madeOfParts;
    }

    boolean numbersInSpan() {
        return numbersInSpan;
    }

    void numbersAreInSpan() {
        numbersInSpan = true;
    }

    void hasParts() {
        madeOfParts = true;
    }

    void sent(URI to, boolean streamsOnWire) {
        server = to;
        streams = streamsOnWire;
        attempts.incrementAndGet();
        setRemoteServiceAddress(to.toString());
    }

    void thought(Duration after) {
        firstThought = after;
    }

    void spoken(Duration after) {
        firstWord = after;
    }

    void ended(Outcome how, @Nullable ChatResponse answer, @Nullable Throwable error) {
        outcome = how;
        response = answer;
        failure = how == Outcome.FAILED ? error : null;
    }
}
