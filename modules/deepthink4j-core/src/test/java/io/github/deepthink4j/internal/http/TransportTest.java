package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Core's own two transports. */
class TransportTest {

    /** The SPI's client is told its timeouts when it is built, for all requests. */
    private static final Timeouts SHORT_FOR_SPI = Timeouts.custom()
            .firstByte(Duration.ofSeconds(1))
            .idle(Duration.ofSeconds(1))
            .build();

    private static Transport overJdk(Scheduler scheduler, @Nullable Executor executor) {
        return JdkTransport.builder().scheduler(scheduler).executor(executor).build();
    }

    private static Transport overSpi(Scheduler scheduler, @Nullable Executor executor, Timeouts timeouts) {
        return HttpClientTransport.builder(JdkHttpClient.builder())
                .timeouts(timeouts)
                .scheduler(scheduler)
                .executor(executor)
                .build();
    }

    @Nested
    class OverTheJdksClient extends TransportKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overJdk(scheduler, executor);
        }
    }

    @Nested
    class OverTheSpi extends TransportKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overSpi(scheduler, executor, SHORT_FOR_SPI);
        }
    }

    @Nested
    class DeliveryOverTheJdksClient extends DeliveryKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overJdk(scheduler, executor);
        }
    }

    @Nested
    @OnlyThorough
    class DeliveryOverTheSpi extends DeliveryKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overSpi(scheduler, executor, Timeouts.DEFAULT);
        }

        /** LangChain4j's client reads its streams on the common pool, which since JDK 25 has one thread on two cores. */
        @Override
        @Test
        protected void should_not_let_a_blocked_callback_hold_up_others() throws Exception {
            assumeTrue(
                    Runtime.version().feature() < 25 || ForkJoinPool.getCommonPoolParallelism() > 1,
                    "LangChain4j's client reads one stream at a time here");
            super.should_not_let_a_blocked_callback_hold_up_others();
        }
    }

    @Nested
    class EventsOfTheJdksClient extends EventDrivenKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overJdk(scheduler, executor);
        }
    }

    @Nested
    class DrainOverTheJdksClient extends DrainKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overJdk(scheduler, executor);
        }
    }

    @Nested
    @OnlyThorough
    class DrainOverTheSpi extends DrainKit {
        @Override
        protected Transport transport(Scheduler scheduler, @Nullable Executor executor) {
            return overSpi(scheduler, executor, Timeouts.DEFAULT);
        }
    }

    @Test
    void should_take_no_client_that_follows_redirects() {
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> JdkTransport.builder().httpClient(follower))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redirects");
    }

    @Test
    void should_show_no_secret() {
        TransportRequest request = WireServer.request("http://127.0.0.1/x", Timeouts.DEFAULT);

        assertThat(request.toString()).doesNotContain("sk-secret").contains("Authorization=***");
        assertThat(PlainHttp.exposesKey(request)).isFalse();
        assertThat(PlainHttp.exposesKey(WireServer.request("http://api.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(WireServer.request("http://127.0.0.1.example.com/x", Timeouts.DEFAULT)))
                .isTrue();
        assertThat(PlainHttp.exposesKey(WireServer.request("https://api.example.com/x", Timeouts.DEFAULT)))
                .isFalse();
    }
}
