package io.github.deepthink4j.agent.consensus;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts votes. Of answers with as many votes, the one wins that was given by the sample with the lowest number. */
final class Ballot {

    private static final Comparator<Vote> BEST_FIRST =
            Comparator.comparing(Vote::count).reversed().thenComparing(Vote::firstSample);

    private final AnswerExtractor extractor;
    private final Map<Object, List<Integer>> votes = new LinkedHashMap<>();
    private final Map<Integer, ChatResponse> responses = new TreeMap<>();
    private final Map<Integer, RuntimeException> failures = new TreeMap<>();

    Ballot(AnswerExtractor extractor) {
        this.extractor = extractor;
    }

    /** What an extractor throws is a failure of this sample, since it has understood nothing. */
    void add(int sample, ChatResponse response) {
        Optional<Object> answer;
        try {
            answer = extractor.extract(response);
        } catch (RuntimeException e) {
            fail(sample, e);
            return;
        }
        responses.put(sample, response);
        answer.ifPresent(
                found -> votes.computeIfAbsent(found, key -> new ArrayList<>()).add(sample));
    }

    void fail(int sample, RuntimeException error) {
        failures.put(sample, error);
    }

    /** Whether no other answer can win any more, whatever the outstanding samples say. */
    boolean isDecided(int outstanding) {
        List<Vote> standing = votes();
        if (standing.isEmpty()) {
            return false;
        }
        int second = standing.size() > 1 ? standing.get(1).count() : 0;
        return standing.get(0).count() > second + outstanding;
    }

    /** The most frequent answer first. */
    List<Vote> votes() {
        return votes.entrySet().stream()
                .map(entry -> new Vote(entry.getKey(), entry.getValue()))
                .sorted(BEST_FIRST)
                .toList();
    }

    /**
     * The number of the sample whose response is the result: of those that gave the winning answer, the first; if no answer was
     * found in any, the first of all. Empty if all have failed.
     */
    Optional<Integer> winner() {
        List<Vote> standing = votes();
        return standing.isEmpty()
                ? responses.keySet().stream().findFirst()
                : Optional.of(standing.get(0).firstSample());
    }

    /** Of a sample that has answered, such as the winner. */
    ChatResponse response(int sample) {
        return requireNonNull(responses.get(sample), "this sample has not answered");
    }

    /** In the order of the samples' numbers. */
    List<RuntimeException> failures() {
        return List.copyOf(failures.values());
    }
}
