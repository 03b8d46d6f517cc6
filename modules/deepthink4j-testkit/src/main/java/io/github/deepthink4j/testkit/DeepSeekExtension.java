package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.internal.script.Setup;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The simulator as an extension of JUnit Jupiter, 5 or 6.
 *
 * <pre>{@code
 * @RegisterExtension
 * static DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);
 * }</pre>
 *
 * <p>In a static field it serves all tests of the class. What was set up before a test, in the field or in
 * {@code @BeforeAll}, is there in each of them; what a test sets up ends with it. Tests of the class that run in parallel
 * wait for one another, since they share its requests; in an instance field each test has a simulator, and a port, of its own,
 * and none waits.
 *
 * <p>After a test {@link #verify()} is called: a request that nothing was set up to answer fails the test, even if the
 * application has swallowed the refusal. The built-in brain does not answer here.
 */
public final class DeepSeekExtension extends DeepSeekSimulator
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final AtomicInteger containers = new AtomicInteger();
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable Thread holder;
    private volatile @Nullable String running;
    private Setup.@Nullable Saved before;

    private DeepSeekExtension(Builder builder) {
        super(builder);
    }

    /** An extension that simulates this generation. */
    public static DeepSeekExtension as(Generation generation) {
        return from(builder().generation(generation));
    }

    /** An extension of the simulator that this builder describes, such as a strict one; instead of its {@code build()}. */
    public static DeepSeekExtension from(DeepSeekSimulator.Builder builder) {
        return new DeepSeekExtension(builder);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    /** As before all tests of a class, which {@link #close()} ends. */
    void begin() {
        containers.incrementAndGet();
        setup().scriptedOnly(true);
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        // A thread of a fork-join pool may begin another test while it waits within the one that it runs.
        if (holder == Thread.currentThread()) {
            throw new ExtensionConfigurationException(
                    "This thread is in the midst of " + running + ", which uses the same"
                            + " simulator. Make the field an instance field, or use @DeepSeekTest, to run these tests in parallel.");
        }
        turn.acquire();
        holder = Thread.currentThread();
        running = context.getDisplayName();
        setup().scriptedOnly(true);
        forget();
        before = setup().save();
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // Jupiter calls this also if an extension before this one has failed in beforeEach.
        Setup.Saved saved = before;
        if (saved == null || holder != Thread.currentThread()) {
            return;
        }
        try {
            verify();
        } finally {
            setup().restore(saved);
            forget();
            before = null;
            holder = null;
            running = null;
            if (containers.get() == 0) {
                close();
            }
            turn.release();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (containers.decrementAndGet() == 0) {
            close();
        }
    }
}
