package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.evaluation.AnswerFigures;
import io.github.deepthink4j.samples.rag.evaluation.Answered;
import io.github.deepthink4j.samples.rag.evaluation.Evaluation;
import io.github.deepthink4j.samples.rag.evaluation.EvaluationRun;
import io.github.deepthink4j.samples.rag.evaluation.ExpectedAnswer;
import io.github.deepthink4j.samples.rag.evaluation.RetrievalFigures;
import io.github.deepthink4j.samples.rag.evaluation.SquadFile;
import io.github.deepthink4j.samples.rag.index.Folder;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Ingest;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Puts questions with known answers, and counts what is found and answered.")
final class EvaluateCommand implements Callable<Integer> {

    private static final String QUESTIONS = "evaluation/questions.json";
    private static final String RESEARCH_QUESTIONS = "evaluation/research.json";
    private static final String RESEARCH_DOCUMENTS = "evaluation/research";

    private static final int DONE = 0;
    private static final int DONE_IN_PART = 1;

    @Mixin
    private IndexOptions index;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "the questions (default: " + QUESTIONS + ", with --research " + RESEARCH_QUESTIONS + ")")
    private Path questionsFile;

    @Option(
            names = "--squad",
            paramLabel = "FILE",
            description = {
                "paragraphs and questions in the shape of SQuAD, in the place of the index and the questions:",
                "how well passages are found, without asking a model"
            })
    private Path squad;

    @Option(
            names = "--every",
            paramLabel = "N",
            defaultValue = "1",
            description = "with --squad: one of so many questions (default: ${DEFAULT-VALUE})")
    private int every;

    @Mixin
    private ResearchOptions research;

    @Option(
            names = "--retrieval-only",
            description = "do not have the questions answered; without --rerank no model is asked")
    private boolean retrievalOnly;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "write what came of each question to a new file, for --compare")
    private Path saveTo;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "what has got better and worse since the run in this file, and whether it is more than chance")
    private Path compareWith;

    private final Screen screen;
    private final EvaluationReport report;
    private final Map<String, String> environment;

    EvaluateCommand(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.report = new EvaluationReport(screen);
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        EvaluationRun before = compareWith == null ? null : EvaluationRun.read(compareWith);
        if (saveTo != null) {
            EvaluationRun.checkThatItCanBeSaved(saveTo);
        }
        research.check();
        if (research.on && (squad != null || retrievalOnly)) {
            throw new UsageException(Words.of(
                    "--research asks models: it does not go with --squad or --retrieval-only, which ask none.",
                    "--research 要询问模型，不能与不询问模型的 --squad 或 --retrieval-only 一起使用。"));
        }
        if (research.on && (saveTo != null || compareWith != null)) {
            throw new UsageException(Words.of(
                    "--save and --compare are not for --research, which compares by itself.",
                    "--save 和 --compare 不能与 --research 一起使用，它自己会比较。"));
        }
        if (research.on) {
            return compareResearch();
        }
        return squad != null ? evaluateSquad(before) : evaluate(before);
    }

    private int evaluate(EvaluationRun before) throws IOException {
        questionsFile = questionsFile == null ? Path.of(QUESTIONS) : questionsFile;
        List<ExpectedAnswer> questions = ExpectedAnswer.read(questionsFile);
        try (Session session = new Session(environment, index, model, Duration.ZERO)) {
            Set<String> missing = filesNotInTheIndex(questions);
            Evaluation evaluation = new Evaluation(questions, screen::line);
            RetrievalFigures found = retrieval(questions, evaluation, session);
            if (found.foundNothing()) {
                throw new UsageException("not one of the expected passages was found. " + otherDocuments(questions));
            }
            List<Answered> answered = List.of();
            if (!retrievalOnly) {
                session.bill().begin();
                screen.line(session.answeredBy());
                AnswerFigures answers = evaluation.answers(session::conversation);
                report.answers(answers, session);
                answered = answers.answers();
            }
            end(EvaluationRun.of(found, answered), before);
            return done(missing);
        }
    }

    private int done(Set<String> missing) {
        if (!missing.isEmpty()) {
            screen.line("Error: these figures count questions about documents that the index does not hold: " + missing
                    + ".");
        }
        return missing.isEmpty() ? DONE : DONE_IN_PART;
    }

    private RetrievalFigures retrieval(List<ExpectedAnswer> questions, Evaluation evaluation, Session session) {
        screen.line(questions.size() + " questions.");
        if (questions.stream().anyMatch(question -> !LocalEmbeddings.reads(question.question()))) {
            screen.note(LocalEmbeddings.readsEnglishAndChinese());
        }
        RetrievalFigures found = evaluation.retrieval(session.retriever());
        report.retrieval("Retrieval", found);
        report.threshold(threshold(), found);
        if (!model.rerank) {
            return found;
        }
        screen.line(session.answeredBy());
        RetrievalFigures ordered = evaluation.retrieval(session.rerankingRetriever());
        report.reranking(found, ordered, session);
        return ordered;
    }

    /** The questions that come with the program are about documents of their own, which are read into an index that does not last. */
    private int compareResearch() throws IOException {
        if (questionsFile != null) {
            List<ExpectedAnswer> questions = ExpectedAnswer.read(questionsFile);
            try (Session session = new Session(environment, index, model, Duration.ZERO)) {
                Set<String> missing = filesNotInTheIndex(questions);
                new ResearchComparison(screen, session, questions).print(research.limits());
                return done(missing);
            }
        }
        List<ExpectedAnswer> questions = ExpectedAnswer.read(Path.of(RESEARCH_QUESTIONS));
        Path work = Files.createTempDirectory("rag-research");
        try {
            index.store = "";
            index.directory = work.resolve("index");
            screen.line("Reading the documents in " + RESEARCH_DOCUMENTS + ", which these questions are about.");
            ingest(Path.of(RESEARCH_DOCUMENTS));
            try (Session session = new Session(environment, index, model, Duration.ZERO)) {
                new ResearchComparison(screen, session, questions).print(research.limits());
            }
            return DONE;
        } finally {
            delete(work);
        }
    }

    private void end(EvaluationRun run, EvaluationRun before) throws IOException {
        if (before != null) {
            report.comparison("Compared with " + compareWith, before, run);
        }
        if (saveTo != null) {
            run.save(saveTo);
            screen.line(Words.of("Saved to " + saveTo + ".", "已保存到 " + saveTo + "。"));
        }
    }

    private int evaluateSquad(EvaluationRun before) throws IOException {
        if (every < 1) {
            throw new UsageException("--every must be at least 1.");
        }
        SquadFile file = SquadFile.read(squad);
        Path work = Files.createTempDirectory("rag-squad");
        try {
            Path documents = Files.createDirectory(work.resolve("documents"));
            List<ExpectedAnswer> questions = file.unpack(documents, every);
            index.store = "";
            index.directory = work.resolve("index");
            screen.line("Reading the paragraphs of " + squad + ".");
            ingest(documents);
            try (Session session = new Session(environment, index, model, Duration.ZERO)) {
                end(
                        EvaluationRun.of(
                                retrieval(questions, new Evaluation(questions, line -> {}), session), List.of()),
                        before);
            }
            return DONE;
        } finally {
            delete(work);
        }
    }

    private void ingest(Path documents) throws IOException {
        DocumentSplitting splitting = new DocumentSplitting(LocalEmbeddings.tokenCounter());
        try (Pulse pulse = Pulse.of(screen);
                Index writing = Index.open(
                        index.directory, index.stores(environment), IndexOptions.PIPELINE, "documents", false)) {
            new Ingest(splitting, LocalEmbeddings.model(), pulse, () -> false).run(Folder.list(documents), writing);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
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

    private String threshold() {
        return model.minScore != null
                ? model.minScore.toString()
                : LocalEmbeddings.model().parts().stream()
                        .map(part -> part.minScore() + " (" + part.name() + ")")
                        .collect(Collectors.joining(", "));
    }
}
