package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.thorough.Thorough;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The library within an application that comes and goes, as in an application server. Its threads are known by their context
 * class loader, which is the application's own.
 */
@Timeout(60)
class ClassLoaderTest {

    private static URLClassLoader application() throws Exception {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** On a thread that ends: libraries such as Jackson keep soft references to their buffers in thread-locals. */
    private static void run(ClassLoader loader, String baseUrl, boolean closes) throws Exception {
        FutureTask<Object> application = new FutureTask<>(() -> loader.loadClass(UndeployedApplication.class.getName())
                .getMethod("run", String.class, boolean.class)
                .invoke(null, baseUrl, closes));
        Thread thread = new Thread(application, "application");
        thread.start();
        application.get();
        thread.join();
    }

    private static List<String> threadsOf(ClassLoader loader) {
        return Stream.of(threads())
                .filter(thread -> thread != null && thread.getContextClassLoader() == loader)
                .map(Thread::getName)
                .toList();
    }

    private static Thread[] threads() {
        return Thread.getAllStackTraces().keySet().toArray(new Thread[0]);
    }

    private static void awaitNoThreadOf(ClassLoader loader) throws InterruptedException {
        while (!threadsOf(loader).isEmpty()) {
            Thread.sleep(5);
        }
    }

    private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
        while (reference.get() != null) {
            System.gc();
            Thread.sleep(100);
        }
    }

    @Test
    void should_have_no_thread_after_the_last_model_is_closed() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                URLClassLoader loader = application()) {
            run(loader, deepSeek.baseUrl(), true);

            awaitNoThreadOf(loader);
            assertThat(deepSeek.openConnections()).isZero();
        }
    }

    @Test
    void should_leave_nothing_behind_on_a_thread_that_lives_on() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            WeakReference<ClassLoader> reference = pool.submit(() -> {
                        try (URLClassLoader loader = application()) {
                            loader.loadClass(UndeployedApplication.class.getName())
                                    .getMethod("remember")
                                    .invoke(null);
                            return new WeakReference<ClassLoader>(loader);
                        }
                    })
                    .get();

            awaitCollected(reference);
            assertThat(reference.get()).isNull();
        } finally {
            pool.shutdown();
        }
    }

    /** A model that is closed, and one that is collected. */
    static Stream<Boolean> closes() {
        return Thorough.orShare(Stream.of(true, false), closes -> closes);
    }

    @ParameterizedTest
    @MethodSource("closes")
    void should_let_the_class_loader_be_collected(boolean closes) throws Exception {
        WeakReference<ClassLoader> reference;
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            reference = deployed(deepSeek.baseUrl(), closes);
        }

        awaitCollected(reference);
        assertThat(reference.get()).isNull();
    }

    /** In a method of its own, so that no local variable holds on to the loader. */
    private static WeakReference<ClassLoader> deployed(String baseUrl, boolean closes) throws Exception {
        URLClassLoader loader = application();
        run(loader, baseUrl, closes);
        assertThat(closes || !threadsOf(loader).isEmpty()).isTrue();
        loader.close();
        return new WeakReference<>(loader);
    }

    /** A second application in the same server must not find the first one's loader on our threads. */
    @Test
    void should_take_over_nothing_of_whoever_came_first() throws Exception {
        InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URLClassLoader first = new URLClassLoader(new URL[0]);
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                URLClassLoader loader = application()) {
            thread.setContextClassLoader(first);
            run(loader, deepSeek.baseUrl(), false);
            thread.setContextClassLoader(before);

            assertThat(threadsOf(loader)).isNotEmpty();
            assertThat(threadsOf(first)).noneMatch(name -> name.matches("(deepthink4j|HttpClient)-.*"));
        } finally {
            thread.setContextClassLoader(before);
        }
        String[] inherited = {"not run"};
        user.set("the second one");
        CompletableFuture<ClassLoader> made = new CompletableFuture<>();
        new DeliveryThreads(Scheduler.SYSTEM).executeBlocking(() -> {
            inherited[0] = user.get();
            made.complete(Thread.currentThread().getContextClassLoader());
        });
        assertThat(made.get(30, TimeUnit.SECONDS)).isSameAs(OwnThreads.class.getClassLoader());
        user.remove();
        assertThat(inherited[0]).isNull();
    }
}
