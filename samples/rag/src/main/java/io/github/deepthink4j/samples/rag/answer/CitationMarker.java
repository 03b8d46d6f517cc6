package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.retrieval.NotInTheseDocumentsException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Passes an answer on, sentence by sentence as it comes, and marks each claim that cites no passage, or one that there
 * is not, and what the passages that it cites do not say. What is no claim is left alone: headings, questions, lines that
 * lead in to a list, code.
 */
final class CitationMarker {

    private static final Pattern WORDS = Pattern.compile("(?U)\\w+\\W+\\w+\\W+\\w+|\\p{IsHan}{4}");
    private static final Pattern TABLE_RULE = Pattern.compile("\\|[-:| ]*");
    private static final Pattern NO_CLAIM = Pattern.compile("(?s)#.*|.*[?？:：][*_]*");

    /** What speaks against a sentence, given the passages that it cites. */
    interface Check {

        Optional<String> objection(String sentence, SortedSet<Integer> cited);
    }

    private final int passages;
    private final Check check;
    private final Consumer<MarkedSentence> out;
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder whole = new StringBuilder();
    private final SortedSet<Integer> cited = new TreeSet<>();
    private boolean inCode;
    private boolean inTable;

    /**
     * @param passages how many there are to cite
     * @param out      gets the sentences
     */
    CitationMarker(int passages, Check check, Consumer<MarkedSentence> out) {
        this.passages = passages;
        this.check = check;
        this.out = out;
    }

    void accept(String piece) {
        whole.append(piece);
        pending.append(piece);
        for (int end = Sentences.firstEnd(pending); end >= 0; end = Sentences.firstEnd(pending)) {
            pass(pending.substring(0, end));
            pending.delete(0, end);
        }
    }

    /** Nothing more comes. */
    void end() {
        pass(pending.toString());
        pending.setLength(0);
    }

    /** Nothing more comes, although it was not all: the last sentence is not marked, since its source may have been to come. */
    void cut() {
        out.accept(new MarkedSentence(pending.toString(), new TreeSet<>(), false, ""));
        pending.setLength(0);
    }

    String text() {
        return whole.toString();
    }

    /** The passages cited so far that there are. */
    SortedSet<Integer> cited() {
        return new TreeSet<>(cited);
    }

    static boolean isRefusal(String answer) {
        return NotInTheseDocumentsException.isSaidBy(answer);
    }

    private void pass(String sentence) {
        String stripped = sentence.strip();
        SortedSet<Integer> numbers = Citations.in(stripped);
        numbers.removeIf(number -> number < 1 || number > passages);
        boolean claim = isClaim(stripped);
        if (!inCode) {
            cited.addAll(numbers);
        }
        if (!sentence.isEmpty()) {
            boolean checked =
                    !inCode && !numbers.isEmpty() && !NO_CLAIM.matcher(stripped).matches();
            String objection = checked ? check.objection(stripped, numbers).orElse("") : "";
            out.accept(new MarkedSentence(sentence, numbers, claim, objection));
        }
    }

    private boolean isClaim(String sentence) {
        if (sentence.startsWith("```")) {
            inCode = !inCode;
            return false;
        }
        boolean firstRow = sentence.startsWith("|") && !inTable;
        inTable = sentence.startsWith("|");
        return !inCode
                && !firstRow
                && WORDS.matcher(sentence).find()
                && !TABLE_RULE.matcher(sentence).matches()
                && !NO_CLAIM.matcher(sentence).matches()
                && !isRefusal(sentence);
    }
}
