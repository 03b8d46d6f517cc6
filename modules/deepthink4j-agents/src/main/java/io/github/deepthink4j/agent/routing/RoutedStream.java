package io.github.deepthink4j.agent.routing;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.stream.Relay;
import io.github.deepthink4j.internal.stream.StreamScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a {@link RoutedTurn} with streams: when one part has ended, the next one begins, on the thread that told the end. */
final class RoutedStream {

    private final RoutedTurn<StreamingChatModel> turn;
    private final StepLog log;
    private final StreamingChatResponseHandler user;
    private final Relay relay;
    private volatile StepLog.@Nullable Running running;

    RoutedStream(RoutedTurn<StreamingChatModel> turn, StepLog log, StreamingChatResponseHandler user) {
        this.turn = turn;
        this.log = log;
        this.user = user;
        this.relay = new Relay(user, this::endRunningStep);
    }

    /** Throws what the first part throws before it begins, on the caller's thread. */
    void start() {
        StreamScope.begin(relay, user, () -> run(turn.first()));
    }

    private void run(PartCall<StreamingChatModel> call) {
        StepLog.Running step = log.start(call.kind(), call.part());
        running = step;
        Speaker speaker = new Speaker(call, step);
        try {
            step.make(() -> relay.run(call.part().model(), call.request(), speaker));
        } catch (Throwable e) {
            step.failed(e);
            log.addTo(e);
            if (!speaker.hasBegun()) {
                throw e;
            }
            relay.error(e);
        }
        if (relay.isCancelled()) {
            endRunningStep();
        }
    }

    /** The cancel may have come between two steps as well as in one. */
    private void endRunningStep() {
        StepLog.Running step = running;
        if (step != null) {
            step.cancelled();
        }
    }

    private void ended(ChatResponse response) {
        if (relay.isCancelled()) {
            return;
        }
        PartCall<StreamingChatModel> next;
        try {
            next = turn.next(response);
        } catch (Throwable e) {
            log.addTo(e);
            throw e;
        }
        if (next == null) {
            relay.complete(turn.result(response, log));
        } else {
            run(next);
        }
    }

    /** Passes on what one part says, as far as it is for the user. */
    private final class Speaker extends Relay.Speaker {

        private final PartCall<StreamingChatModel> call;
        private final StepLog.Running step;
        private final boolean planning;
        private boolean thought;
        private boolean planBegun;
        /** Text of a tool caller whose answer will not be used: it is for the user only if calls follow. */
        private final List<PartialResponse> held = new ArrayList<>();

        Speaker(PartCall<StreamingChatModel> call, StepLog.Running step) {
            super(relay);
            this.call = call;
            this.step = step;
            this.planning = call.kind() == StepKind.PLAN;
        }

        @Override
        protected void onThinking(PartialThinking piece) {
            thought = true;
            super.onThinking(piece);
        }

        /** A plan is a thought to the user: text would become part of an answer that it is not. */
        @Override
        protected void onText(PartialResponse piece) {
            if (planning) {
                if (thought && !planBegun) {
                    super.onThinking(new PartialThinking("\n\n"));
                }
                planBegun = true;
                super.onThinking(new PartialThinking(piece.text()));
            } else if (call.draft()) {
                held.add(piece);
            } else {
                super.onText(piece);
            }
        }

        private void release() {
            held.forEach(super::onText);
            held.clear();
        }

        @Override
        protected void onToolCallPiece(PartialToolCall piece) {
            release();
            super.onToolCallPiece(piece);
        }

        @Override
        protected void onToolCall(CompleteToolCall toolCall) {
            release();
            super.onToolCall(toolCall);
        }

        @Override
        protected void answered(ChatResponse response) {
            step.succeeded(response);
            ended(response);
        }

        @Override
        protected void failed(Throwable error) {
            step.failed(error);
            log.addTo(error);
            super.failed(error);
        }
    }
}
