package io.github.deepthink4j.agent.failover;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.stream.Relay;
import io.github.deepthink4j.internal.stream.StreamScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts with streams: after the first piece there is no way back, since the user has seen it. */
final class FailoverStream {

    private final Failover.Attempts<StreamingChatModel> attempts;
    private final StepLog log;
    private final List<ChatModelListener> attemptListeners;
    private final StreamingChatResponseHandler user;
    private final Relay relay;
    private volatile StepLog.@Nullable Running running;

    FailoverStream(
            Failover.Attempts<StreamingChatModel> attempts,
            StepLog log,
            List<ChatModelListener> attemptListeners,
            StreamingChatResponseHandler user) {
        this.attempts = attempts;
        this.log = log;
        this.attemptListeners = attemptListeners;
        this.user = user;
        this.relay = new Relay(user, this::giveUp);
    }

    /** Throws what a part refuses before it begins, on the caller's thread. */
    void start() {
        StreamScope.begin(relay, user, this::attempt);
    }

    private void attempt() {
        for (PartCall<StreamingChatModel> call = attempts.next(); call != null; call = attempts.next()) {
            StepLog.Running step = log.start(call.kind(), call.part());
            running = step;
            StreamingChatModel model = ListenedStreamingChatModel.of(call.part().model(), attemptListeners);
            Speaker speaker = new Speaker(call.part(), step);
            try {
                ChatRequest request = call.request();
                step.make(() -> relay.run(model, request, speaker));
                giveUpIfCancelled();
                return;
            } catch (Throwable e) {
                step.failed(e);
                boolean failsOver = attempts.failed(e);
                if (speaker.hasBegun()) {
                    relay.error(e);
                    return;
                }
                if (!failsOver || relay.isCancelled()) {
                    throw e;
                }
            }
        }
        relay.error(attempts.error());
    }

    /** The cancel may have come between two attempts, when there was nothing to give up. */
    private void giveUpIfCancelled() {
        if (relay.isCancelled()) {
            giveUp();
        }
    }

    private void giveUp() {
        attempts.cancelled();
        StepLog.Running step = running;
        if (step != null) {
            step.cancelled();
        }
    }

    private void failed(Speaker speaker, Throwable error) {
        if (relay.isCancelled()) {
            return;
        }
        speaker.step.failed(error);
        boolean failsOver = attempts.failed(error);
        if (failsOver && !speaker.hasBegun()) {
            attempt();
        } else {
            relay.error(error);
        }
    }

    /** Passes on what one part says. */
    private final class Speaker extends Relay.Speaker {

        private final Part<StreamingChatModel> part;
        private final StepLog.Running step;

        Speaker(Part<StreamingChatModel> part, StepLog.Running step) {
            super(relay);
            this.part = part;
            this.step = step;
        }

        @Override
        protected void answered(ChatResponse response) {
            Throwable empty = Failover.emptiness(response);
            if (empty != null) {
                FailoverStream.this.failed(this, empty);
                return;
            }
            step.succeeded(response);
            attempts.succeeded();
            relay.complete(Failover.result(response, part, log));
        }

        @Override
        protected void failed(Throwable error) {
            FailoverStream.this.failed(this, error);
        }
    }
}
