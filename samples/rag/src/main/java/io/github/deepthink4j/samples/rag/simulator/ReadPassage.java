package io.github.deepthink4j.samples.rag.simulator;

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
    /** A row with letters or digits, or a sentence with its full stop: a title says nothing. */
    private static final Pattern SAYS_SOMETHING = Pattern.compile("(?Us)\\|.*\\w.*|.*\\w.*[.!?\u2026\u3002]\\W*");

    private static final String QUESTION = "</passages>\n\nQuestion: ";

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
        int start = request.lastIndexOf(QUESTION);
        return start < 0 ? request : request.substring(start + QUESTION.length());
    }

    /** Lines that were wrapped are joined; a row of a table and an item of a list stand alone. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (String block : text.split("\n{2,}|\n(?=[*-])|(?<=\\|)\n")) {
            String line = block.replaceAll("\\s+", " ").strip();
            if (line.startsWith("|")) {
                sentences.add(line);
            } else {
                split(line, sentences);
            }
        }
        sentences.removeIf(sentence -> !SAYS_SOMETHING.matcher(sentence).matches());
        return sentences;
    }

    private static void split(String line, List<String> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(line);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            sentences.add(line.substring(start, end).strip());
        }
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
