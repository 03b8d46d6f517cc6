package io.github.deepthink4j.micrometer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import io.github.deepthink4j.price.Cost;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each meter has its own tags and its own value. */
class EmittedMetersTest extends ToldCalls {

    private static final String ASKED =
            "gen_ai.operation.name=chat gen_ai.provider.name=deepseek gen_ai.request.model=deepseek-flash";
    private static final String ANSWERED = ASKED + " gen_ai.response.model=deepseek-flash-0731";
    private static final String UNANSWERED = ASKED + " gen_ai.response.model=none";
    private static final String SERVER = " server.address=api.deepseek.com server.port=443";
    private static final String NO_SERVER = " server.address=none server.port=none";
    private static final String CLOCK = "gen_ai.operation.name=execute_tool gen_ai.tool.name=clock";
    private static final String PLAN = "deepthink4j.step.kind=plan deepthink4j.step.part=reasoner";
    private static final String RUNS = "deepthink4j.outcome=none ";

    /** Each meter with all its tags, and what it has measured, times in seconds; without the longest one, which is forgotten in time. */
    private Map<String, String> measured() {
        Map<String, String> measured = new TreeMap<>();
        for (Meter meter : traces.meters.getMeters()) {
            StringBuilder values = new StringBuilder();
            meter.measure().forEach(measurement -> {
                if (measurement.getStatistic() != Statistic.MAX) {
                    values.append(values.isEmpty() ? "" : " ").append(measurement.getValue());
                }
            });
            measured.put(
                    meter.getId().getName()
                            + meter.getId().getTags().stream()
                                    .map(tag -> tag.getKey() + "=" + tag.getValue())
                                    .sorted()
                                    .collect(Collectors.joining(" ", " {", "}")),
                    values.toString());
        }
        return measured;
    }

    private static Map.Entry<String, String> row(String meter, String tags, String values) {
        return entry(meter + " {" + tags + "}", values);
    }

    @Test
    void should_give_each_meter_its_tags_and_its_value() {
        // When
        answered(begun(messages(), parameters().build()), estimate());
        answered(begun(messages(), parameters().build()), Cost.unknown("no price list"));
        ChatModelRequestContext failing = begun(messages(), parameters().build());
        sent(failing, 1, true);
        after(2_000);
        failed(failing);
        ChatModelRequestContext cancelled = begun(messages(), parameters().build());
        after(250);
        listener.onCancel(cancelled);
        stepAround(() -> {
            after(3_000);
            toolAround(() -> after(750));
        });

        // Then
        String duration = "gen_ai.client.operation.duration";
        assertThat(measured())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        row(
                                duration,
                                "deepthink4j.outcome=answered error.type=none error=none " + ANSWERED + SERVER,
                                "2.0 18.0"),
                        row(
                                duration,
                                "deepthink4j.outcome=failed error.type=insufficient_balance error=CallFailure "
                                        + UNANSWERED + SERVER,
                                "1.0 2.0"),
                        row(
                                duration,
                                "deepthink4j.outcome=cancelled error.type=none error=none " + UNANSWERED + NO_SERVER,
                                "1.0 0.25"),
                        row(duration + ".active", RUNS + "error.type=none " + UNANSWERED + NO_SERVER, "0.0 0.0"),
                        row("gen_ai.client.token.usage", ANSWERED + " gen_ai.token.type=input", "2.0 600.0"),
                        row("gen_ai.client.token.usage", ANSWERED + " gen_ai.token.type=output", "2.0 140.0"),
                        row("deepthink4j.client.tokens", "deepthink4j.token.kind=cache_hit " + ANSWERED, "220.0"),
                        row("deepthink4j.client.tokens", "deepthink4j.token.kind=cache_miss " + ANSWERED, "380.0"),
                        row("deepthink4j.client.tokens", "deepthink4j.token.kind=reasoning " + ANSWERED, "90.0"),
                        row("deepthink4j.client.tokens", "deepthink4j.token.kind=answer " + ANSWERED, "50.0"),
                        row("deepthink4j.client.first_thought", ASKED, "2.0 3.0"),
                        row("deepthink4j.client.first_word", ASKED, "2.0 8.0"),
                        row("deepthink4j.client.cost", "deepthink4j.currency=CNY " + ANSWERED, "0.0025"),
                        row("deepthink4j.client.unpriced", ANSWERED, "1.0"),
                        row("deepthink4j.client.errors", "error.type=insufficient_balance " + ASKED, "1.0"),
                        row("deepthink4j.client.retries", "error.type=server_overloaded " + ASKED, "2.0"),
                        row("deepthink4j.client.cancelled", ASKED, "1.0"),
                        row("deepthink4j.client.open_streams", "", "0.0"),
                        row(
                                "deepthink4j.step",
                                "deepthink4j.outcome=answered " + PLAN
                                        + " error.type=none error=none gen_ai.request.model=deepseek-v4-pro",
                                "1.0 3.75"),
                        row(
                                "deepthink4j.step.active",
                                RUNS + PLAN + " error.type=none gen_ai.request.model=deepseek-v4-pro",
                                "0.0 0.0"),
                        row(
                                "deepthink4j.tool",
                                "deepthink4j.outcome=answered error.type=none error=none " + CLOCK,
                                "1.0 0.75"),
                        row("deepthink4j.tool.active", RUNS + "error.type=none " + CLOCK, "0.0 0.0")));
    }

    @Test
    void should_tell_of_what_runs_while_it_runs() {
        // Given
        Map<String, String> running = new TreeMap<>();

        // When
        stepAround(() -> {
            after(3_000);
            ChatModelRequestContext call = begun(messages(), parameters().build());
            sent(call, 1, true);
            after(2_000);
            toolAround(() -> {
                after(750);
                running.putAll(measured());
            });
            listener.onCancel(call);
        });

        // Then
        assertThat(running)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        row(
                                "gen_ai.client.operation.duration.active",
                                RUNS + "error.type=none " + UNANSWERED + NO_SERVER,
                                "1.0 2.75"),
                        row(
                                "deepthink4j.step.active",
                                RUNS + PLAN + " error.type=none gen_ai.request.model=deepseek-v4-pro",
                                "1.0 5.75"),
                        row("deepthink4j.tool.active", RUNS + "error.type=none " + CLOCK, "1.0 0.75"),
                        row("deepthink4j.client.open_streams", "", "1.0")));
    }
}
