package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;

/** Walks a {@link RoutedTurn} with streams: when one part has ended, the next one begins, on the thread that told the end. */
final class RoutedStream {

    private final RoutedTurn<StreamingChatModel> turn;
    private final StepLog log;
    private final Relay relay;

    RoutedStream(RoutedTurn<StreamingChatModel> turn, StepLog log, StreamingChatResponseHandler user) {
        this.turn = turn;
        this.log = log;
        this.relay = new Relay(user, () -> {});
    }

    /** Throws what the first part throws before it begins, on the caller's thread. */
    StreamingHandle start() {
        run(turn.first());
        return relay;
    }

    private void run(PartCall<StreamingChatModel> call) {
        StepLog.Running step = log.start(call.kind(), call.part());
        try {
            relay.run(call.part().model(), call.request(), new Speaker(call, step));
        } catch (RuntimeException e) {
            step.failed(e);
            throw e;
        }
    }

    private void ended(ChatResponse response) {
        if (relay.isCancelled()) {
            return;
        }
        PartCall<StreamingChatModel> next = turn.next(response);
        if (next == null) {
            relay.complete(turn.result(response, log));
            return;
        }
        try {
            run(next);
        } catch (RuntimeException e) {
            relay.error(e);
        }
    }

    /** Passes on what one part says, as far as it is for the user. */
    private final class Speaker extends PartHandler {

        private final PartCall<StreamingChatModel> call;
        private final StepLog.Running step;
        private final boolean planning;
        private boolean thought;
        private boolean planBegun;
        /** Text of a tool caller whose answer will not be used: it is for the user only if calls follow. */
        private final List<PartialResponse> held = new ArrayList<>();

        Speaker(PartCall<StreamingChatModel> call, StepLog.Running step) {
            this.call = call;
            this.step = step;
            this.planning = call.kind() == StepKind.PLAN;
        }

        @Override
        void onThinking(PartialThinking piece) {
            thought = true;
            relay.thinking(piece);
        }

        /** A plan is a thought to the user: text would become part of an answer that it is not. */
        @Override
        void onText(PartialResponse piece) {
            if (planning) {
                if (thought && !planBegun) {
                    relay.thinking(new PartialThinking("\n\n"));
                }
                planBegun = true;
                relay.thinking(new PartialThinking(piece.text()));
            } else if (call.draft()) {
                held.add(piece);
            } else {
                relay.text(piece);
            }
        }

        private void release() {
            held.forEach(relay::text);
            held.clear();
        }

        @Override
        void onToolCallPiece(PartialToolCall piece) {
            release();
            relay.toolCallPiece(piece);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall toolCall) {
            release();
            relay.toolCall(toolCall);
        }

        @Override
        public void onUnmappedRawEvent(Object event) {
            relay.unmapped(event);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            step.succeeded(response);
            ended(response);
        }

        @Override
        public void onError(Throwable error) {
            step.failed(error);
            relay.error(error);
        }
    }
}
