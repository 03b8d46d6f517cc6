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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

    private Instant now = Instant.parse("2026-11-01T00:00:00Z");

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
            HealthProbe.Finding found = HealthProbe.models(catalog);

            assertThat(found.up()).isFalse();
            assertThat(found.details()).containsOnlyKeys("error");
            assertThat(found.toString()).doesNotContain(Runners.KEY);
        }
    }
}
