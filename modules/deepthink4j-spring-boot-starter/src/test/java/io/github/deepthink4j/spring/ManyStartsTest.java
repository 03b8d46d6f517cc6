package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.thorough.Thorough;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A context that is closed and started again, as by an application server or by Boot's developer tools. */
@Timeout(300)
class ManyStartsTest {

    private static final int STARTS = Thorough.times(50, 4);

    private static URLClassLoader application() throws Exception {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** On a thread that ends: libraries keep buffers and contexts in thread-locals. */
    private static WeakReference<ClassLoader> started(String baseUrl, boolean leavesAStream) throws Exception {
        URLClassLoader loader = application();
        FutureTask<Object> application = new FutureTask<>(() -> loader.loadClass(StartedApplication.class.getName())
                .getMethod("run", String.class, boolean.class)
                .invoke(null, baseUrl, leavesAStream));
        Thread thread = new Thread(application, "application");
        thread.setContextClassLoader(loader);
        thread.start();
        application.get();
        thread.join();
        loader.close();
        return new WeakReference<>(loader);
    }

    private static long threadsOf(WeakReference<ClassLoader> loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() != null)
                .filter(thread -> loader.refersTo(thread.getContextClassLoader()))
                .count();
    }

    /**
     * The JDK remembers for which type of component it has last made a record's methods (a field of its own of the method handles in
     * {@code java.lang.runtime.ObjectMethods}), and with it the loader of that type: here the last application's. This one takes its place.
     */
    private record Last(ManyStartsTest component) {}

    @Test
    void should_leave_neither_thread_nor_class_loader_after_its_end() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.builder()
                .generation(Generation.V4_1)
                .pace(Duration.ofMillis(1))
                .build()
                .start()) {
            for (int i = 0; i < STARTS; i++) {
                loaders.add(started(deepSeek.baseUrl(), i % 2 == 1));
            }
        }

        Last last = new Last(this);
        assertThat(last)
                .hasToString("Last[component=" + this + "]")
                .hasSameHashCodeAs(new Last(this))
                .isEqualTo(new Last(this));
        for (WeakReference<ClassLoader> loader : loaders) {
            while (threadsOf(loader) > 0 || !loader.refersTo(null)) {
                System.gc();
                Thread.sleep(50);
            }
        }
        assertThat(loaders).hasSize(STARTS).allMatch(loader -> loader.refersTo(null));
    }
}
