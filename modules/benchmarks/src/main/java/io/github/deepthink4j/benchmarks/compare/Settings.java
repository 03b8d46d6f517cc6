package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Scenarios;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the command line says, as system properties. */
record Settings(
        List<String> scenarios,
        List<Library> libraries,
        int passes,
        Duration warmUp,
        Duration measured,
        boolean quick,
        List<String> jvmFlags) {

    /** The same for all, so that the collector is not chosen by the size of the machine. */
    private static final String FLAGS = "-Xms1g -Xmx2g -XX:+UseSerialGC";

    static Settings fromProperties() {
        boolean quick = !System.getProperty("quick", "false").equals("false");
        return new Settings(
                scenarios(get("scenario", "all")),
                libraries(get("libraries", "all")),
                Integer.parseInt(get("passes", quick ? "1" : "3")),
                Duration.ofSeconds(Long.parseLong(get("warmup", quick ? "1" : "15"))),
                Duration.ofSeconds(Long.parseLong(get("measured", quick ? "1" : "15"))),
                quick,
                List.of(get("flags", FLAGS).split(" +")));
    }

    private static String get(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }

    /** A name may be a beginning: {@code cancel} is all five of them. */
    private static List<String> scenarios(String names) {
        List<String> chosen = Scenarios.all().keySet().stream()
                .filter(scenario -> names.equals("all")
                        || Arrays.stream(names.split(","))
                                .anyMatch(name -> scenario.equals(name)
                                        || !Scenarios.all().containsKey(name) && scenario.startsWith(name)))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no scenario begins with " + names + "; there are "
                    + Scenarios.all().keySet());
        }
        return chosen;
    }

    private static List<Library> libraries(String names) {
        return names.equals("all")
                ? List.of(Library.values())
                : Arrays.stream(names.split(",")).map(Library::of).toList();
    }
}
