package io.github.deepthink4j.settings;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import java.net.URI;

/**
 * A {@code ChatModelListener} that hears what LangChain4j's has no word for: where a call is sent, its attempts, its first thought and
 * first word, its cancel; and that can put something around what runs on a call's behalf, such as a trace. Given to {@code listeners(...)}
 * of any builder like every other listener; at a model of another vendor it hears what LangChain4j tells.
 *
 * <p>Of a call of this project's models it hears {@code onRequest}, and after that one end: {@code onResponse}, {@code onError} or
 * {@link #onCancel}. {@code call} is the one that {@code onRequest} was given, whose {@code attributes()} the end is given too. What a
 * part of a model made of several does is told to the part's own listener of this kind, or, if it has none, to that of the whole.
 *
 * <p>All methods do nothing by default. They are called on the threads of the call and should return soon. What they throw is logged and
 * ignored, but for an {@code Error} of LangChain4j's three methods, which ends the call.
 */
public interface CallListener extends ChatModelListener {

    /**
     * The key in a call's {@code attributes()} under which a call says what it is that is told as a chat and is none:
     * {@link #TEXT_COMPLETION}. A chat says nothing there.
     */
    String OPERATION = "deepthink4j.operation";

    /** The {@link #OPERATION} of completion in the middle, whose prompt and suffix are told as one message of a user. */
    String TEXT_COMPLETION = "text_completion";

    /**
     * An attempt goes out.
     *
     * @param streams whether the answer will stream on the wire, as it does by default also where the caller waits for the whole
     * @param server  scheme, host and port, and nothing else of the address
     */
    record Sending(int attempt, boolean streams, URI server) {}

    /** An attempt is about to be sent; the first one of a call may come before the caller's method has returned, or after it. */
    default void onSend(ChatModelRequestContext call, Sending sending) {}

    /** An attempt has ended, as {@link RetryPolicy#onAttempt()} is told; one that was cancelled is not told of. */
    default void onAttempt(ChatModelRequestContext call, AttemptEvent attempt) {}

    /** The first piece of the thought has come; before the user's handler is told. Of an answer that does not stream, with its end. */
    default void onFirstThinking(ChatModelRequestContext call) {}

    /** The first piece of the answer's text has come; before the user's handler is told. Of an answer that does not stream, with its end. */
    default void onFirstText(ChatModelRequestContext call) {}

    /**
     * A callback of the caller's handler has thrown, which is told to it and ends nothing: the call goes on, or has had its end, which is told
     * as always, with its usage and cost. By default it is an {@link #onError}, as it is to LangChain4j's listeners. An {@code Error} of a
     * callback ends the call, and is an {@code onError}.
     */
    default void onSlip(ChatModelErrorContext slip) {
        onError(slip);
    }

    /** The caller has cancelled, and nothing more is told of this call. What else ends a call, a time-out included, is an {@code onError}. */
    default void onCancel(ChatModelRequestContext call) {}

    /**
     * Runs what is done for the call, on whichever thread: what sends it, each further attempt, and the calls of the parts of a model made
     * of several. An implementation runs the task once, on this thread, before it returns.
     */
    default void inCall(ChatModelRequestContext call, Runnable task) {
        task.run();
    }

    /**
     * Runs what belongs to the caller although it runs on a thread of the call: the callbacks of a handler, and what hangs on a future.
     * An implementation runs the task once, on this thread, before it returns.
     */
    default void inCaller(ChatModelRequestContext call, Runnable task) {
        task.run();
    }
}
