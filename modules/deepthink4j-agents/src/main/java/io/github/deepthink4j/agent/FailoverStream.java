package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;

/** Attempts with streams: after the first piece there is no way back, since the user has seen it. */
final class FailoverStream {

    private final Failover.Attempts<StreamingChatModel> attempts;
    private final StepLog log;
    private final List<ChatModelListener> attemptListeners;
    private final Relay relay;

    FailoverStream(
            Failover.Attempts<StreamingChatModel> attempts,
            StepLog log,
            List<ChatModelListener> attemptListeners,
            StreamingChatResponseHandler user) {
        this.attempts = attempts;
        this.log = log;
        this.attemptListeners = attemptListeners;
        this.relay = new Relay(user, attempts::cancelled);
    }

    /** Throws what a part refuses before it begins, on the caller's thread. */
    StreamingHandle start() {
        attempt();
        return relay;
    }

    private void attempt() {
        for (PartCall<StreamingChatModel> call = attempts.next(); call != null; call = attempts.next()) {
            StepLog.Running step = log.start(call.kind(), call.part());
            StreamingChatModel model = ListenedStreamingChatModel.of(call.part().model(), attemptListeners);
            try {
                relay.run(model, call.request(), new Attempt(call.part(), step));
                releaseIfCancelled();
                return;
            } catch (RuntimeException e) {
                step.failed(e);
                if (!attempts.failed(e)) {
                    throw e;
                }
            }
        }
        relay.error(attempts.error());
    }

    /** The cancel may have come between two attempts, when there was nothing to release. */
    private void releaseIfCancelled() {
        if (relay.isCancelled()) {
            attempts.cancelled();
        }
    }

    private void failed(StepLog.Running step, Throwable error, boolean hadPieces) {
        if (relay.isCancelled()) {
            return;
        }
        step.failed(error);
        boolean failsOver = attempts.failed(error);
        if (!failsOver || hadPieces) {
            relay.error(error);
            return;
        }
        try {
            attempt();
        } catch (RuntimeException e) {
            relay.error(e);
        }
    }

    /** Passes on what one part says, and remembers whether that was anything. */
    private final class Attempt extends PartHandler {

        private final Part<StreamingChatModel> part;
        private final StepLog.Running step;
        private boolean hadPieces;

        Attempt(Part<StreamingChatModel> part, StepLog.Running step) {
            this.part = part;
            this.step = step;
        }

        @Override
        void onThinking(PartialThinking piece) {
            hadPieces = true;
            relay.thinking(piece);
        }

        @Override
        void onText(PartialResponse piece) {
            hadPieces = true;
            relay.text(piece);
        }

        @Override
        void onToolCallPiece(PartialToolCall piece) {
            hadPieces = true;
            relay.toolCallPiece(piece);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            hadPieces = true;
            relay.toolCall(call);
        }

        @Override
        public void onUnmappedRawEvent(Object event) {
            relay.unmapped(event);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            Throwable empty = Failover.emptiness(response);
            if (empty != null) {
                failed(step, empty, hadPieces);
                return;
            }
            step.succeeded(response);
            attempts.succeeded();
            relay.complete(Failover.result(response, part, log));
        }

        @Override
        public void onError(Throwable error) {
            failed(step, error, hadPieces);
        }
    }
}
