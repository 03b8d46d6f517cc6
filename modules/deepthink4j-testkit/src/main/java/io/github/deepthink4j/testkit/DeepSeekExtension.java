package io.github.deepthink4j.testkit;

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
 * The simulator as an extension of JUnit Jupiter, 5 or 6. {@link DeepSeekSimulator#as} makes one where Jupiter is on the class
 * path, so that this type need not be named:
 *
 * <pre>{@code
 * @RegisterExtension
 * static DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
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

    DeepSeekExtension(Builder builder) {
        super(builder);
    }

    /** The same as {@link DeepSeekSimulator#as}, for those who want to name the type. */
    public static DeepSeekExtension as(Generation generation) {
        return new DeepSeekExtension(builder().generation(generation));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
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
