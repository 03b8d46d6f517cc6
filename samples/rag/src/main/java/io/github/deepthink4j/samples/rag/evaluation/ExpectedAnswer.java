package io.github.deepthink4j.samples.rag.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question and what should come of it.
 *
 * @param expected the passages that hold the answer, as {@code file#heading}; empty if no document does
 * @param answer   patterns that a right answer matches, all of them, in any letter case
 */
public record ExpectedAnswer(String question, List<String> expected, List<String> answer) {

    public ExpectedAnswer {
        expected = expected == null ? List.of() : List.copyOf(expected);
        answer = answer == null ? List.of() : List.copyOf(answer);
    }

    /** Questions from a JSON file. */
    public static List<ExpectedAnswer> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new UsageException("There are no questions in " + file + ". Say where they are with --questions.");
        }
        try {
            return List.of(new ObjectMapper().readValue(file.toFile(), ExpectedAnswer[].class));
        } catch (IOException e) {
            throw new UsageException(
                    "The questions in " + file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** The files that these questions are about. */
    public static SortedSet<String> files(List<ExpectedAnswer> questions) {
        return questions.stream()
                .flatMap(question -> question.expected().stream())
                .map(passage -> passage.replaceFirst("#.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isAnswerable() {
        return !expected.isEmpty();
    }

    boolean isRight(String text) {
        String flat = text.replaceAll("\\s+", " ");
        return answer.stream()
                .allMatch(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(flat)
                        .find());
    }
}
