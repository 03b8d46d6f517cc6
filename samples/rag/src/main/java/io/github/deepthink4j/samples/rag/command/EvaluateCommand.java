package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.evaluation.AnswerFigures;
import io.github.deepthink4j.samples.rag.evaluation.Evaluation;
import io.github.deepthink4j.samples.rag.evaluation.ExpectedAnswer;
import io.github.deepthink4j.samples.rag.evaluation.RetrievalFigures;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.screen.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Puts questions with known answers, and counts what is found and answered.")
final class EvaluateCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int DONE_IN_PART = 1;

    @Mixin
    private IndexOptions index;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            defaultValue = "evaluation/questions.json",
            description = "the questions (default: ${DEFAULT-VALUE})")
    private Path questionsFile;

    @Option(names = "--retrieval-only", description = "ask no model")
    private boolean retrievalOnly;

    private final Screen screen;
    private final Map<String, String> environment;

    EvaluateCommand(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        List<ExpectedAnswer> questions = ExpectedAnswer.read(questionsFile);
        try (Session session = new Session(environment, index, model.retrieval(), Duration.ZERO)) {
            Set<String> missing = filesNotInTheIndex(questions);
            Evaluation evaluation = new Evaluation(questions, screen::line);
            screen.line(questions.size() + " questions.");
            if (questions.stream().anyMatch(question -> !LocalEmbeddings.reads(question.question()))) {
                screen.note(LocalEmbeddings.readsEnglish());
            }
            RetrievalFigures found = evaluation.retrieval(session.retriever());
            print(found);
            if (found.foundNothing()) {
                throw new UsageException("not one of the expected passages was found. " + otherDocuments(questions));
            }
            if (!retrievalOnly) {
                screen.line(session.answeredBy());
                print(evaluation.answers(session::conversation), session);
            }
            if (!missing.isEmpty()) {
                screen.line("Error: these figures count questions about documents that the index does not hold: "
                        + missing + ".");
            }
            return missing.isEmpty() ? DONE : DONE_IN_PART;
        }
    }

    /** Figures over other documents than those of the questions would look like a bad retrieval. */
    private Set<String> filesNotInTheIndex(List<ExpectedAnswer> questions) {
        Set<String> asked = ExpectedAnswer.files(questions);
        Set<String> missing = new TreeSet<>(asked);
        Index.contents(index.directory)
                .ifPresentOrElse(catalog -> missing.removeAll(catalog.files().keySet()), missing::clear);
        if (!missing.isEmpty() && missing.equals(asked)) {
            throw new UsageException("the index holds none of the documents that these questions are about. "
                    + otherDocuments(questions));
        }
        return missing;
    }

    private String otherDocuments(List<ExpectedAnswer> questions) {
        return "The questions in " + questionsFile + " belong to other documents ("
                + String.join(", ", ExpectedAnswer.files(questions))
                + "): those that come with this program are about its folder corpus. Ingest those into an index of"
                + " their own (--index), or ask questions about yours (--questions).";
    }

    private void print(RetrievalFigures figures) {
        screen.line(format(
                "Retrieval: recall@1 %.2f, recall@3 %.2f, recall@5 %.2f, mean reciprocal rank %.2f",
                figures.recallAt(1), figures.recallAt(3), figures.recallAt(5), figures.meanReciprocalRank()));
        screen.line(format(
                "Threshold %s: %d of %d unanswerable questions have no passage above it, and %d of %d answerable ones",
                model.minScore,
                figures.rightlyRefused(),
                figures.unanswerable(),
                figures.wronglyRefused(),
                figures.ranks().size()));
    }

    private void print(AnswerFigures figures, Session session) {
        screen.line(format(
                "Answers%s: %d of %d right, %d of them citing an expected passage; %d of %d rightly refused, %d"
                        + " wrongly; %d claims without a source",
                session.isSimulated() ? " (of a simulator, which tells nothing of a model)" : "",
                figures.rightlyAnswered(),
                figures.answerable(),
                figures.rightlyCited(),
                figures.rightlyRefused(),
                figures.unanswerable(),
                figures.wronglyRefused(),
                figures.unsourced()));
        screen.line("Tokens: reasoner " + session.reasonerMeter() + "; " + figures.notAsked()
                + " questions were refused without asking it");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
