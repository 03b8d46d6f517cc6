package io.github.deepthink4j.samples.rag.simulator;

import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A passage as it is read from a request. */
record ReadPassage(int number, String heading, String text) {

    private static final Pattern PASSAGE = Pattern.compile(
            "<passage number=\"(\\d+)\" file=\"[^\"]*\" heading=\"([^\"]*)\">\n(.*?)\n</passage>", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("(?Us).*\\w.*");
    /** A sentence with its full stop, a row of a table, an item of a list, or something with a number in it. */
    private static final Pattern SAYS_SOMETHING = Pattern.compile(
            "(?Us)(?:\\||[-*+\u2022] |\\d+[.)] ).*|.*[.!?:;\u2026\u3002\uff01\uff1f\uff1a\uff1b]\\W*|.*\\d.*");
    /** What is longer than this is no title. */
    private static final int LONGEST_TITLE = 40;

    private static final String END = "</passages>\n";

    static List<ReadPassage> in(String request) {
        List<ReadPassage> passages = new ArrayList<>();
        Matcher matcher = PASSAGE.matcher(request);
        while (matcher.find()) {
            passages.add(new ReadPassage(
                    Integer.parseInt(matcher.group(1)), plain(matcher.group(2)), plain(matcher.group(3))));
        }
        return passages;
    }

    static String question(String request) {
        for (String label : List.of(PassageInjector.QUESTION, PassageInjector.QUESTION_IN_CHINESE)) {
            int start = request.lastIndexOf(END + label);
            if (start >= 0) {
                return request.substring(start + END.length() + label.length());
            }
        }
        return request;
    }

    /**
     * Lines that were wrapped are joined; a row of a table and an item of a list stand alone. A title is passed over, but not
     * where there is nothing else: many a text, a list or code has no full stop at all. Empty only if there are no words.
     */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (String block :
                text.split("(?m)^\\s*(?:```|~~~).*$|\n\\s*\n|\n(?=\\s*(?:[*+\u2022-] |\\d+[.)] ))|(?<=\\|)\n")) {
            String line = block.replaceAll("\\s+", " ").strip();
            if (line.startsWith("|")) {
                sentences.add(line);
            } else {
                split(line, sentences);
            }
        }
        sentences.removeIf(sentence -> !WORDS.matcher(sentence).matches());
        List<String> telling =
                sentences.stream().filter(ReadPassage::saysSomething).toList();
        return telling.isEmpty() ? sentences : telling;
    }

    private static boolean saysSomething(String sentence) {
        return sentence.length() > LONGEST_TITLE
                || SAYS_SOMETHING.matcher(sentence).matches();
    }

    private static void split(String line, List<String> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(line);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            sentences.add(line.substring(start, end).strip());
        }
    }

    static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
