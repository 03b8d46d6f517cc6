package io.github.deepthink4j.testkit;

import io.github.deepthink4j.testkit.RuleCheck.Facts;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test has set up: the rules, and who answers. One answer at a time is taken from it. */
final class Setup {

    private final Brain builtIn;
    private final Deque<Answer> queue = new ArrayDeque<>();
    private final List<Script> scripts = new ArrayList<>();
    private final Set<Rule> rules = EnumSet.copyOf(Rule.byDefault());
    private @Nullable Brain brain;
    private @Nullable Replay replay;
    private @Nullable Fault nextFault;
    private boolean strict;
    private boolean scriptedOnly;

    /**
     * @param builtIn answers where nothing was set up at all
     * @param brain   answers where nothing else does; {@code null} if there is none
     */
    Setup(Brain builtIn, @Nullable Brain brain) {
        this.builtIn = builtIn;
        this.brain = brain;
    }

    /**
     * What answers a request; neither is there if nothing does.
     *
     * @param brain to be asked outside of all locks, since it is the user's code
     */
    record Source(
            @Nullable Brain brain,
            @Nullable RecordedExchange recorded,
            @Nullable Fault fault) {}

    /** What to return to after a test. */
    record Saved(
            List<Answer> queue,
            List<Script> scripts,
            Set<Rule> rules,
            @Nullable Brain brain,
            @Nullable Replay replay,
            boolean strict) {}

    synchronized void brain(Brain newBrain) {
        brain = newBrain;
    }

    synchronized void queue(List<Answer> answers) {
        queue.addAll(answers);
    }

    synchronized Script script(ScriptMatch match) {
        Script script = new Script(match);
        scripts.add(script);
        return script;
    }

    synchronized void replay(Replay newReplay) {
        replay = newReplay;
    }

    synchronized void fault(Fault fault) {
        nextFault = fault;
    }

    synchronized void rules(Collection<Rule> enforced) {
        rules.clear();
        rules.addAll(enforced);
    }

    synchronized void enforce(Rule rule, boolean on) {
        if (on) {
            rules.add(rule);
        } else {
            rules.remove(rule);
        }
    }

    synchronized void strict(boolean on) {
        strict = on;
    }

    synchronized boolean isStrict() {
        return strict;
    }

    synchronized void scriptedOnly(boolean on) {
        scriptedOnly = on;
    }

    /** What breaks a rule of this severity, in the order of the rules. */
    synchronized List<Refusal> breaches(Facts facts, Rule.Severity severity) {
        List<Refusal> breaches = new ArrayList<>();
        for (Rule rule : rules) {
            Refusal refusal = rule.severity() == severity ? rule.check().breach(facts) : null;
            if (refusal != null) {
                breaches.add(refusal);
            }
        }
        return breaches;
    }

    synchronized Source next(SimulatedRequest request) {
        Fault fault = nextFault;
        nextFault = null;
        Answer queued = queue.poll();
        Brain found = queued == null ? null : asked -> queued;
        for (int i = scripts.size() - 1; i >= 0 && found == null; i--) {
            found = scripts.get(i).answerTo(request);
        }
        RecordedExchange recorded = found == null ? recorded(request) : null;
        return new Source(found == null && recorded == null ? fallback() : found, recorded, fault);
    }

    synchronized @Nullable RecordedExchange recorded(SimulatedRequest request) {
        return replay == null ? null : replay.find(request);
    }

    private @Nullable Brain fallback() {
        boolean builtInAnswers = scripts.isEmpty() && replay == null && !scriptedOnly;
        return brain != null || !builtInAnswers ? brain : builtIn;
    }

    /** Why nothing has answered a request: what came nearest. */
    synchronized String nearest(SimulatedRequest request) {
        Script nearest = null;
        double likeness = -1;
        for (Script script : scripts) {
            if (script.likeness(request) >= likeness) {
                likeness = script.likeness(request);
                nearest = script;
            }
        }
        String ofScripts = nearest == null
                ? "There is no script: add one with onMessage(...) or onRequest(...)."
                : "The nearest of " + scripts.size() + " is " + nearest + ": " + nearest.missed(request) + ".";
        return replay == null ? ofScripts : ofScripts + "\n" + replay.nearest(request);
    }

    synchronized Saved save() {
        return new Saved(List.copyOf(queue), List.copyOf(scripts), Set.copyOf(rules), brain, replay, strict);
    }

    synchronized void restore(Saved saved) {
        clear();
        queue.addAll(saved.queue());
        scripts.addAll(saved.scripts());
        scripts.forEach(Script::rewind);
        rules(saved.rules());
        brain = saved.brain();
        replay = saved.replay();
        if (replay != null) {
            replay.rewind();
        }
        strict = saved.strict();
    }

    /** Forgets all but the rules and the brain. */
    synchronized void clear() {
        queue.clear();
        scripts.clear();
        replay = null;
        nextFault = null;
    }
}
