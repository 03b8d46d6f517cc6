package io.github.deepthink4j.testkit.internal.script;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.Script;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A script in force: which requests it is for, and the answers to each of its rounds. */
final class ScriptedRounds implements Script {

    private final ScriptMatch match;
    private @Nullable Predicate<SimulatedRequest> condition;
    private final List<Round> rounds = new ArrayList<>();

    /** The answers to one round, in the order in which they are given. */
    private static final class Round {

        private final List<Brain> answers = new ArrayList<>();
        private @Nullable Answer draft;
        private boolean computed;
        private int asked;

        private void change(UnaryOperator<Answer> change) {
            if (computed) {
                throw new IllegalStateException("the function makes the whole answer: let it set this, too");
            }
            Answer changed = change.apply(draft == null ? Answer.nothing() : draft);
            replace(request -> changed);
            draft = changed;
        }

        private void compute(Brain answer) {
            replace(answer);
            draft = null;
            computed = true;
        }

        private void replace(Brain answer) {
            if (draft != null || computed) {
                answers.remove(answers.size() - 1);
            }
            answers.add(answer);
        }

        private void another() {
            draft = null;
            computed = false;
        }

        private Brain next() {
            return answers.get(Math.min(asked++, answers.size() - 1));
        }
    }

    ScriptedRounds(ScriptMatch match) {
        this.match = match;
        rounds.add(new Round());
    }

    @Override
    public synchronized Script when(Predicate<SimulatedRequest> also) {
        condition = condition == null ? also : condition.and(also);
        return this;
    }

    @Override
    public synchronized Script change(UnaryOperator<Answer> change) {
        current().change(change);
        return this;
    }

    @Override
    public synchronized Script reply(Brain answer) {
        current().compute(requireNonNull(answer, "answer"));
        return this;
    }

    @Override
    public synchronized Script then() {
        requireAnswer("then");
        rounds.add(new Round());
        return this;
    }

    @Override
    public synchronized Script nextTime() {
        requireAnswer("nextTime");
        current().another();
        return this;
    }

    private void requireAnswer(String method) {
        if (current().answers.isEmpty()) {
            throw new IllegalStateException("give an answer before " + method + "(): " + this + " has none here yet");
        }
    }

    private Round current() {
        return rounds.get(rounds.size() - 1);
    }

    /** What answers a request; {@code null} if it has no answer. */
    synchronized @Nullable Brain answerTo(SimulatedRequest request) {
        if (!matches(request)) {
            return null;
        }
        int round = round(request);
        if (round >= rounds.size() || rounds.get(round).answers.isEmpty()) {
            return null;
        }
        return rounds.get(round).next();
    }

    private boolean matches(SimulatedRequest request) {
        return match.matches(request) && (condition == null || condition.test(request));
    }

    private int round(SimulatedRequest request) {
        return match.anyRound() && rounds.size() == 1 ? 0 : match.round(request);
    }

    synchronized double likeness(SimulatedRequest request) {
        return match.likeness(request);
    }

    /** Why it has not answered a request. */
    synchronized String missed(SimulatedRequest request) {
        if (!match.matches(request)) {
            return "its text is another";
        }
        if (!matches(request)) {
            return "its when(...) is not true of the request";
        }
        int round = round(request);
        return round < rounds.size()
                ? "it has no answer yet: add answer(...)"
                : "it ends with round " + rounds.size() + " and this is round " + (round + 1) + " of the turn: add"
                        + " .then()";
    }

    /** Starts its sequences again. */
    synchronized void rewind() {
        rounds.forEach(round -> round.asked = 0);
    }

    @Override
    public String toString() {
        return match.toString();
    }
}
