package io.github.deepthink4j.internal.stream;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Listens to any model, ours or another vendor's: each piece comes once, with or without a context, and what brings the
 * stream's handle is told apart. The first end counts, and after it the model is not heard: LangChain4j's own modules call
 * {@code onError} and then {@code onCompleteResponse} where a connection was cut, and go on after an error of a handler.
 */
public abstract class StreamedPieces implements StreamingChatResponseHandler {

    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean begun;

    /** Who answers for the stream that this listens to; {@code null} for nobody. */
    protected @Nullable StreamScope scope() {
        return null;
    }

    /** The handle that comes with each piece, if its model passes one on; called before the piece. */
    protected abstract void onHandle(StreamingHandle handle);

    /** On another thread than the scope's; one that nobody hears is not sent. */
    private void begins(PausableStreamingHandle stream) {
        StreamScope scope = scope();
        if (ended.get()) {
            stream.cancel();
        } else if (scope != null) {
            scope.onStart(stream);
        }
    }

    /** A piece of the thought. */
    protected abstract void onThinking(PartialThinking piece);

    /** A piece of the answer. */
    protected abstract void onText(PartialResponse piece);

    /** A piece of a tool call. */
    protected abstract void onToolCallPiece(PartialToolCall piece);

    /** A whole tool call. */
    protected abstract void onToolCall(CompleteToolCall call);

    /** An event that has no name here. */
    protected abstract void onUnmapped(Object event);

    /** The end with an answer. */
    protected abstract void onAnswer(ChatResponse response);

    /** The end without one; its model may go on all the same. */
    protected abstract void onFailure(Throwable error);

    /** The model is not heard from now on; whether it was until now. */
    protected final boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Whether a piece of the answer has come. */
    public final boolean hasBegun() {
        return begun;
    }

    private boolean isPiece() {
        boolean heard = !ended.get();
        begun |= heard;
        return heard;
    }

    @Override
    public final void onPartialThinking(PartialThinking piece) {
        if (isPiece()) {
            onThinking(piece);
        }
    }

    @Override
    public final void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        if (isPiece()) {
            onHandle(context.streamingHandle());
            onThinking(piece);
        }
    }

    /** Some vendors' modules pass empty pieces on, which tell nothing and make no {@link PartialResponse}. */
    @Override
    public final void onPartialResponse(String piece) {
        if (piece != null && !piece.isEmpty() && isPiece()) {
            onText(new PartialResponse(piece));
        }
    }

    @Override
    public final void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        if (isPiece()) {
            onHandle(context.streamingHandle());
            onText(piece);
        }
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece) {
        if (isPiece()) {
            onToolCallPiece(piece);
        }
    }

    @Override
    public final void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        if (isPiece()) {
            onHandle(context.streamingHandle());
            onToolCallPiece(piece);
        }
    }

    @Override
    public final void onCompleteToolCall(CompleteToolCall call) {
        if (isPiece()) {
            onToolCall(call);
        }
    }

    @Override
    public final void onUnmappedRawEvent(Object event) {
        if (event instanceof Announcement announced) {
            begins(announced.stream());
        } else if (!ended.get()) {
            onUnmapped(event);
        }
    }

    @Override
    public final void onCompleteResponse(ChatResponse response) {
        if (!end()) {
            return;
        }
        if (response == null) {
            onFailure(new InternalServerException("The model has ended its stream without a response."));
        } else {
            onAnswer(response);
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (end()) {
            onFailure(
                    error == null
                            ? new InternalServerException("The model has told an error without saying which.")
                            : error);
        }
    }
}
