package io.github.deepthink4j.samples.rag.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A question and what should come of it.
 *
 * @param expected the passages that hold the answer, as {@code file#heading}; empty if no document does
 * @param answer   patterns that a right answer matches, all of them, in any letter case
 */
public record ExpectedAnswer(String question, List<String> expected, List<String> answer) {

    public ExpectedAnswer {
        expected = known(expected);
        answer = known(answer);
    }

    private static List<String> known(List<String> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** Questions from a JSON file. */
    public static List<ExpectedAnswer> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new UsageException("There are no questions in " + file + ". Say where they are with --questions.");
        }
        try {
            ExpectedAnswer[] questions = new ObjectMapper().readValue(file.toFile(), ExpectedAnswer[].class);
            if (questions == null || questions.length == 0) {
                throw new UsageException("There are no questions in " + file + ".");
            }
            for (int i = 0; i < questions.length; i++) {
                check(questions[i], "Question " + (i + 1) + " in " + file);
            }
            return List.of(questions);
        } catch (IOException e) {
            throw new UsageException(
                    "The questions in " + file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void check(ExpectedAnswer one, String which) {
        if (one == null || one.question() == null || one.question().isBlank()) {
            throw new UsageException(which + " has no \"question\".");
        }
        for (String pattern : one.answer()) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new UsageException(
                        which + ": \"answer\" has a regular expression that is none: " + e.getDescription() + " in "
                                + pattern,
                        e);
            }
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
