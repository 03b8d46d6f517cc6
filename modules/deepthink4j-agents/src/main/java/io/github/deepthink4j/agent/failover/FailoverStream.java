package io.github.deepthink4j.agent.failover;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.stream.Relay;
import io.github.deepthink4j.internal.stream.StreamScope;
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
    void start() {
        StreamScope.begin(relay, this::attempt);
    }

    private void attempt() {
        for (PartCall<StreamingChatModel> call = attempts.next(); call != null; call = attempts.next()) {
            StepLog.Running step = log.start(call.kind(), call.part());
            StreamingChatModel model = ListenedStreamingChatModel.of(call.part().model(), attemptListeners);
            try {
                relay.run(model, call.request(), new Speaker(call.part(), step));
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
    private final class Speaker extends Relay.Speaker {

        private final Part<StreamingChatModel> part;
        private final StepLog.Running step;
        private boolean hadPieces;

        Speaker(Part<StreamingChatModel> part, StepLog.Running step) {
            super(relay);
            this.part = part;
            this.step = step;
        }

        @Override
        protected void onThinking(PartialThinking piece) {
            hadPieces = true;
            super.onThinking(piece);
        }

        @Override
        protected void onText(PartialResponse piece) {
            hadPieces = true;
            super.onText(piece);
        }

        @Override
        protected void onToolCallPiece(PartialToolCall piece) {
            hadPieces = true;
            super.onToolCallPiece(piece);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            hadPieces = true;
            super.onCompleteToolCall(call);
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
