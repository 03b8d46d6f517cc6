package io.github.deepthink4j.samples.rag.simulator;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges sentences by their passages the simple way: most words of one must stand there. */
final class ClaimJudge {

    private static final Pattern SENTENCE =
            Pattern.compile("<sentence number=\"(\\d+)\" cites=\"([\\d, ]*)\">(.*?)</sentence>", Pattern.DOTALL);

    private static final List<String> BEGINNINGS = List.of("Check an answer", "对照所引用的段落检查一个回答");

    /** So many of its words. */
    private static final double MOST = 0.5;

    private ClaimJudge() {}

    static boolean isAsked(String request) {
        return BEGINNINGS.stream().anyMatch(request::startsWith)
                && SENTENCE.matcher(request).find();
    }

    static String verdicts(String request) {
        List<ReadPassage> passages = ReadPassage.in(request);
        StringBuilder verdicts = new StringBuilder();
        Matcher sentence = SENTENCE.matcher(request);
        while (sentence.find()) {
            List<String> cited = List.of(sentence.group(2).split(", "));
            StringBuilder read = new StringBuilder();
            passages.stream()
                    .filter(passage -> cited.contains(String.valueOf(passage.number())))
                    .forEach(passage -> read.append(passage.heading())
                            .append('\n')
                            .append(passage.text())
                            .append('\n'));
            boolean says = SharedWords.share(sentence.group(3), read.toString()) >= MOST;
            verdicts.append(sentence.group(1)).append(says ? ": yes\n" : ": no\n");
        }
        return verdicts.toString();
    }
}
