package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * A store with the asynchronous methods of LangChain4j 1.20, which are no overrides with 1.19. What it is asked is done when the
 * test says so, or at once.
 */
class AsyncStore implements ChatMemoryStore {

    final Map<Object, List<ChatMessage>> conversations = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Runnable> open = new ConcurrentLinkedQueue<>();
    final List<CompletableFuture<?>> futures = new ArrayList<>();
    volatile boolean atOnce;

    /** Does what has been asked longest. */
    void next() {
        open.remove().run();
    }

    <T> CompletableFuture<T> answer(Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        synchronized (futures) {
            futures.add(future);
        }
        Runnable task = () -> {
            try {
                future.complete(work.get());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        };
        if (atOnce) {
            task.run();
        } else {
            open.add(task);
        }
        return future;
    }

    public CompletableFuture<List<ChatMessage>> getMessagesAsync(Object id) {
        return answer(() -> List.copyOf(conversations.getOrDefault(id, List.of())));
    }

    public CompletableFuture<Void> updateMessagesAsync(Object id, List<ChatMessage> messages) {
        return answer(() -> {
            conversations.put(id, List.copyOf(messages));
            return null;
        });
    }

    public CompletableFuture<Void> deleteMessagesAsync(Object id) {
        return answer(() -> {
            conversations.remove(id);
            return null;
        });
    }

    @Override
    public List<ChatMessage> getMessages(Object id) {
        return List.copyOf(conversations.getOrDefault(id, List.of()));
    }

    @Override
    public void updateMessages(Object id, List<ChatMessage> messages) {
        conversations.put(id, List.copyOf(messages));
    }

    @Override
    public void deleteMessages(Object id) {
        conversations.remove(id);
    }
}
