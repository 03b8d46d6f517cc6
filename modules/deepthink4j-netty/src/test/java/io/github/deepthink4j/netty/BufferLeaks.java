package io.github.deepthink4j.netty;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test run in which a buffer was lost; found by JUnit through its service file. */
public final class BufferLeaks implements BeforeAllCallback {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(BufferLeaks.class)).computeIfAbsent("watch", key -> new Watch());
    }

    /** Netty finds a leak when it makes the next buffer after the lost one was collected. */
    private static final class Watch implements AutoCloseable {

        Watch() {
            ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Telling());
        }

        @Override
        public void close() {
            for (int i = 0; i < 20; i++) {
                System.gc();
                PooledByteBufAllocator.DEFAULT.buffer().release();
            }
            if (!FOUND.isEmpty()) {
                throw new AssertionError("Buffers were lost in this run:\n" + String.join("\n", FOUND));
            }
        }
    }

    private static final class Telling extends ResourceLeakDetectorFactory {

        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return detector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
            return detector(resource, samplingInterval);
        }

        private static <T> ResourceLeakDetector<T> detector(Class<T> resource, int samplingInterval) {
            return new ResourceLeakDetector<>(resource, samplingInterval) {
                @Override
                protected void reportTracedLeak(String type, String records) {
                    FOUND.add(type + records);
                }

                @Override
                protected void reportUntracedLeak(String type) {
                    FOUND.add(type);
                }
            };
        }
    }
}
