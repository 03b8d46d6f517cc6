package io.github.deepthink4j.testkit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The test kit in test classes as users write them. Runs with Jupiter 6, and from the module beside this one with 5. */
class JupiterTest {

    private static EngineExecutionResults run(Class<?> sample) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(sample))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
    }

    private static String failure(Class<?> sample) {
        return run(sample).allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .map(Throwable::toString)
                .findFirst()
                .orElse("nothing has failed");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Samples.StaticField.class,
                Samples.StaticFieldInParallel.class,
                Samples.InstanceField.class,
                Samples.Parameter.class
            })
    void should_pass(Class<?> sample) {
        EngineExecutionResults results = run(sample);

        assertThat(results.allEvents().failed().stream().map(Event::toString)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isPositive();
    }

    @Test
    void should_have_a_port_for_each_test_in_instance_fields() {
        Samples.InstanceField.PORTS.clear();

        run(Samples.InstanceField.class);

        assertThat(Samples.InstanceField.PORTS).hasSizeGreaterThan(1);
    }

    @Test
    void should_fail_a_test_that_sends_what_no_script_answers() {
        assertThat(failure(Samples.Unscripted.class))
                .startsWith("java.lang.AssertionError: Nothing was set up to answer this request:")
                .contains("model deepseek-flash")
                .contains("[0] user: How many Rs are in strawberry?")
                .contains("The nearest of 1 is onMessage(containing \"strawberries\"): its text is another.");
        assertThat(failure(Samples.NothingSetUp.class))
                .contains("What is 1 + 1?")
                .contains("There is no script: add one with onMessage(...)");
    }

    @Test
    void should_fail_a_strict_test_that_sends_what_is_ignored() {
        assertThat(failure(Samples.Strict.class))
                .contains("DeepSeek would ignore a part of this request")
                .contains("temperature has no effect while thinking");
    }

    @Test
    void should_say_where_the_parameter_can_be_had() {
        assertThat(failure(Samples.ParameterTooEarly.class)).contains("use @RegisterExtension static");
    }

    @Test
    void should_close_when_the_tests_have_ended() {
        run(Samples.StaticField.class);

        assertThat(Samples.StaticField.deepSeek.openConnections()).isZero();
    }

    @Test
    void should_be_an_extension_of_what_a_builder_describes() {
        try (DeepSeekExtension strict =
                DeepSeekExtension.from(DeepSeekSimulator.builder().strict(true))) {
            assertThat(strict).isInstanceOf(BeforeEachCallback.class);
            assertThat(Client.send(strict, """
                    {"model":"deepseek-flash","seed":1,"messages":[{"role":"user","content":"Hi"}]}""")).contains("seed has no effect");
        }
    }
}
