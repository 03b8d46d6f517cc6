package io.github.deepthink4j.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The marks that a model has written into the text of a page. Read once from its beginning to its end: the text is a model's, may have
 * as many marks as it likes, and what looks for the end of each of them anew takes hours.
 */
final class OcrMarks {

    private static final String OPENING = "<|";
    private static final String CLOSING = "|>";

    /** Of places, which are of no use without the image. */
    private static final List<String> PLACES = List.of("box", "det");

    private static final List<String> REFERENCES = List.of("<|ref|>", "<|/ref|>");

    private final String text;

    /** Where the last mark that was found ends a place of this kind; -1 if none does any more. */
    private final Map<String, Integer> ends = new HashMap<>();

    OcrMarks(String text) {
        this.text = text;
    }

    /** Without the marks, and without places that have an end. */
    String plainText() {
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (int mark = text.indexOf(OPENING); mark >= 0; mark = text.indexOf(OPENING, Math.max(from, mark + 1))) {
            int behind = behind(mark);
            if (behind > mark) {
                plain.append(text, from, mark);
                from = behind;
            }
        }
        return plain.append(text, from, text.length()).toString();
    }

    /** Where it goes on behind what begins at a mark and is left out; the mark itself if it stays. */
    private int behind(int mark) {
        for (String reference : REFERENCES) {
            if (text.startsWith(reference, mark)) {
                return mark + reference.length();
            }
        }
        for (String place : PLACES) {
            String opening = OPENING + place + CLOSING;
            if (text.startsWith(opening, mark)) {
                int end = end(place, mark + opening.length());
                return end < 0 ? mark : end;
            }
        }
        return mark;
    }

    private int end(String place, int from) {
        String closing = OPENING + "/" + place + CLOSING;
        int known = ends.getOrDefault(place, 0);
        if (known < 0 || known - closing.length() >= from) {
            return known;
        }
        int found = text.indexOf(closing, from);
        int end = found < 0 ? -1 : found + closing.length();
        ends.put(place, end);
        return end;
    }
}
