package io.github.deepthink4j.samples.rag.simulator;

import java.util.Locale;

/** Scores passages the simple way: by how many words of the question stand in each. */
final class PassageScores {

    private static final String BEGIN = "Score how well each passage answers";

    private PassageScores() {}

    static boolean areAsked(String request) {
        return request.startsWith(BEGIN);
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
