package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.evaluation.AnswerFigures;
import io.github.deepthink4j.samples.rag.evaluation.Comparison;
import io.github.deepthink4j.samples.rag.evaluation.EvaluationRun;
import io.github.deepthink4j.samples.rag.evaluation.RetrievalFigures;
import io.github.deepthink4j.samples.rag.model.Language;
import io.github.deepthink4j.samples.rag.screen.Screen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** What an evaluation has found out, in lines; where there are questions in several languages, for each of them too. */
final class EvaluationReport {

    private static final int MOST_NAMED = 20;

    private final Screen screen;

    EvaluationReport(Screen screen) {
        this.screen = screen;
    }

    void retrieval(String title, RetrievalFigures figures) {
        line(
                "%s: recall@1 %.2f, recall@3 %.2f, recall@5 %.2f, mean reciprocal rank %.2f"
                        + " (95 %% confidence: recall@1 %s, recall@5 %s)",
                title,
                figures.recallAt(1),
                figures.recallAt(3),
                figures.recallAt(5),
                figures.meanReciprocalRank(),
                figures.recallIntervalAt(1),
                figures.recallIntervalAt(5));
        byLanguage(EvaluationRun.of(figures, List.of()), (language, run) -> {
            RetrievalFigures own = new RetrievalFigures(run.retrieved());
            line(
                    "  %s, %d questions with an answer: recall@1 %.2f (%s), recall@5 %.2f (%s), MRR %.2f",
                    name(language),
                    own.answerable(),
                    own.recallAt(1),
                    own.recallIntervalAt(1),
                    own.recallAt(5),
                    own.recallIntervalAt(5),
                    own.meanReciprocalRank());
        });
    }

    void threshold(String threshold, RetrievalFigures figures) {
        line(
                "Threshold %s: %d of %d unanswerable questions have no passage above it, and %d of %d answerable ones",
                threshold,
                figures.rightlyRefused(),
                figures.unanswerable(),
                figures.wronglyRefused(),
                figures.answerable());
    }

    /** What the cheap model's order gains, and what it costs. */
    void reranking(RetrievalFigures before, RetrievalFigures after, Session session) {
        retrieval("Put in order by the cheap model", after);
        comparison(
                "Gain by the order" + simulated(session),
                EvaluationRun.of(before, List.of()),
                EvaluationRun.of(after, List.of()));
        List<String> notes = session.notes();
        if (!notes.isEmpty()) {
            line(
                    "%d of %d questions keep the order before, such as: %s",
                    notes.size(), after.questions().size(), notes.get(0));
        }
        line(
                "Cost of the order: %s%s",
                session.rankMeter(),
                session.bill()
                        .lineWithoutConversation()
                        .map(cost -> "; " + cost)
                        .orElse(""));
    }

    void answers(AnswerFigures figures, Session session) {
        line(
                "Answers%s: %d of %d right, %d of them citing an expected passage; %d of %d rightly refused, %d"
                        + " wrongly; %d claims without a source, %d unsupported by the passages they cite",
                simulated(session),
                figures.rightlyAnswered(),
                figures.answerable(),
                figures.rightlyCited(),
                figures.rightlyRefused(),
                figures.unanswerable(),
                figures.wronglyRefused(),
                figures.unsourced(),
                figures.unsupported());
        line(
                "  share of right answers with 95 %% confidence: %s; where an expected passage was read %d of %d are right,"
                        + " where none was %d of %d",
                figures.rightness(),
                figures.rightOfThoseRead(),
                figures.read(),
                figures.rightlyAnswered() - figures.rightOfThoseRead(),
                figures.answerable() - figures.read());
        byLanguage(new EvaluationRun(1, List.of(), figures.answers()), (language, run) -> {
            AnswerFigures own = new AnswerFigures(run.answered());
            line(
                    "  %s: %d of %d right (%s), %d of %d rightly refused, %d without a source, %d unsupported",
                    name(language),
                    own.rightlyAnswered(),
                    own.answerable(),
                    own.rightness(),
                    own.rightlyRefused(),
                    own.unanswerable(),
                    own.unsourced(),
                    own.unsupported());
        });
        session.notes();
        line(
                "Tokens: reasoner %s%s; %d questions were refused without asking it",
                session.reasonerMeter(), session.checking(), figures.notAsked());
        session.bill().lineWithoutConversation().ifPresent(cost -> line("All answers: %s", cost));
    }

    void comparison(String title, EvaluationRun before, EvaluationRun after) {
        List<Comparison> comparisons = Comparison.of(before, after);
        if (comparisons.isEmpty()) {
            line("%s: no question is in both.", title);
            return;
        }
        line("%s, %d questions in both:", title, comparisons.get(0).pairs());
        for (Comparison one : comparisons) {
            line(
                    "  %s %.2f -> %.2f: %d gained, %d lost, p = %.2g; the difference is %+.2f, with 95 %% confidence %s",
                    one.figure(),
                    one.before(),
                    one.after(),
                    one.gained().size(),
                    one.lost().size(),
                    one.probabilityByChance(),
                    one.after() - one.before(),
                    one.difference());
            named("gained", one.gained());
            named("lost", one.lost());
        }
    }

    private void named(String what, List<String> questions) {
        questions.stream().limit(MOST_NAMED).forEach(question -> line("    %s: %s", what, question));
        if (questions.size() > MOST_NAMED) {
            line("    and %d more %s", questions.size() - MOST_NAMED, what);
        }
    }

    private static String simulated(Session session) {
        return session.isSimulated() ? " (of a simulator, which tells nothing of a model)" : "";
    }

    private static void byLanguage(EvaluationRun run, BiConsumer<Language, EvaluationRun> print) {
        Map<Language, EvaluationRun> runs = run.byLanguage();
        if (runs.size() > 1) {
            runs.forEach(print);
        }
    }

    private static String name(Language language) {
        return language == Language.CHINESE ? "Chinese" : "English";
    }

    private void line(String pattern, Object... values) {
        screen.line(String.format(Locale.ROOT, pattern, values));
    }
}
