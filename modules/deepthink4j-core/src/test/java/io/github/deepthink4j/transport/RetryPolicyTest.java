package io.github.deepthink4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void should_double_its_delay_up_to_a_limit_with_jitter() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            assertThat(RetryPolicy.DEFAULT.delay(1, null, random))
                    .isBetween(Duration.ofMillis(375), Duration.ofMillis(625));
            assertThat(RetryPolicy.DEFAULT.delay(3, null, random))
                    .isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
            assertThat(RetryPolicy.DEFAULT.delay(60, null, random))
                    .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(10));
        }
    }

    @Test
    void should_wait_as_long_as_the_server_asks_but_not_for_ever() {
        assertThat(RetryPolicy.DEFAULT.delay(1, Duration.ofSeconds(60), new Random(1)))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(RetryPolicy.DEFAULT.delay(1, Duration.ofSeconds(61), new Random(1)))
                .isNull();
    }

    @Test
    void should_refuse_what_makes_no_sense() {
        assertThatThrownBy(() -> RetryPolicy.custom().maxAttempts(0).build()).hasMessageContaining("maxAttempts");
        assertThatThrownBy(() -> RetryPolicy.custom().jitter(2).build()).hasMessageContaining("jitter");
        assertThatThrownBy(() -> Timeouts.custom().idle(Duration.ZERO).build()).hasMessageContaining("idle");
    }
}
