package io.github.deepthink4j.internal.http;

import java.lang.reflect.InvocationTargetException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP client where it is our own: how it is set up, and how it ends. */
final class OwnHttpClient {

    private static final Pattern ID = Pattern.compile("\\((\\d+)\\)$");

    private OwnHttpClient() {}

    /**
     * HTTP/1.1, where each stream has a connection of its own: over HTTP/2 all share one, with the server's limit on streams.
     * No redirects: they would take the key to another host.
     */
    static HttpClient build(Duration connectTimeout, @Nullable ProxySelector proxy, @Nullable SSLContext sslContext) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(OwnThreads.clientTasks());
        if (proxy != null) {
            builder.proxy(proxy);
        }
        if (sslContext != null) {
            builder.sslContext(sslContext);
        }
        // The client's own thread takes over the context class loader of whoever builds it.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnHttpClient.class.getClassLoader());
        try {
            return builder.build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Ends the client at once, its thread and its connections. Since Java 21 it has a method for that; before, its thread ends
     * when it is interrupted (read in {@code HttpClientImpl.SelectorManager.run} of 17 and 25, and tried on both), and its name
     * is the only way to it. Where neither works the client ends by itself once nobody holds it any more.
     */
    static void close(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
            return;
        } catch (NoSuchMethodException e) {
            // Java 17 to 20.
        } catch (IllegalAccessException | InvocationTargetException e) {
            return;
        }
        Matcher id = ID.matcher(client.toString());
        if (id.find()) {
            interrupt("HttpClient-" + id.group(1) + "-SelectorManager");
        }
    }

    private static void interrupt(String threadName) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[2 * group.activeCount() + 16];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().equals(threadName)) {
                threads[i].interrupt();
            }
        }
    }
}
