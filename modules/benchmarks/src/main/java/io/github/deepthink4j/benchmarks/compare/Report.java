package io.github.deepthink4j.benchmarks.compare;

import io.github.deepthink4j.benchmarks.scenario.Figure;
import io.github.deepthink4j.benchmarks.subject.Library;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The figures of one scenario as a Markdown table, a line for each figure of each library. */
final class Report {

    private final String scenario;
    private final Map<Library, List<Map<String, Double>>> trials = new EnumMap<>(Library.class);

    Report(String scenario) {
        this.scenario = scenario;
    }

    void add(Library library, Map<String, Double> figures) {
        trials.computeIfAbsent(library, it -> new ArrayList<>()).add(figures);
    }

    /** @return how many goals were missed */
    int print(PrintStream out) {
        out.println("\n## " + scenario + "\n");
        out.println("| figure | library | median (least to most) | ratio to " + Library.BASE.label()
                + " | goal | | others, cores |");
        out.println("|---|---|---|---|---|---|---|");
        Set<String> names = new LinkedHashSet<>();
        trials.values().forEach(list -> list.forEach(figures -> names.addAll(figures.keySet())));
        names.remove(Figure.OTHERS);
        int missed = 0;
        for (String name : names) {
            for (Library library : trials.keySet()) {
                Cell value = Cell.of(values(library, name));
                Cell ratio = Cell.of(ratios(library, name));
                Optional<Goal> goal = Goal.of(scenario, name, library);
                boolean met =
                        goal.map(it -> it.isMet(value.median(), ratio.median())).orElse(true);
                missed += met ? 0 : 1;
                out.println("| " + name + " | " + library.label() + " | " + value + " | "
                        + (library == Library.BASE ? "" : ratio) + " | "
                        + goal.map(Goal::text).orElse("") + " | "
                        + (goal.isEmpty() ? "" : met ? "met" : "MISSED") + " | "
                        + Cell.of(values(library, Figure.OTHERS)) + " |");
            }
        }
        return missed;
    }

    private List<Double> values(Library library, String name) {
        return trials.getOrDefault(library, List.of()).stream()
                .map(figures -> figures.getOrDefault(name, Double.NaN))
                .filter(value -> !value.isNaN())
                .toList();
    }

    /** Trial by trial: what disturbed a pass disturbed both. */
    private List<Double> ratios(Library library, String name) {
        List<Map<String, Double>> own = trials.getOrDefault(library, List.of());
        List<Map<String, Double>> base = trials.getOrDefault(Library.BASE, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(own.size(), base.size()); i++) {
            double ratio =
                    own.get(i).getOrDefault(name, Double.NaN) / base.get(i).getOrDefault(name, Double.NaN);
            if (Double.isFinite(ratio)) {
                ratios.add(ratio);
            }
        }
        return ratios;
    }
}
