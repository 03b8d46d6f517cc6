package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.util.ReflectionTestUtils;

/** The indicator of whichever Boot is on the class path; by reflection, since the type has another name in each. */
class HealthTest {

    private static final String NAME = "deepSeekHealthIndicator";

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    @Test
    void should_not_be_there_unless_somebody_wants_it() {
        Runners.withKey().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "balance"})
    void should_be_up(String check) {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.health.enabled=true",
                        "deepthink4j.health.check=" + check)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(health(context.getBean(NAME))).startsWith("UP");
                    assertThat(deepSeek.requests()).isEmpty();
                });
    }

    @Test
    void should_be_down_where_nobody_listens() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.base-url=http://127.0.0.1:1", "deepthink4j.health.enabled=true")
                .run(context -> assertThat(health(context.getBean(NAME)))
                        .startsWith("DOWN")
                        .doesNotContain(Runners.KEY));
    }

    /** With five minutes for its first byte this test would take as long. */
    @Test
    void should_be_down_where_a_server_takes_the_question_and_says_nothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Runners.withKey()
                    .withPropertyValues(
                            "deepthink4j.base-url=http://127.0.0.1:" + silent.getLocalPort(),
                            "deepthink4j.health.enabled=true",
                            "deepthink4j.health.timeout=100ms")
                    .run(context -> assertThat(health(context.getBean(NAME)))
                            .startsWith("DOWN")
                            .contains("timeout"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache=-1s", "timeout=0s", "timeout=-5s", "timeout=400d"})
    void should_refuse_times_that_mean_nothing(String wrong) {
        assertThat(Runners.analysis(Runners.withKey()
                                .withPropertyValues("deepthink4j.health.enabled=true", "deepthink4j.health." + wrong))
                        .getDescription())
                .contains("deepthink4j.health." + wrong.replaceFirst("=.*", ""), "It is set in ");
    }

    private static String health(Object indicator) {
        Object health = ReflectionTestUtils.invokeMethod(indicator, "health");
        return String.valueOf(health);
    }
}
