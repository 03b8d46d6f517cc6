package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The numbers in square brackets: {@code [1]}, {@code [2, 3]}, {@code [1-3]}, and DeepSeek's own {@code [citation:1]}. */
public final class Citations {

    /** Also in the brackets of Chinese text. */
    static final Pattern CITATION = Pattern.compile("[\\[【](?:citation:)? ?(\\d{1,4}(?: ?[-–,] ?\\d{1,4})*) ?[\\]】]");

    private static final Pattern RANGE = Pattern.compile("(\\d+) ?[-–] ?(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int LONGEST_RANGE = 100;

    private Citations() {}

    static SortedSet<Integer> in(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        Matcher citation = CITATION.matcher(text);
        while (citation.find()) {
            numbers.addAll(numbers(citation.group(1)));
        }
        return numbers;
    }

    private static SortedSet<Integer> numbers(String list) {
        SortedSet<Integer> numbers = new TreeSet<>();
        Matcher range = RANGE.matcher(list);
        while (range.find()) {
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            for (int number = first; number <= last && number - first < LONGEST_RANGE; number++) {
                numbers.add(number);
            }
        }
        Matcher number = NUMBER.matcher(list);
        while (number.find()) {
            numbers.add(Integer.parseInt(number.group()));
        }
        return numbers;
    }

    /**
     * The text with files in the place of numbers. The numbers mean nothing in the next turn, where other passages have
     * them, and would be taken for those.
     */
    public static String withFiles(String text, List<Passage> passages) {
        Function<Integer, List<String>> file = number -> number >= 1 && number <= passages.size()
                ? List.of(passages.get(number - 1).file())
                : List.of();
        return CITATION.matcher(text).replaceAll(match -> {
            List<String> files = new ArrayList<>();
            numbers(match.group(1)).forEach(number -> files.addAll(file.apply(number)));
            return Matcher.quoteReplacement(
                    files.isEmpty() ? "" : files.stream().distinct().collect(Collectors.joining(", ", "(", ")")));
        });
    }
}
