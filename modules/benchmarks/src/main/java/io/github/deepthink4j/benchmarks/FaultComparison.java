package io.github.deepthink4j.benchmarks;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user sees of each fault, with this project and with LangChain4j's OpenAI module pointed at the same server: one
 * table, printed as Markdown. Both get the same limits, as far as they have them: half a second of silence, two seconds in
 * all; no retries.
 */
public final class FaultComparison {

    private static final Answer ANSWER = Answer.thinking("A thought of some length, in several pieces.")
            .thenText("An answer of some length, in several pieces.");
    private static final Answer TOOL_CALL = ANSWER.andToolCall("getWeather", "{\"city\":\"Munich\"}");

    private FaultComparison() {}

    public static void main(String[] args) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("none", ANSWER));
        faults().forEach((name, answer) -> rows.add(Row.of(name, answer)));
        rows.add(Row.at("connection refused", "http://127.0.0.1:" + UnusablePorts.closed()));
        rows.add(Row.at("TLS failure", "https://127.0.0.1:" + UnusablePorts.withoutTls()));

        System.out.println("| Fault | deepthink4j, blocking | OpenAI module, blocking | deepthink4j, streaming |"
                + " OpenAI module, streaming |");
        System.out.println("|---|---|---|---|---|");
        rows.forEach(System.out::println);
        System.out.println();
        List<Row> faults = rows.subList(1, rows.size());
        System.out.println("Of " + faults.size() + " faults"
                + summary("deepthink4j, blocking", faults, Row::ours)
                + summary("OpenAI module, blocking", faults, Row::theirs)
                + summary("deepthink4j, streaming", faults, Row::oursStreaming)
                + summary("OpenAI module, streaming", faults, Row::theirsStreaming));
        // Whoever hangs must not hold up the end.
        System.exit(0);
    }

    private static String summary(String who, List<Row> rows, Function<Row, Outcome> column) {
        long successes = rows.stream().map(column).filter(Outcome::success).count();
        long nothing = rows.stream().map(column).filter(Outcome::nothing).count();
        return "\n- " + who + ": " + successes + " called a success, " + nothing + " without an end";
    }

    /** What each of the four has made of one fault. */
    private record Row(String name, Outcome ours, Outcome theirs, Outcome oursStreaming, Outcome theirsStreaming) {

        /** Each trial has a server of its own, so that what hangs disturbs nobody. */
        static Row of(String name, Answer answer) {
            return new Row(
                    name,
                    with(answer, url -> Outcome.ofBlocking(Subjects.ours(url))),
                    with(answer, url -> Outcome.ofBlocking(Subjects.theirs(url))),
                    with(answer, url -> Outcome.ofStreaming(Subjects.oursStreaming(url))),
                    with(answer, url -> Outcome.ofStreaming(Subjects.theirsStreaming(url))));
        }

        static Row at(String name, String url) {
            return new Row(
                    name,
                    Outcome.ofBlocking(Subjects.ours(url)),
                    Outcome.ofBlocking(Subjects.theirs(url)),
                    Outcome.ofStreaming(Subjects.oursStreaming(url)),
                    Outcome.ofStreaming(Subjects.theirsStreaming(url)));
        }

        @Override
        public String toString() {
            return Stream.of(name, ours, theirs, oursStreaming, theirsStreaming)
                    .map(Object::toString)
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }
    }

    private static Map<String, Answer> faults() {
        Map<String, Answer> rows = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            rows.put(
                    fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    (fault == Fault.CUT_IN_TOOL_CALL ? TOOL_CALL : ANSWER).fault(fault));
        }
        for (String reason :
                new String[] {"content_filter", "insufficient_system_resource", "aborted", "never_heard_of"}) {
            rows.put("finish reason " + reason, ANSWER.finishReason(reason));
        }
        for (int status : new int[] {400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 520}) {
            rows.put("HTTP " + status, Answer.error(status, "for a test"));
        }
        return rows;
    }

    private interface Trial {
        Outcome at(String baseUrl);
    }

    private static Outcome with(Answer answer, Trial trial) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.brain(request -> answer);
            return trial.at(deepSeek.baseUrl());
        }
    }
}
