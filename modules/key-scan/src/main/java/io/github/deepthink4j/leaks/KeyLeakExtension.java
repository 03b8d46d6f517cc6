package io.github.deepthink4j.leaks;

import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test run that has shown a key, where JUnit discovers extensions: see CONTRIBUTING.md. */
public final class KeyLeakExtension implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(KeyLeakExtension.class))
                .computeIfAbsent("watch", key -> new Watch());
    }

    private static final class Watch implements AutoCloseable {

        private final KeyLeaks leaks = KeyLeaks.watch();

        /** After the last test. */
        @Override
        public void close() {
            Set<String> found = leaks.found();
            if (!found.isEmpty()) {
                throw new AssertionError("Keys were shown in this run:\n" + String.join("\n", found));
            }
        }
    }
}
