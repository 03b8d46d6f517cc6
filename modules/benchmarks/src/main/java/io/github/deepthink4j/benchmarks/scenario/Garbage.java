package io.github.deepthink4j.benchmarks.scenario;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * What all threads have allocated, those that have ended included, which {@code ThreadMXBean} cannot tell before JDK 21: what
 * the heap has grown by, and what collections took away in between.
 */
final class Garbage implements NotificationListener {

    private final AtomicLong collected = new AtomicLong();

    /** Listens from now on; made once in a process. */
    Garbage() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(this, null, null);
        }
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo();
            collected.addAndGet(used(info.getMemoryUsageBeforeGc().values())
                    - used(info.getMemoryUsageAfterGc().values()));
        }
    }

    private static long used(Collection<MemoryUsage> pools) {
        return pools.stream().mapToLong(MemoryUsage::getUsed).sum();
    }

    /** Of which only differences mean something. */
    long allocated() {
        return collected.get()
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What is used after collections that leave only what is reachable. */
    static long reachable() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
