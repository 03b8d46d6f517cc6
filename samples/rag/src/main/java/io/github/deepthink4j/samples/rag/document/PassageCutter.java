package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.model.TokenCountEstimator;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into passages, at the ends of paragraphs, tables and fenced code where that can be, else of lines, of sentences (also of Chinese ones), of words,
 * and in need in the midst of a word. A table that is cut has its header in each passage. It counts the tokens of each part once: whoever counts anew with every sentence that is added
 * needs minutes for a text of many megabytes.
 */
final class PassageCutter {

    /** Longer than nearly all passages of so many tokens are; a model's count says nothing of a word of a thousand letters. */
    private static final int CHARACTERS_PER_TOKEN = 12;

    /** So many characters are sure to be so many tokens at most: of a Hangul syllable three may be made. */
    private static final int TOKENS_PER_CHARACTER = 3;

    private static final List<Cut> CUTS = List.of(
            TextParts::ends,
            text -> ends(Pattern.compile("\n"), text),
            PassageCutter::sentenceEnds,
            text -> ends(Pattern.compile("\\s+|[\uFF0C\uFF1B\u3001\uFF1A]"), text));

    @FunctionalInterface
    private interface Cut {

        /** Where its parts end, without the end of the text. */
        List<Integer> ends(String text);
    }

    private final TokenCountEstimator estimator;
    private final int maxTokens;

    PassageCutter(TokenCountEstimator estimator, int maxTokens) {
        this.estimator = estimator;
        this.maxTokens = maxTokens;
    }

    /** In order; none is blank, and together they are the text, but for headers of tables that come again. */
    List<String> cut(String text) {
        List<String> passages = new ArrayList<>();
        cut(text, 0, passages);
        return passages;
    }

    private void cut(String text, int level, List<String> passages) {
        int begin = 0;
        int end = 0;
        int tokens = 0;
        for (String part : parts(text, level)) {
            int more = tokens(part);
            if (end > begin && (tokens + more > maxTokens || end - begin + part.length() > longest())) {
                add(text.substring(begin, end), passages);
                begin = end;
                tokens = 0;
            }
            if (more > maxTokens && level < CUTS.size()) {
                Optional<String> header = MarkdownTable.headerOf(part);
                if (level == 0 && header.isPresent() && 2 * tokens(header.get()) < maxTokens) {
                    cutTable(part, header.get(), passages);
                } else {
                    cut(part, level + 1, passages);
                }
                begin = end + part.length();
            } else {
                tokens += more;
            }
            end += part.length();
        }
        add(text.substring(begin, end), passages);
    }

    private void cutTable(String table, String header, List<String> passages) {
        int of = tokens(header);
        StringBuilder passage = new StringBuilder(header);
        int tokens = of;
        for (String row : parts(table.substring(header.length()), 1)) {
            int more = tokens(row);
            if (passage.length() > header.length()
                    && (tokens + more > maxTokens || passage.length() + row.length() > longest())) {
                add(passage.toString(), passages);
                passage.setLength(header.length());
                tokens = of;
            }
            if (of + more > maxTokens) {
                cut(row, 1, passages);
            } else {
                passage.append(row);
                tokens += more;
            }
        }
        if (passage.length() > header.length()) {
            add(passage.toString(), passages);
        }
    }

    private static void add(String text, List<String> passages) {
        if (!text.isBlank()) {
            passages.add(text.strip());
        }
    }

    private int longest() {
        return maxTokens * CHARACTERS_PER_TOKEN;
    }

    /** Of what is too long in any case they are not counted. */
    private int tokens(String part) {
        return part.length() > longest() ? maxTokens + 1 : estimator.estimateTokenCountInText(part);
    }

    private List<String> parts(String text, int level) {
        List<Integer> ends =
                new ArrayList<>(level < CUTS.size() ? CUTS.get(level).ends(text) : characterEnds(text));
        ends.add(text.length());
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int end : ends) {
            if (end > from) {
                parts.add(text.substring(from, end));
            }
            from = end;
        }
        return parts;
    }

    private static List<Integer> ends(Pattern separator, String text) {
        List<Integer> ends = new ArrayList<>();
        Matcher matcher = separator.matcher(text);
        while (matcher.find()) {
            ends.add(matcher.end());
        }
        return ends;
    }

    private static List<Integer> sentenceEnds(String text) {
        List<Integer> ends = new ArrayList<>();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            ends.add(end);
        }
        return ends;
    }

    private List<Integer> characterEnds(String text) {
        List<Integer> ends = new ArrayList<>();
        int step = Math.max(1, maxTokens / TOKENS_PER_CHARACTER);
        for (int at = 0; text.codePointCount(at, text.length()) > step; ) {
            at = text.offsetByCodePoints(at, step);
            ends.add(at);
        }
        return ends;
    }
}
