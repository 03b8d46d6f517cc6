package io.github.deepthink4j.samples.rag.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A set of questions in the shape of SQuAD, as there are in many languages: articles of paragraphs, with questions to each of
 * them whose answers are quoted from it.
 */
public final class SquadFile {

    /** What would begin a heading or a fence. */
    private static final Pattern MARKUP = Pattern.compile("(?m)^(\\s*)(#|```|~~~)");

    private final Path file;
    private final JsonNode articles;

    private SquadFile(Path file, JsonNode articles) {
        this.file = file;
        this.articles = articles;
    }

    public static SquadFile read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("There is no file " + file + ".");
        }
        try {
            JsonNode articles = new ObjectMapper().readTree(file.toFile()).path("data");
            if (!articles.isArray() || articles.isEmpty()) {
                throw new UsageException(file + " is not in the shape of SQuAD: it has no list \"data\".");
            }
            return new SquadFile(file, articles);
        } catch (IOException e) {
            throw new UsageException(
                    file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /**
     * Writes each article as a document with a section for each paragraph, and returns the questions about them.
     *
     * @param every one of so many questions, in the order of the file
     */
    public List<ExpectedAnswer> unpack(Path folder, int every) throws IOException {
        List<ExpectedAnswer> questions = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < articles.size(); i++) {
            String document = String.format(Locale.ROOT, "%05d.md", i + 1);
            JsonNode paragraphs = articles.get(i).path("paragraphs");
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < paragraphs.size(); j++) {
                text.append("# ")
                        .append(j + 1)
                        .append("\n\n")
                        .append(context(paragraphs.get(j)))
                        .append("\n\n");
                for (JsonNode question : paragraphs.get(j).path("qas")) {
                    if (seen++ % every == 0) {
                        questions.add(question(question, document + "#" + (j + 1)));
                    }
                }
            }
            Files.writeString(folder.resolve(document), text);
        }
        if (questions.isEmpty()) {
            throw new UsageException("There are no questions in " + file + ".");
        }
        return questions;
    }

    private static String context(JsonNode paragraph) {
        return MARKUP.matcher(paragraph.path("context").asText()).replaceAll("$1\\\\$2");
    }

    private ExpectedAnswer question(JsonNode question, String passage) {
        String text = question.path("question").asText();
        if (text.isBlank()) {
            throw new UsageException("A question in " + file + " has no text.");
        }
        JsonNode answers = question.path("answers");
        if (question.path("is_impossible").asBoolean() || answers.isEmpty()) {
            return new ExpectedAnswer(text, List.of(), List.of());
        }
        List<String> quoted = new ArrayList<>();
        answers.forEach(
                answer -> quoted.add(Pattern.quote(answer.path("text").asText().replaceAll("\\s+", " "))));
        return new ExpectedAnswer(text, List.of(passage), List.of(String.join("|", quoted)));
    }
}
