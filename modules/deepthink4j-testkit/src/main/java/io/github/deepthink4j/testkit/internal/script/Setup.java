package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.internal.rule.RuleBook;
import io.github.deepthink4j.testkit.recording.Equivalence;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.Script;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a test has set up: the rules, and who answers. One answer at a time is taken from it. */
public final class Setup {

    private final Brain builtIn = new ArithmeticBrain();
    private final Deque<Answer> queue = new ArrayDeque<>();
    private final List<ScriptedRounds> scripts = new ArrayList<>();
    private final Set<Rule> rules = EnumSet.copyOf(Rule.byDefault());
    private final Map<Rule, Refusal> words = new EnumMap<>(Rule.class);
    private int contextLimit;
    private volatile int concurrencyLimit;
    private @Nullable Brain brain;
    private @Nullable Replay replay;
    private @Nullable Fault nextFault;
    private boolean strict;
    private boolean scriptedOnly;
    private final ServiceScripts services = new ServiceScripts();

    /**
     * @param brain answers where nothing else does; {@code null} if there is none
     */
    public Setup(@Nullable Brain brain) {
        this.brain = brain;
    }

    /**
     * What answers a request; neither is there if nothing does.
     *
     * @param brain to be asked outside of all locks, since it is the user's code
     */
    public record Source(
            @Nullable Brain brain,
            @Nullable RecordedExchange recorded,
            @Nullable Fault fault) {}

    /** What to return to after a test. */
    public record Saved(
            List<Answer> queue,
            List<ScriptedRounds> scripts,
            Set<Rule> rules,
            Map<Rule, Refusal> words,
            int contextLimit,
            int concurrencyLimit,
            @Nullable Brain brain,
            @Nullable Replay replay,
            boolean strict,
            List<ScriptedService> services) {}

    public synchronized void brain(Brain newBrain) {
        brain = newBrain;
    }

    public synchronized void queue(List<Answer> answers) {
        queue.addAll(answers);
    }

    public Script onMessage(TextMatch text) {
        return script(new ScriptMatch.OnMessage(text));
    }

    public Script onToolResult(TextMatch text) {
        return script(new ScriptMatch.OnToolResult(text));
    }

    public Script onRequest(Predicate<SimulatedRequest> predicate) {
        return script(new ScriptMatch.OnRequest(predicate));
    }

    private synchronized Script script(ScriptMatch match) {
        ScriptedRounds script = new ScriptedRounds(match);
        scripts.add(script);
        return script;
    }

    public synchronized void replay(List<RecordedExchange> exchanges, Equivalence equivalence) {
        replay = new Replay(exchanges, equivalence);
    }

    public synchronized void fault(Fault fault) {
        nextFault = fault;
    }

    /** The fault that the next request meets, once; {@code null} if none was set. */
    public synchronized @Nullable Fault takeFault() {
        Fault fault = nextFault;
        nextFault = null;
        return fault;
    }

    /** What is answered beside chats. */
    public ServiceScripts services() {
        return services;
    }

    public synchronized void rules(Collection<Rule> enforced) {
        rules.clear();
        rules.addAll(enforced);
    }

    public synchronized void enforce(Rule rule, boolean on) {
        if (on) {
            rules.add(rule);
        } else {
            rules.remove(rule);
        }
    }

    public synchronized void strict(boolean on) {
        strict = on;
    }

    public synchronized boolean isStrict() {
        return strict;
    }

    public synchronized void scriptedOnly(boolean on) {
        scriptedOnly = on;
    }

    /** The words for a breach of a rule, in place of the kit's. */
    public synchronized void words(Rule rule, int status, String message) {
        words.put(rule, Refusal.of(status, message));
    }

    /**
     * @param tokens 0 for the generation's own
     */
    public synchronized void contextLimit(int tokens) {
        contextLimit = tokens;
    }

    /**
     * @param requests 0 for none
     */
    public void concurrencyLimit(int requests) {
        concurrencyLimit = requests;
    }

    /** How many chat requests are answered at a time; 0 for any number. */
    public int concurrencyLimit() {
        return concurrencyLimit;
    }

    /** The same request to a model with the context that was set. */
    public synchronized RequestFacts within(RequestFacts facts) {
        return contextLimit == 0 ? facts : facts.context(contextLimit);
    }

    /** What is said of each rule of this severity that is enforced and broken. */
    public synchronized List<Refusal> refusals(RequestFacts facts, Rule.Severity severity) {
        return RuleBook.breaches(rules, severity, facts).stream()
                .map(breach -> words.getOrDefault(breach.rule(), breach.refusal()))
                .toList();
    }

    public synchronized Source next(SimulatedRequest request) {
        Fault fault = takeFault();
        Answer queued = queue.poll();
        Brain found = queued == null ? null : asked -> queued;
        for (int i = scripts.size() - 1; i >= 0 && found == null; i--) {
            found = scripts.get(i).answerTo(request);
        }
        RecordedExchange recorded = found == null ? recorded(request) : null;
        return new Source(found == null && recorded == null ? fallback() : found, recorded, fault);
    }

    public synchronized @Nullable RecordedExchange recorded(SimulatedRequest request) {
        return replay == null ? null : replay.find(request);
    }

    private @Nullable Brain fallback() {
        boolean builtInAnswers = scripts.isEmpty() && replay == null && !scriptedOnly;
        return brain != null || !builtInAnswers ? brain : builtIn;
    }

    /** Why nothing has answered a request: what came nearest. */
    public synchronized String nearest(SimulatedRequest request) {
        ScriptedRounds nearest = null;
        double likeness = -1;
        for (ScriptedRounds script : scripts) {
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

    public synchronized Saved save() {
        return new Saved(
                List.copyOf(queue),
                List.copyOf(scripts),
                Set.copyOf(rules),
                Map.copyOf(words),
                contextLimit,
                concurrencyLimit,
                brain,
                replay,
                strict,
                services.save());
    }

    public synchronized void restore(Saved saved) {
        clear();
        queue.addAll(saved.queue());
        scripts.addAll(saved.scripts());
        scripts.forEach(ScriptedRounds::rewind);
        rules(saved.rules());
        words.clear();
        words.putAll(saved.words());
        contextLimit = saved.contextLimit();
        concurrencyLimit = saved.concurrencyLimit();
        brain = saved.brain();
        replay = saved.replay();
        if (replay != null) {
            replay.rewind();
        }
        strict = saved.strict();
        services.restore(saved.services());
    }

    /** Forgets all but the rules, their words, the limits and the brain. */
    public synchronized void clear() {
        queue.clear();
        scripts.clear();
        replay = null;
        nextFault = null;
        services.clear();
    }
}
