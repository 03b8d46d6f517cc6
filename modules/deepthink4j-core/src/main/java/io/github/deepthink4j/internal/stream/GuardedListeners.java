package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.settings.CallListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model's listeners as one, which LangChain4j's {@code chat} calls before and after {@code doChat} on the same thread. An
 * exception is logged and ignored, as LangChain4j does. An {@code Error} it lets through, and one of {@code onError} would keep
 * the failure from the handler, who would wait for ever: here all listeners are told first, and then the {@code Error} ends the
 * call, or joins the failure that has ended it.
 *
 * <p>What a listener begins is its own, and belongs to no {@link StreamScope}.
 */
public final class GuardedListeners implements ChatModelListener {

    private static final SafeLog LOG = SafeLog.of(GuardedListeners.class);

    private final List<ChatModelListener> listeners;

    private GuardedListeners(List<ChatModelListener> listeners) {
        this.listeners = listeners;
    }

    /** What a model's {@code listeners()} returns; an empty list for none. */
    public static List<ChatModelListener> of(List<ChatModelListener> listeners) {
        return listeners.isEmpty() ? List.of() : List.of(new GuardedListeners(List.copyOf(listeners)));
    }

    /** Those of them that hear more of a call. */
    List<CallListener> callListeners() {
        return listeners.stream()
                .flatMap(listener -> listener instanceof GuardedListeners several
                        ? several.callListeners().stream()
                        : listener instanceof CallListener one ? Stream.of(one) : Stream.empty())
                .toList();
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        rethrow(told(listener -> listener.onRequest(context)));
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        rethrow(told(listener -> listener.onResponse(context)));
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        tell(context, ChatModelListener::onError);
    }

    /** What is no end of the call, to those that want to know it from one. */
    void onSlip(ChatModelErrorContext slip) {
        tell(slip, (listener, context) -> {
            if (listener instanceof GuardedListeners several) {
                several.onSlip(context);
            } else if (listener instanceof CallListener one) {
                one.onSlip(context);
            } else {
                listener.onError(context);
            }
        });
    }

    private void tell(ChatModelErrorContext context, BiConsumer<ChatModelListener, ChatModelErrorContext> event) {
        Error broken = told(listener -> event.accept(listener, context));
        if (broken != null) {
            join(broken, context.error());
            LOG.error("A ChatModelListener has failed in onError()", broken);
        }
    }

    private static void rethrow(@Nullable Error broken) {
        if (broken != null) {
            throw broken;
        }
    }

    private static void join(Throwable further, @Nullable Throwable first) {
        if (first != null && first != further) {
            first.addSuppressed(further);
        }
    }

    /** Tells all of them; the first {@code Error}, with the others in it. */
    private @Nullable Error told(Consumer<ChatModelListener> event) {
        AtomicReference<@Nullable Error> first = new AtomicReference<>();
        StreamScope.outside(() -> listeners.forEach(listener -> {
            try {
                event.accept(listener);
            } catch (Error e) {
                if (!first.compareAndSet(null, e)) {
                    join(e, first.get());
                }
            } catch (Throwable e) {
                LOG.warn("A ChatModelListener has thrown; this is ignored", e);
            }
        }));
        return first.get();
    }
}
