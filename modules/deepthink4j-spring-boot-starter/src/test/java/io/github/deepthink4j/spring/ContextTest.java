package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.netty.NettyTransport;
import io.github.deepthink4j.settings.HttpTransport;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;

/** What the models take from the context. */
class ContextTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    private ApplicationContextRunner runner() {
        return Runners.withKey().withPropertyValues("deepthink4j.base-url=" + deepSeek.baseUrl());
    }

    /** On which thread the streaming model tells of the end. */
    private String threadOfCallbacks(ApplicationContextRunner runner) {
        deepSeek.onAnyMessage().answer("Hello");
        CompletableFuture<String> thread = new CompletableFuture<>();
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(StreamingChatModel.class).chat("Hi", new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String piece) {}

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    thread.complete(Thread.currentThread().getName());
                }

                @Override
                public void onError(Throwable error) {
                    thread.completeExceptionally(error);
                }
            });
            thread.get(30, TimeUnit.SECONDS);
        });
        return thread.join();
    }

    private static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Test
    void should_call_back_on_the_executor_of_the_property() {
        assertThat(threadOfCallbacks(runner().withBean("mine", ExecutorService.class, () -> threads("mine"))
                        .withPropertyValues("deepthink4j.executor=mine")))
                .isEqualTo("mine");
    }

    @Test
    void should_leave_executors_alone_that_nobody_named() {
        assertThat(threadOfCallbacks(
                        runner().withBean("applicationTaskExecutor", Executor.class, () -> threads("application"))))
                .isNotEqualTo("application");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void should_call_back_on_the_applications_executor_where_threads_are_virtual() {
        assertThat(threadOfCallbacks(
                        runner().withBean("applicationTaskExecutor", Executor.class, () -> threads("application"))
                                .withPropertyValues("spring.threads.virtual.enabled=true")))
                .isEqualTo("application");
    }

    @Test
    void should_tell_listeners_in_springs_order() {
        deepSeek.onAnyMessage().answer("Hello");
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        runner().withBean("late", ChatModelListener.class, () -> new Late(told))
                .withBean("early", ChatModelListener.class, () -> new Early(told))
                .run(context -> context.getBean(ChatModel.class).chat("Hi"));

        assertThat(told).containsExactly("early", "late");
    }

    @Order(1)
    private record Early(List<String> told) implements ChatModelListener {

        @Override
        public void onResponse(ChatModelResponseContext response) {
            told.add("early");
        }
    }

    @Order(2)
    private record Late(List<String> told) implements ChatModelListener {

        @Override
        public void onResponse(ChatModelResponseContext response) {
            told.add("late");
        }
    }

    @Test
    void should_go_through_the_proxy_of_the_properties() throws IOException {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));
            Runners.withKey()
                    .withPropertyValues(
                            "deepthink4j.base-url=http://nowhere.invalid/v1",
                            "deepthink4j.model-name=deepseek-flash",
                            "deepthink4j.retry.max-attempts=1",
                            "deepthink4j.proxy.host=127.0.0.1",
                            "deepthink4j.proxy.port=" + proxy.getLocalPort())
                    .run(context -> assertThat(catchThrowable(
                                    () -> context.getBean(ChatModel.class).chat("Hi")))
                            .isNotNull());

            assertThat(asked.join()).startsWith("POST http://nowhere.invalid/v1/chat/completions ");
        }
    }

    private static String firstLine(ServerSocket server) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void should_ask_a_proxy_selector_of_the_context() {
        deepSeek.onAnyMessage().answer("Hello");
        ProxySelector selector = mock(ProxySelector.class);
        when(selector.select(any())).thenReturn(List.of(Proxy.NO_PROXY));
        runner().withBean(ProxySelector.class, () -> selector)
                .run(context -> context.getBean(ChatModel.class).chat("Hi"));

        verify(selector, atLeastOnce()).select(any());
    }

    @Test
    void should_take_the_ssl_bundle_of_the_property() throws NoSuchAlgorithmException {
        SslBundle bundle = mock(SslBundle.class);
        when(bundle.createSslContext()).thenReturn(SSLContext.getDefault());
        new ApplicationContextRunner()
                .withPropertyValues("deepthink4j.api-key=" + Runners.KEY, "deepthink4j.ssl-bundle=mine")
                .withConfiguration(
                        AutoConfigurations.of(DeepSeekAutoConfiguration.class, DeepSeekCostAutoConfiguration.class))
                .withBean(DefaultSslBundleRegistry.class, () -> {
                    DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
                    bundles.registerBundle("mine", bundle);
                    return bundles;
                })
                .run(context -> assertThat(context).hasNotFailed());

        verify(bundle, times(2)).createSslContext();
    }

    @Test
    void should_go_over_netty_where_it_is_a_bean() {
        deepSeek.onAnyMessage().answer("Hello");
        runner().withBean(HttpTransport.class, NettyTransport::create)
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).chat("Hi")).isEqualTo("Hello"));
    }
}
