package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void should_ask_once_until_the_answer_is_too_old() {
        AtomicInteger asked = new AtomicInteger();
        HealthProbe probe = new HealthProbe(
                () -> new HealthProbe.Finding(true, Map.of("asked", asked.incrementAndGet())),
                Duration.ofMinutes(1),
                LONG,
                clock);

        assertThat(probe.find().details()).containsEntry("asked", 1);
        now = now.plusSeconds(59);
        assertThat(probe.find().details()).containsEntry("asked", 1);
        now = now.plusSeconds(1);
        assertThat(probe.find().details()).containsEntry("asked", 2);
    }

    @Test
    void should_tell_how_many_models_and_how_much_money_there_are_without_a_token() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekModelCatalog catalog = DeepSeekModelCatalog.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey(Runners.KEY)
                        .build();
                DeepSeekAccount account = DeepSeekAccount.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey(Runners.KEY)
                        .build()) {
            assertThat(HealthProbe.models(catalog).up()).isTrue();
            assertThat(HealthProbe.models(catalog).details()).containsKey("models");
            assertThat(HealthProbe.balance(account).up()).isTrue();
            assertThat(deepSeek.requests()).isEmpty();
        }
    }

    @Test
    void should_be_down_with_the_code_of_the_error_and_nothing_else() {
        try (DeepSeekModelCatalog catalog = DeepSeekModelCatalog.builder()
                .baseUrl("http://127.0.0.1:1")
                .apiKey(Runners.KEY)
                .build()) {
            HealthProbe.Finding found =
                    new HealthProbe(() -> HealthProbe.models(catalog), Duration.ZERO, LONG, clock).find();

            assertThat(found.up()).isFalse();
            assertThat(found.details()).containsOnlyKeys("error");
            assertThat(found.toString()).doesNotContain(Runners.KEY);
        }
    }

    /** The times are those of the properties, so that this would hang with the models' five minutes. */
    @Test
    void should_be_down_where_a_server_is_silent_and_ask_again_when_it_was_given_up() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        HealthProbe probe = new HealthProbe(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        silence(ended);
                    }
                    return new HealthProbe.Finding(true, Map.of());
                },
                Duration.ZERO,
                Duration.ofMillis(50),
                clock);

        assertThat(probe.find().details()).containsEntry("error", "timeout");
        await(ended);
        assertThat(Stream.generate(probe::find).filter(HealthProbe.Finding::up).findFirst())
                .isPresent();
    }

    private static void silence(CountDownLatch ended) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            ended.countDown();
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_hold_nobody_who_comes_while_it_is_asked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        HealthProbe probe = new HealthProbe(
                () -> {
                    asked.incrementAndGet();
                    begun.countDown();
                    await(answers);
                    return new HealthProbe.Finding(true, Map.of());
                },
                Duration.ZERO,
                LONG,
                clock);

        CompletableFuture<HealthProbe.Finding> first = CompletableFuture.supplyAsync(probe::find);
        await(begun);
        List<String> others =
                IntStream.range(0, 200).mapToObj(i -> probe.find().status()).toList();
        answers.countDown();

        assertThat(first.get(1, TimeUnit.MINUTES).status()).isEqualTo("UP");
        assertThat(others).containsOnly("UNKNOWN");
        assertThat(asked).hasValue(1);
    }

    @Test
    void should_say_what_was_found_last_while_it_is_asked_anew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        HealthProbe probe = new HealthProbe(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        return new HealthProbe.Finding(true, Map.of());
                    }
                    begun.countDown();
                    await(answers);
                    return new HealthProbe.Finding(false, Map.of());
                },
                Duration.ofMinutes(1),
                LONG,
                clock);

        assertThat(probe.find().status()).isEqualTo("UP");
        now = now.plusSeconds(60);
        CompletableFuture<HealthProbe.Finding> second = CompletableFuture.supplyAsync(probe::find);
        await(begun);
        String meanwhile = probe.find().status();
        answers.countDown();

        assertThat(meanwhile).isEqualTo("UP");
        assertThat(second.get(1, TimeUnit.MINUTES).status()).isEqualTo("DOWN");
    }

    @Test
    void should_be_down_after_an_error_of_any_kind_and_ask_again() {
        AtomicInteger asked = new AtomicInteger();
        HealthProbe probe = new HealthProbe(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("gone");
                    }
                    return new HealthProbe.Finding(true, Map.of());
                },
                Duration.ZERO,
                LONG,
                clock);

        assertThat(probe.find().details()).containsEntry("error", "NoClassDefFoundError");
        assertThat(probe.find().status()).isEqualTo("UP");
    }
}
