package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Scenarios;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * This project beside its peers: each scenario with each library in a JVM of its own, the libraries in turn within a pass,
 * against one server. docs/performance.md says how to run it and how to read it.
 */
public final class Compare {

    private Compare() {}

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.fromProperties();
        int missed = 0;
        int failed = 0;
        try (Processes processes = new Processes(settings)) {
            System.out.println("JDK " + Runtime.version() + ", " + settings.passes() + " passes, warm-up "
                    + settings.warmUp().toSeconds() + " s, measured "
                    + settings.measured().toSeconds() + " s, flags " + settings.jvmFlags()
                    + (processes.pinned() ? ", server and client on a core each" : ", not pinned to cores"));
            for (String scenario : settings.scenarios()) {
                Report report = new Report(scenario);
                for (int pass = 1; pass <= settings.passes(); pass++) {
                    for (Library library : settings.libraries()) {
                        failed += trials(settings, processes, report, scenario, pass, library);
                    }
                }
                missed += report.print(System.out);
            }
        }
        System.out.println("\n" + missed + " goals missed, " + failed + " trials failed");
        System.exit(failed > 0 ? 1 : 0);
    }

    /** @return how many failed */
    private static int trials(
            Settings settings, Processes processes, Report report, String scenario, int pass, Library library)
            throws Exception {
        int failed = 0;
        int jvms = settings.quick() ? 1 : Scenarios.of(scenario).jvmsPerPass();
        for (int i = 0; i < jvms; i++) {
            Map<String, Double> figures = processes.trial(scenario, library);
            report.add(library, figures);
            failed += figures.isEmpty() ? 1 : 0;
            System.err.println(scenario + ", pass " + pass + ", " + library.label() + ": "
                    + (figures.isEmpty()
                            ? "FAILED"
                            : figures.entrySet().stream()
                                    .map(figure -> figure.getKey() + " " + Cell.number(figure.getValue()))
                                    .collect(Collectors.joining("; "))));
        }
        return failed;
    }
}
