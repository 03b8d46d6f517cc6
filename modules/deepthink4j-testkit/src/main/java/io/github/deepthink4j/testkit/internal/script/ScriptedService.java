package io.github.deepthink4j.testkit.internal.script;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.testkit.script.ServiceAnswer;
import io.github.deepthink4j.testkit.script.ServiceScript;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A script in force for requests beside chats. */
final class ScriptedService implements ServiceScript {

    private final Service service;
    private final TextMatch text;
    private @Nullable Predicate<SimulatedRequest> condition;
    private final List<Turn> turns = new ArrayList<>(List.of(new Turn()));
    private int asked;

    /** One answer: what changes the kit's own, or what gives another. */
    private static final class Turn {

        private final List<UnaryOperator<ServiceAnswer>> changes = new ArrayList<>();
        private @Nullable Function<SimulatedRequest, ServiceAnswer> computed;
        private boolean hasResults;

        private boolean isEmpty() {
            return changes.isEmpty() && computed == null;
        }
    }

    ScriptedService(Service service, TextMatch text) {
        this.service = service;
        this.text = text;
    }

    boolean isFor(Service asked) {
        return service == asked;
    }

    @Override
    public synchronized ServiceScript when(Predicate<SimulatedRequest> also) {
        condition = condition == null ? also : condition.and(also);
        return this;
    }

    @Override
    public synchronized ServiceScript change(UnaryOperator<ServiceAnswer> change) {
        if (last().computed != null) {
            throw new IllegalStateException("the function makes the whole answer: let it set this, too");
        }
        last().changes.add(requireNonNull(change, "change"));
        return this;
    }

    @Override
    public synchronized ServiceScript reply(Function<SimulatedRequest, ServiceAnswer> answer) {
        last().changes.clear();
        last().computed = requireNonNull(answer, "answer");
        return this;
    }

    @Override
    public synchronized ServiceScript result(String title, String url, String summary) {
        boolean first = !last().hasResults;
        last().hasResults = true;
        return change(answer ->
                (first ? answer.withBody(ServiceAnswer.noResults().body()) : answer).andResult(title, url, summary));
    }

    @Override
    public synchronized ServiceScript nextTime() {
        if (last().isEmpty()) {
            throw new IllegalStateException("give an answer before nextTime(): " + this + " has none here yet");
        }
        turns.add(new Turn());
        return this;
    }

    private Turn last() {
        return turns.get(turns.size() - 1);
    }

    /**
     * What answers a request; {@code null} if it has no answer.
     *
     * @param said what scripts go by, such as the query
     */
    synchronized @Nullable Function<ServiceAnswer, ServiceAnswer> answerTo(String said, SimulatedRequest request) {
        if (!text.matches(said) || condition != null && !condition.test(request)) {
            return null;
        }
        Turn turn = turns.get(Math.min(asked, turns.size() - 1));
        if (turn.isEmpty()) {
            return null;
        }
        asked++;
        Function<SimulatedRequest, ServiceAnswer> computed = turn.computed;
        if (computed != null) {
            return own -> computed.apply(request);
        }
        List<UnaryOperator<ServiceAnswer>> changes = List.copyOf(turn.changes);
        return own -> {
            ServiceAnswer answer = own;
            for (UnaryOperator<ServiceAnswer> change : changes) {
                answer = change.apply(answer);
            }
            return answer;
        };
    }

    /** Starts its sequence again. */
    synchronized void rewind() {
        asked = 0;
    }

    @Override
    public String toString() {
        return service.script() + "(" + text + ")";
    }
}
