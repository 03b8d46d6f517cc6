package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.ServiceAnswer;
import io.github.deepthink4j.testkit.script.ServiceScript;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scripts for what is served beside chats, the latest first. Thread-safe. */
public final class ServiceScripts {

    private final List<ScriptedService> scripts = new ArrayList<>();

    public synchronized ServiceScript add(Service service, TextMatch text) {
        ScriptedService script = new ScriptedService(service, text);
        scripts.add(script);
        return script;
    }

    /**
     * What makes the answer out of the kit's own, to be called outside of all locks, since it may be the user's code; {@code null} if
     * there are scripts and none of them has one.
     *
     * @param said what scripts go by, such as the query
     */
    public synchronized @Nullable Function<ServiceAnswer, ServiceAnswer> next(
            Service service, String said, SimulatedRequest request) {
        List<ScriptedService> of = of(service);
        for (int i = of.size() - 1; i >= 0; i--) {
            Function<ServiceAnswer, ServiceAnswer> found = of.get(i).answerTo(said, request);
            if (found != null) {
                return found;
            }
        }
        // A file is kept whatever it is called: scripts only change what is said of some.
        return of.isEmpty() || service == Service.UPLOAD ? own -> own : null;
    }

    /** Those that have not answered, for whoever looks for the reason. */
    public synchronized String named(Service service) {
        return of(service).stream().map(ScriptedService::toString).collect(Collectors.joining(", "));
    }

    private List<ScriptedService> of(Service service) {
        return scripts.stream().filter(script -> script.isFor(service)).toList();
    }

    synchronized List<ScriptedService> save() {
        return List.copyOf(scripts);
    }

    synchronized void restore(List<ScriptedService> saved) {
        scripts.clear();
        scripts.addAll(saved);
        scripts.forEach(ScriptedService::rewind);
    }

    synchronized void clear() {
        scripts.clear();
    }
}
