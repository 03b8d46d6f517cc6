package io.github.deepthink4j.samples.rag.simulator;

import java.util.List;
import java.util.Locale;

/** Scores passages the simple way: by how many words of the question stand in each. */
final class PassageScores {

    private static final List<String> BEGINNINGS = List.of("Score how well each passage answers", "给每个段落打分");

    private PassageScores() {}

    static boolean areAsked(String request) {
        return BEGINNINGS.stream().anyMatch(request::startsWith);
    }

    static String of(String request) {
        String question = ReadPassage.question(request);
        StringBuilder scores = new StringBuilder();
        for (ReadPassage passage : ReadPassage.in(request)) {
            double share = SharedWords.share(question, passage.heading() + "\n" + passage.text());
            scores.append(String.format(Locale.ROOT, "%d: %.1f%n", passage.number(), 10 * share));
        }
        return scores.toString();
    }
}
