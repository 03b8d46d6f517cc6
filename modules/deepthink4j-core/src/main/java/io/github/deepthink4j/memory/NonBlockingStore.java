package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store without blocking: its asynchronous methods, which LangChain4j has since 1.20 and which are looked up here and nowhere
 * else, so that this library runs with 1.19 too. Their defaults fail with an {@code AsyncNotSupportedException}; then, as where
 * there are none, an executor runs the methods that block. One conversation's steps come one after the other.
 */
final class NonBlockingStore {

    private static final String LACKING = "dev.langchain4j.exception.AsyncNotSupportedException";

    private final ChatMemoryStore store;
    private final ConversationLock lock;
    private final Executor executor;
    private final @Nullable Method get;
    private final @Nullable Method update;
    private final @Nullable Method delete;

    NonBlockingStore(ChatMemoryStore store, ConversationLock lock, Executor executor) {
        this.store = store;
        this.lock = lock;
        this.executor = executor;
        this.get = find("getMessagesAsync", Object.class);
        this.update = find("updateMessagesAsync", Object.class, List.class);
        this.delete = find("deleteMessagesAsync", Object.class);
    }

    /** The interface's, which is public whatever the store's class is; of a store that is newer than the interface, its own. */
    private @Nullable Method find(String name, Class<?>... parameters) {
        for (Class<?> type : List.of(ChatMemoryStore.class, store.getClass())) {
            try {
                Method method = type.getMethod(name, parameters);
                boolean isNone = !CompletableFuture.class.isAssignableFrom(method.getReturnType());
                return isNone || !method.trySetAccessible() ? null : method;
            } catch (NoSuchMethodException e) {
                // It is looked for where it may be besides.
            }
        }
        return null;
    }

    CompletableFuture<List<ChatMessage>> read(Object id) {
        if (store instanceof SingleConversationStore) {
            return CompletableFuture.completedFuture(store.getMessages(id));
        }
        return call(get, () -> store.getMessages(id), id);
    }

    CompletableFuture<@Nullable Void> write(Object id, List<ChatMessage> messages) {
        if (store instanceof SingleConversationStore) {
            store.updateMessages(id, messages);
            return CompletableFuture.completedFuture(null);
        }
        return call(update, blocking(() -> store.updateMessages(id, messages)), id, messages);
    }

    CompletableFuture<@Nullable Void> delete(Object id) {
        if (store instanceof SingleConversationStore) {
            store.deleteMessages(id);
            return CompletableFuture.completedFuture(null);
        }
        return call(delete, blocking(() -> store.deleteMessages(id)), id);
    }

    private static Supplier<@Nullable Void> blocking(Runnable call) {
        return () -> {
            call.run();
            return null;
        };
    }

    private <T extends @Nullable Object> CompletableFuture<T> call(
            @Nullable Method method, Supplier<T> blocking, Object... arguments) {
        CompletableFuture<T> own = method == null ? null : invoke(method, arguments);
        if (own == null) {
            return onExecutor(blocking);
        }
        if (own.isDone() && !own.isCompletedExceptionally()) {
            return own;
        }
        CompletableFuture<T> answer = own.exceptionallyCompose(
                error -> isLacking(error) ? onExecutor(blocking) : CompletableFuture.failedFuture(error));
        answer.whenComplete((result, error) -> {
            if (answer.isCancelled()) {
                own.cancel(true);
            }
        });
        return answer;
    }

    /**
     * @return {@code null} where the store has nothing to say, as a mock does
     */
    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> @Nullable CompletableFuture<T> invoke(Method method, Object... arguments) {
        try {
            return (CompletableFuture<T>) method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            return CompletableFuture.failedFuture(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isLacking(Throwable error) {
        Class<?> type = unwrapped(error).getClass();
        while (type != null && !type.getName().equals(LACKING)) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** What was thrown, without what futures put around it. */
    static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? unwrapped(cause) : error;
    }

    private <T extends @Nullable Object> CompletableFuture<T> onExecutor(Supplier<T> call) {
        BlockingStep<T> step = new BlockingStep<>(() -> lock.asHolder(call));
        lock.lend(step);
        try {
            executor.execute(step);
        } catch (Throwable e) {
            step.refused(e);
        }
        return step;
    }
}
