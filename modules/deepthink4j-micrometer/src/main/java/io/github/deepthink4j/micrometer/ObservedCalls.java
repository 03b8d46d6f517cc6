package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import java.util.Map;
import java.util.function.Consumer;

/** Hears of the calls, and keeps what it knows of each among the call's own attributes. */
class ObservedCalls implements CallListener {

    final DeepSeekObservations settings;

    ObservedCalls(DeepSeekObservations settings) {
        this.settings = settings;
    }

    @Override
    public void onRequest(ChatModelRequestContext call) {
        ObservedCall observed = new ObservedCall(settings, new ChatObservationContext(call));
        call.attributes().put(this, observed);
        observed.start();
    }

    @Override
    public void onResponse(ChatModelResponseContext call) {
        with(call.attributes(), observed -> observed.answered(call.chatResponse()));
    }

    @Override
    public void onError(ChatModelErrorContext call) {
        with(call.attributes(), observed -> observed.failed(call.error()));
    }

    /** The call goes on, and its end has the tokens and the cost. */
    @Override
    public void onSlip(ChatModelErrorContext call) {
        with(call.attributes(), ObservedCall::slipped);
    }

    @Override
    public void onCancel(ChatModelRequestContext call) {
        with(call.attributes(), ObservedCall::cancelled);
    }

    @Override
    public void onSend(ChatModelRequestContext call, Sending sending) {
        with(call.attributes(), observed -> observed.sent(sending));
    }

    @Override
    public void onAttempt(ChatModelRequestContext call, AttemptEvent attempt) {
        with(call.attributes(), observed -> observed.attempted(attempt));
    }

    @Override
    public void onFirstThinking(ChatModelRequestContext call) {
        with(call.attributes(), ObservedCall::firstThought);
    }

    @Override
    public void onFirstText(ChatModelRequestContext call) {
        with(call.attributes(), ObservedCall::firstWord);
    }

    @Override
    public void inCall(ChatModelRequestContext call, Runnable task) {
        if (call.attributes().get(this) instanceof ObservedCall observed) {
            observed.inCall(task);
        } else {
            task.run();
        }
    }

    @Override
    public void inCaller(ChatModelRequestContext call, Runnable task) {
        if (call.attributes().get(this) instanceof ObservedCall observed) {
            observed.inCaller(task);
        } else {
            task.run();
        }
    }

    private void with(Map<Object, Object> attributes, Consumer<ObservedCall> action) {
        if (attributes.get(this) instanceof ObservedCall observed) {
            action.accept(observed);
        }
    }
}
