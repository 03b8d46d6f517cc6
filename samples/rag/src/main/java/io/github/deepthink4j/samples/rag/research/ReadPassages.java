package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the models have read for a question: each passage has one number, whichever tool has found it and however often, and nothing but
 * these can be cited. Only the thread that runs the tools adds to it.
 */
final class ReadPassages {

    private final List<Content> contents = new ArrayList<>();
    private volatile int count;

    /**
     * Passages as a tool returned them.
     *
     * @param text    for the model; what it has read before stands there by its number alone
     * @param numbers in the order of the text
     * @param fresh   whether there is something in it that was not read before
     */
    record Told(String text, List<Integer> numbers, boolean fresh) {

        /** For the person: {@code [1] [2]}. */
        String shownNumbers() {
            return numbers.stream().map(number -> "[" + number + "]").collect(Collectors.joining(" "));
        }
    }

    Told tell(List<Content> found) {
        StringBuilder text = new StringBuilder();
        List<Integer> numbers = new ArrayList<>();
        boolean fresh = false;
        for (Content content : found) {
            OptionalInt known = numberOf(content.textSegment());
            if (known.isPresent()) {
                text.append("<passage number=\"").append(known.getAsInt()).append("\" again=\"yes\"/>\n");
            } else {
                fresh = true;
                contents.add(content);
                text.append(PassageInjector.element(contents.size(), content.textSegment()));
            }
            numbers.add(known.orElse(contents.size()));
        }
        count = contents.size();
        return new Told(text.toString(), numbers.stream().distinct().toList(), fresh);
    }

    /** Of the passage that has all of this in it. */
    private OptionalInt numberOf(TextSegment segment) {
        return IntStream.range(0, contents.size())
                .filter(i -> holds(contents.get(i).textSegment(), segment))
                .map(i -> i + 1)
                .findFirst();
    }

    private static boolean holds(TextSegment read, TextSegment other) {
        return isSame(read, other, Keys.FILE)
                && isSame(read, other, Keys.HEADING)
                && read.text().contains(other.text());
    }

    private static boolean isSame(TextSegment one, TextSegment other, String key) {
        return Objects.equals(one.metadata().getString(key), other.metadata().getString(key));
    }

    int count() {
        return count;
    }

    List<Passage> numbered() {
        return Passage.numbered(contents);
    }
}
