package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came of a question.
 *
 * @param text        as the reasoner wrote it
 * @param passages    what it was given to read
 * @param cited       the numbers of those that it cites
 * @param unsourced   how many of its claims cite none
 * @param unsupported the sentences that say what the passages they cite do not, each with the reason
 * @param asked       whether the reasoner was asked at all
 */
public record Answer(
        String text,
        List<Passage> passages,
        SortedSet<Integer> cited,
        int unsourced,
        List<String> unsupported,
        boolean asked) {

    static Answer of(AnswerStream stream, List<Passage> passages, List<MarkedSentence> sentences) {
        return new Answer(
                stream.marked().text(),
                passages,
                stream.marked().cited(),
                (int) sentences.stream().filter(MarkedSentence::isUnsourced).count(),
                sentences.stream()
                        .filter(MarkedSentence::isUnsupported)
                        .map(sentence -> sentence.shown().strip())
                        .toList(),
                true);
    }

    /** That the documents do not hold it, although it was looked for. */
    public static Answer notFound(String text) {
        return new Answer(text, List.of(), new TreeSet<>(), 0, List.of(), true);
    }

    static Answer notAsked(String text) {
        return new Answer(text, List.of(), new TreeSet<>(), 0, List.of(), false);
    }

    /** Whether it says that the documents do not hold the answer. */
    public boolean refused() {
        return CitationMarker.isRefusal(text);
    }

    public List<Passage> citedPassages() {
        return passages.stream()
                .filter(passage -> cited.contains(passage.number()))
                .toList();
    }
}
