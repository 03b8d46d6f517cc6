package io.github.deepthink4j.benchmarks.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** All scenarios, by the names that the command line knows. */
public final class Scenarios {

    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        ALL.put("full-speed", new FullSpeed(false, false));
        ALL.put("full-speed-chinese", new FullSpeed(true, false));
        ALL.put("full-speed-tls", new FullSpeed(false, true));
        ALL.put("pace-200", new RealPace(200, 20, false));
        ALL.put("pace-1000", new RealPace(1000, 20, false));
        ALL.put("pace-1000-tls", new RealPace(1000, 20, true));
        ALL.put("pace-5000", new RealPace(5000, 5, false));
        ALL.put("pace-10000", new RealPace(10_000, 5, false));
        ALL.put("first-piece", new FirstPiece());
        ALL.put("cold-start", new ColdStart());
        for (CancelPhase phase : CancelPhase.all()) {
            ALL.put(phase.label(), phase);
        }
        ALL.put("kept-heap", new KeptHeap());
        ALL.put("whole-body", new WholeBody());
    }

    private Scenarios() {}

    public static Map<String, Scenario> all() {
        return ALL;
    }

    public static Scenario of(String label) {
        Scenario scenario = ALL.get(label);
        if (scenario == null) {
            throw new IllegalArgumentException("no scenario is called " + label + "; there are " + ALL.keySet());
        }
        return scenario;
    }
}
