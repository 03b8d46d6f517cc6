package io.github.deepthink4j.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers to requests of a kind. It is made by {@link DeepSeekSimulator#onMessage} and its sisters, is
 * in force from then on, and is filled by the methods here:
 *
 * <pre>{@code
 * deepSeek.onMessage(containing("weather"))
 *         .think("I need the weather.").callTool("getWeather", Map.of("city", "Munich"))
 *         .then().answer("20 degrees");
 * }</pre>
 *
 * <p>{@link #then()} goes on to the next round of the same turn: the request that brings the results of the tools that were
 * called. Rounds are counted in the request itself, from its last user message on, so that any number of conversations can
 * run over one script at a time. {@link #nextTime()} gives another answer to the same round when it is asked for again,
 * which is counted by the simulator; the last one stays.
 */
public final class Script {

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

    Script(ScriptMatch match) {
        this.match = match;
        rounds.add(new Round());
    }

    /** Narrows it down to the requests that this is true of, too. */
    public synchronized Script when(Predicate<SimulatedRequest> also) {
        condition = condition == null ? also : condition.and(also);
        return this;
    }

    /** Begins the answer with a chain of thought; it is not sent where the request is not thought over. */
    public Script think(String thinking) {
        return change(answer -> answer.withThinking(thinking));
    }

    /** Answers in words. */
    public Script answer(String text) {
        return change(answer -> answer.thenText(text));
    }

    /** Calls a tool; more than one call of this method makes parallel calls. */
    public Script callTool(String name, Map<String, ?> arguments) {
        return change(answer -> answer.andToolCall(name, arguments));
    }

    /** Calls a tool with arguments as the model would write them, JSON or not. */
    public Script callTool(String name, String argumentsJson) {
        return change(answer -> answer.andToolCall(name, argumentsJson));
    }

    /** Refuses with this status, in DeepSeek's format. */
    public Script error(int status, String message) {
        return reply(Answer.error(status, message));
    }

    /** Waits so long between the pieces of a stream. */
    public Script every(Duration pause) {
        return change(answer -> answer.pause(pause));
    }

    /** Waits so long before the head of the response. */
    public Script after(Duration delay) {
        return change(answer -> answer.delay(delay));
    }

    /** Cuts the stream into pieces of this many characters instead of tokens. */
    public Script pieces(int characters) {
        return change(answer -> answer.pieces(characters));
    }

    /** Sends so many keep-alives before the first piece. */
    public Script keepAlives(int count) {
        return change(answer -> answer.keepAlives(count));
    }

    /** Ends with this reason instead of the one that fits. */
    public Script finishReason(String reason) {
        return change(answer -> answer.finishReason(reason));
    }

    /** Adds a header to the response. */
    public Script header(String name, String value) {
        return change(answer -> answer.header(name, value));
    }

    /** Lets something go wrong on the way. */
    public Script fault(Fault fault) {
        return change(answer -> answer.fault(requireNonNull(fault, "fault")));
    }

    /** Lets something go wrong after so many pieces of the stream. */
    public Script fault(Fault fault, int afterPieces) {
        return change(answer -> answer.fault(requireNonNull(fault, "fault"), afterPieces));
    }

    /** Gives an answer that was made elsewhere; the methods above can still change it. */
    public synchronized Script reply(Answer answer) {
        current().change(before -> requireNonNull(answer, "answer"));
        return this;
    }

    /** Gives an answer that depends on the request; called on the simulator's threads, several at a time. */
    public synchronized Script reply(Brain answer) {
        current().compute(requireNonNull(answer, "answer"));
        return this;
    }

    /**
     * Goes on to the next round of the turn.
     *
     * @throws IllegalStateException if this round has no answer yet
     */
    public synchronized Script then() {
        requireAnswer("then");
        rounds.add(new Round());
        return this;
    }

    /** Goes on to the following rounds of the turn, one answer each. */
    public Script then(Answer... answers) {
        Arrays.stream(answers).forEach(answer -> then().reply(answer));
        return this;
    }

    /**
     * Another answer for when this round is asked for again: by a retry, or by the same question.
     *
     * @throws IllegalStateException if this round has no answer yet
     */
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

    private synchronized Script change(UnaryOperator<Answer> change) {
        current().change(change);
        return this;
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
