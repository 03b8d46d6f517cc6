package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.model.DeepSeekChatModel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** A connection outlives its answer only for as long as it can still be of use. */
@Timeout(120)
class DrainTest {

    static Stream<BiFunction<Scheduler, LingeringServer, Transport>> transports() {
        return Stream.of(
                (scheduler, server) ->
                        JdkTransport.builder().scheduler(scheduler).build(),
                (scheduler, server) -> HttpClientTransport.builder(JdkHttpClient.builder())
                        .scheduler(scheduler)
                        .build());
    }

    /** Drains at the end of its answer; until it is let go on, its callback does not return. */
    private static final class Satisfied extends Collected {

        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch drained = new CountDownLatch(1);
        final CountDownLatch mayReturn = new CountDownLatch(1);
        TransportCall call;

        void runs(TransportCall running) {
            call = running;
            started.countDown();
        }

        @Override
        public void onBytes(ByteBuffer buffer) {
            super.onBytes(buffer);
            if (text().contains("data: [DONE]\n\n") && drained.getCount() > 0) {
                try {
                    started.await();
                    call.drain();
                    drained.countDown();
                    mayReturn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_close_a_connection_that_the_server_keeps_open(
            BiFunction<Scheduler, LingeringServer, Transport> transports) throws Exception {
        ManualScheduler time = new ManualScheduler();
        try (LingeringServer server = LingeringServer.thatFallsSilent();
                Transport transport = transports.apply(time, server)) {
            Satisfied listener = new Satisfied();

            listener.runs(transport.send(server.request(), listener));
            listener.drained.await();
            listener.mayReturn.countDown();
            time.advance(WireCall.DRAINING.minusMillis(1));
            boolean atOnce = server.isClosedByClient();
            time.advance(Duration.ofMillis(1));
            server.awaitClosedByClient();

            assertThat(atOnce).isFalse();
            assertThat(listener.lastCalls).hasValue(0);
            assertThat(time.waiting()).isZero();
        }
    }

    /** With a clock that stands still, so that only the bytes can be too many. */
    @ParameterizedTest
    @MethodSource("transports")
    void should_not_read_for_ever_what_nobody_wants(BiFunction<Scheduler, LingeringServer, Transport> transports)
            throws Exception {
        try (LingeringServer server = LingeringServer.thatGoesOn();
                Transport transport = transports.apply(new ManualScheduler(), server)) {
            Satisfied listener = new Satisfied();

            listener.runs(transport.send(server.request(), listener));
            listener.mayReturn.countDown();

            server.awaitClosedByClient();
            assertThat(listener.lastCalls).hasValue(0);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void should_free_a_connection_whose_body_has_ended_while_the_last_callback_still_runs(
            BiFunction<Scheduler, LingeringServer, Transport> transports) throws Exception {
        ManualScheduler time = new ManualScheduler();
        try (LingeringServer server = LingeringServer.thatEndsBodies();
                Transport transport = transports.apply(time, server)) {
            Satisfied listener = new Satisfied();
            listener.runs(transport.send(server.request(), listener));
            listener.drained.await();

            while (server.reused() == 0) {
                Satisfied next = new Satisfied();
                next.mayReturn.countDown();
                next.runs(transport.send(server.request(), next));
                next.await();
            }

            listener.mayReturn.countDown();
            assertThat(listener.await().failure).isNull();
            assertThat(server.isClosedByClient()).isFalse();
            assertThat(time.waiting())
                    .as("what waits for a time that need not come")
                    .isZero();
        }
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("spi")
    void should_give_the_answer_of_a_server_that_falls_silent_and_hang_up(HttpClientBuilder client) throws Exception {
        try (LingeringServer server = LingeringServer.thatFallsSilent();
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(server.url())
                        .modelName("deepseek-flash")
                        .httpClientBuilder(client)
                        .build()) {
            AiMessage answer = model.chat(UserMessage.from("Hello")).aiMessage();

            assertThat(answer.text()).isEqualTo("Hi");
            server.awaitClosedByClient();
        }
    }

    static Stream<HttpClientBuilder> spi() {
        return Stream.of(JdkHttpClient.builder());
    }
}
