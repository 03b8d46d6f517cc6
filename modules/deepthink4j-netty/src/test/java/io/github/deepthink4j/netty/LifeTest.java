package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.thorough.Thorough;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event loops of ours are there while a model is that uses them, closed or collected. */
@Timeout(120)
class LifeTest {

    /** What an application does between its deployment and its end; loaded by a class loader of its own. */
    public static final class Application {

        private Application() {}

        /** Asks a model once. */
        public static void run(String baseUrl, boolean closes) {
            DeepSeekChatModel model = model(baseUrl);
            assertThat(model.chat("Hi")).isNotBlank();
            if (closes) {
                model.close();
            }
        }
    }

    private static DeepSeekChatModel model(String baseUrl) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-flash")
                .transport(NettyTransport.create())
                .build();
    }

    private static long loopsOf(ClassLoader loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deepthink4j-netty-"))
                .filter(thread -> thread.getContextClassLoader() == loader)
                .count();
    }

    private static void awaitNoLoopOf(ClassLoader loader) throws InterruptedException {
        while (loopsOf(loader) > 0) {
            System.gc();
            Thread.sleep(100);
        }
    }

    private static URLClassLoader application() throws Exception {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static void run(ClassLoader loader, String baseUrl, boolean closes) throws Exception {
        FutureTask<Object> application = new FutureTask<>(() -> loader.loadClass(Application.class.getName())
                .getMethod("run", String.class, boolean.class)
                .invoke(null, baseUrl, closes));
        Thread thread = new Thread(application, "application");
        thread.start();
        application.get();
        thread.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_end_with_the_last_model(boolean closes) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                URLClassLoader loader = application()) {
            run(loader, deepSeek.baseUrl(), closes);

            awaitNoLoopOf(loader);
            while (deepSeek.openConnections() > 0) {
                Thread.onSpinWait();
            }
            assertThat(loopsOf(loader)).isZero();
        }
    }

    /** A model that is closed, and one that is collected, for which half a minute is waited. */
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

        while (reference.get() != null) {
            System.gc();
            Thread.sleep(200);
        }
        assertThat(reference.get()).isNull();
    }

    /** In a method of its own, so that no local variable holds on to the loader. */
    private static WeakReference<ClassLoader> deployed(String baseUrl, boolean closes) throws Exception {
        URLClassLoader loader = application();
        run(loader, baseUrl, closes);
        // A loop that ends loads classes.
        awaitNoLoopOf(loader);
        loader.close();
        return new WeakReference<>(loader);
    }

    @Test
    void should_end_what_runs_and_leave_the_other_models_alone() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel other = model(deepSeek.baseUrl())) {
            deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
            DeepSeekChatModel closing = model(deepSeek.baseUrl());
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    closing.chat("Hi");
                } catch (RuntimeException e) {
                    end.complete(e);
                }
            });
            caller.start();
            while (deepSeek.runningAnswers() == 0) {
                Thread.sleep(5);
            }

            closing.close();

            assertThat(end.get())
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            error -> assertThat(error.reason()).isEqualTo(ConnectionFailedException.Reason.CLOSED));
            while (deepSeek.openConnections() > 0) {
                Thread.onSpinWait();
            }
            deepSeek.respond(Answer.text("still here"));
            assertThat(other.chat("Hi")).isEqualTo("still here");
        }
    }
}
