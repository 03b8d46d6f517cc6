package io.github.deepthink4j.reactor;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import reactor.util.context.ContextView;

/** Thread-locals out of Reactor's Context, by Micrometer's context-propagation where it is on the class path. */
final class ThreadLocals {

    private static final boolean AVAILABLE = isAvailable();

    private ThreadLocals() {}

    static void with(ContextView context, Runnable task) {
        if (AVAILABLE && !context.isEmpty()) {
            Micrometer.with(context, task);
        } else {
            task.run();
        }
    }

    private static boolean isAvailable() {
        try {
            Class.forName("io.micrometer.context.ContextSnapshotFactory", false, ThreadLocals.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that nothing of it is loaded where the library is missing. */
    private static final class Micrometer {

        private static final ContextSnapshotFactory SNAPSHOTS =
                ContextSnapshotFactory.builder().build();

        static void with(ContextView context, Runnable task) {
            ContextSnapshot.Scope scope = SNAPSHOTS.setThreadLocalsFrom(context);
            try {
                task.run();
            } finally {
                scope.close();
            }
        }
    }
}
