package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each question costs, as it stands under the answer. */
class BillTest {

    private static final Pattern SIMULATED = Pattern.compile(
            "would cost on DeepSeek, as deepseek-flash: ([\\d.]+) USD \\([^)]*\\); this conversation: ([\\d.]+) USD]");

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void stop() {
        deepSeek.close();
    }

    private static Run ask(Map<String, String> environment, String input) {
        return SampleCorpus.run(
                environment, input, "ask", "--index", SampleCorpus.index().toString());
    }

    private static List<double[]> costs(Run run) {
        return SIMULATED
                .matcher(run.output())
                .results()
                .map(line -> new double[] {Double.parseDouble(line.group(1)), Double.parseDouble(line.group(2))})
                .toList();
    }

    @Test
    void should_count_the_rewriting_and_begin_anew_with_the_conversation() {
        String first = "Is the Ostro 2 waterproof?\n";

        List<double[]> costs = costs(ask(Map.of(), first + "And how long is its warranty?\n/forget\n" + first));

        assertThat(costs).hasSize(3);
        assertThat(costs.get(1)[1]).isCloseTo(costs.get(0)[0] + costs.get(1)[0], withPercentage(1));
        assertThat(costs.get(2)[1]).isEqualTo(costs.get(2)[0]);
    }

    @Test
    void should_say_of_an_unknown_price_and_of_an_unknown_usage_that_they_are() {
        deepSeek.onAnyMessage().answer("It is not. [1]");

        Run run = ask(
                Map.of("DEEPSEEK_API_KEY", "secret-key", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                "Is the Ostro 2 waterproof?\n");

        assertThat(run.output()).contains("[cost unknown: ").contains("; this conversation: at least 0 USD]");
    }
}
