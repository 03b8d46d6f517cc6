package io.github.deepthink4j.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it gets, and sees to it that the calls come one at a time. */
class Collected implements TransportListener {

    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final CountDownLatch firstBytes = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    final AtomicInteger lastCalls = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    volatile int status;
    volatile Map<String, List<String>> headers = Map.of();
    volatile TransportFailure failure;
    volatile boolean overlapped;

    private void serially(Runnable work) {
        overlapped |= inside.incrementAndGet() > 1;
        threads.add(Thread.currentThread());
        work.run();
        inside.decrementAndGet();
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        serially(() -> {
            this.status = status;
            this.headers = headers;
        });
    }

    @Override
    public void onBytes(ByteBuffer buffer) {
        serially(() -> {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            synchronized (bytes) {
                bytes.writeBytes(part);
            }
            firstBytes.countDown();
        });
    }

    @Override
    public void onComplete() {
        serially(this::last);
    }

    @Override
    public void onFailure(TransportFailure failure) {
        serially(() -> {
            this.failure = failure;
            last();
        });
    }

    private void last() {
        lastCalls.incrementAndGet();
        over.countDown();
    }

    Collected await() throws InterruptedException {
        if (!over.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no last call within 30 seconds");
        }
        return this;
    }

    String text() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
