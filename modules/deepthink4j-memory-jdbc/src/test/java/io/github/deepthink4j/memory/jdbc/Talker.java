package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A process whose threads all talk in one conversation; each message is added until it is there, every second thread interrupted. */
final class Talker {

    /** What has come of it: messages that were added, and what callers were told. */
    record Talk(int added, int conflicts, int failures, int interruptsLost) {}

    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger interruptsLost = new AtomicInteger();
    private final JdbcChatMemoryStore store;

    private Talker(JdbcChatMemoryStore store) {
        this.store = store;
    }

    /** As a process: address, tables, name, threads, messages of each. */
    public static void main(String[] arguments) throws Exception {
        JdbcChatMemoryStore store = store(new PooledDataSource(arguments[0]), arguments[1], arguments[2]);
        Talk talk = talk(store, arguments[3], Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
        System.out.println(
                "talk " + talk.added + " " + talk.conflicts + " " + talk.failures + " " + talk.interruptsLost);
    }

    static JdbcChatMemoryStore store(DataSource dataSource, String conversationTable, String messageTable) {
        return JdbcChatMemoryStore.builder()
                .dataSource(dataSource)
                .conversationTable(conversationTable)
                .messageTable(messageTable)
                .build();
    }

    static Talk talk(JdbcChatMemoryStore store, String name, int threads, int messages) throws Exception {
        Talker talker = new Talker(store);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> talks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                talks.add(() -> talker.add(name + "-" + number + "-", messages, number % 2 == 0));
            }
            for (Future<Boolean> talk : executor.invokeAll(talks)) {
                talk.get();
            }
        } finally {
            executor.shutdown();
        }
        return new Talk(talker.added.get(), talker.conflicts.get(), talker.failures.get(), talker.interruptsLost.get());
    }

    private boolean add(String prefix, int messages, boolean isInterrupted) {
        ChatMemory memory = MessageWindowChatMemory.builder()
                .id("all")
                .maxMessages(100_000)
                .chatMemoryStore(store)
                .build();
        for (int i = 0; i < messages; i++) {
            UserMessage message = UserMessage.from(prefix + i);
            while (!isAdded(memory, message, isInterrupted)) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(30_000_000));
            }
            added.incrementAndGet();
        }
        return true;
    }

    private boolean isAdded(ChatMemory memory, UserMessage message, boolean isInterrupted) {
        try {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            memory.add(message);
            return true;
        } catch (ConversationChangedException e) {
            conflicts.incrementAndGet();
            return false;
        } catch (ChatMemoryStoreException e) {
            failures.incrementAndGet();
            return isThere(memory, message);
        } finally {
            if (Thread.interrupted() != isInterrupted) {
                interruptsLost.incrementAndGet();
            }
        }
    }

    /** As its caller would find out. */
    private boolean isThere(ChatMemory memory, UserMessage message) {
        while (true) {
            try {
                return memory.messages().contains(message);
            } catch (ChatMemoryStoreException e) {
                failures.incrementAndGet();
            }
        }
    }
}
