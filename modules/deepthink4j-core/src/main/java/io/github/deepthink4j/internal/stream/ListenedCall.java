package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.settings.CallListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call as its model's listeners hear of it: one {@code onRequest}, and after it one {@code onResponse} or one {@code onError},
 * whichever way the call goes. LangChain4j's own defaults (1.19 to 1.23, the same in all) leave listeners without an end where a
 * streaming model throws before it sends, and where an {@code Error} ends a blocking call. What a callback of the user's throws is an
 * {@code onError} of its own, beside the end, as there. Of a call that its caller has cancelled only a {@code CallListener} hears the end,
 * as in LangChain4j's {@code chatAsync}.
 */
public final class ListenedCall {

    private final ChatRequest request;
    private final ModelProvider provider;
    private final Map<Object, Object> attributes;
    private final List<ChatModelListener> listeners;
    private final CallReport report;
    private final AtomicBoolean ended = new AtomicBoolean();

    private ListenedCall(
            ChatRequest asked,
            @Nullable ChatRequestOptions options,
            ChatRequestParameters defaults,
            ModelProvider provider,
            @Nullable List<ChatModelListener> listeners) {
        this.request = ChatRequest.builder()
                .messages(asked.messages())
                .parameters(defaults.overrideWith(asked.parameters()))
                .build();
        this.provider = provider;
        this.attributes = new ConcurrentHashMap<>(options == null ? Map.of() : options.listenerAttributes());
        this.listeners = listeners == null ? List.of() : GuardedListeners.of(listeners);
        this.report = new CallReport(
                this, new ChatModelRequestContext(request, provider, attributes), CallReport.listeners(this.listeners));
    }

    /**
     * Tells the listeners of a call that begins on this thread.
     *
     * @throws Error what a listener has thrown, after all listeners have heard of it as the end of the call
     */
    public static ListenedCall begin(ChatModel model, ChatRequest asked, @Nullable ChatRequestOptions options) {
        return begun(new ListenedCall(
                asked, options, model.defaultRequestParameters(), model.provider(), model.listeners()));
    }

    /** As for a blocking model. */
    public static ListenedCall begin(
            StreamingChatModel model, ChatRequest asked, @Nullable ChatRequestOptions options) {
        return begun(new ListenedCall(
                asked, options, model.defaultRequestParameters(), model.provider(), model.listeners()));
    }

    /** As for a blocking model that has no default parameters: of a call that is no chat, and is told as one. */
    public static ListenedCall begin(
            String operation, ChatRequest asked, ModelProvider provider, List<ChatModelListener> listeners) {
        ListenedCall call =
                new ListenedCall(asked, null, ChatRequestParameters.builder().build(), provider, listeners);
        call.attributes.put(CallListener.OPERATION, operation);
        return begun(call);
    }

    private static ListenedCall begun(ListenedCall call) {
        try {
            call.listeners.forEach(listener -> listener.onRequest(call.report.call()));
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
        return call;
    }

    /** Who hears of all else of this call. */
    public CallReport report() {
        return report;
    }

    /** What was asked, with the model's default parameters. */
    public ChatRequest request() {
        return request;
    }

    /** The whole call on this thread; what it throws is its end. */
    public ChatResponse around(Function<ChatRequest, ChatResponse> chat) {
        ChatResponse response;
        try {
            response = report.inCall(() -> chat.apply(request));
        } catch (Throwable e) {
            failed(e);
            throw e;
        }
        answered(response);
        return response;
    }

    /**
     * The end with an answer; does nothing if the end was told before.
     *
     * @throws Error what a listener has thrown, after all of them have been told
     */
    public void answered(ChatResponse response) {
        if (ended.compareAndSet(false, true)) {
            ChatModelResponseContext context = new ChatModelResponseContext(response, request, provider, attributes);
            listeners.forEach(listener -> listener.onResponse(context));
        }
    }

    /** What a callback of the user's has thrown: no end, which is told before or after it. */
    public void slipped(Throwable thrown) {
        ChatModelErrorContext context = new ChatModelErrorContext(thrown, request, provider, attributes);
        listeners.forEach(listener -> {
            if (listener instanceof GuardedListeners guarded) {
                guarded.onSlip(context);
            } else {
                listener.onError(context);
            }
        });
    }

    /** The end without one; does nothing if the end was told before. Throws nothing: an {@code Error} joins the failure. */
    public void failed(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            ChatModelErrorContext context = new ChatModelErrorContext(error, request, provider, attributes);
            listeners.forEach(listener -> listener.onError(context));
        }
    }

    /** The end by the caller, of which LangChain4j's listeners are told nothing; does nothing if the end was told before. */
    public void cancelled() {
        if (ended.compareAndSet(false, true)) {
            report.cancelled();
        }
    }
}
