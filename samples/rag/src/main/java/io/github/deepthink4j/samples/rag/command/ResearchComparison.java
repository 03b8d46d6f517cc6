package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Answering;
import io.github.deepthink4j.samples.rag.evaluation.ExpectedAnswer;
import io.github.deepthink4j.samples.rag.evaluation.HopFigures;
import io.github.deepthink4j.samples.rag.research.Research;
import io.github.deepthink4j.samples.rag.research.ResearchLimits;
import io.github.deepthink4j.samples.rag.screen.Screen;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Puts questions that need several passages twice: after one search for each, and as a research. */
final class ResearchComparison {

    private static final MathContext DIGITS = new MathContext(3);

    private final Screen screen;
    private final Session session;
    private final List<ExpectedAnswer> questions;

    ResearchComparison(Screen screen, Session session, List<ExpectedAnswer> questions) {
        this.screen = screen;
        this.session = session;
        this.questions = questions;
    }

    void print(ResearchLimits limits) {
        screen.line(
                questions.size() + " questions, first with one search each, then as a research of " + limits.rounds()
                        + " rounds and " + limits.money().toPlainString() + " "
                        + limits.currency().getCurrencyCode() + " at most.");
        screen.line(session.answeredBy());
        HopFigures single = figures("one search", session::conversation, conversation -> 1);
        HopFigures research = figures("research", () -> session.research(limits), Research::rounds);
        screen.line(
                "| | answered right | passages read (recall) | all of them read | rightly refused | rounds a question"
                        + " | tokens a question | cost a question |");
        screen.line("|---|---|---|---|---|---|---|---|");
        screen.line(row("one search", single));
        screen.line(row("research", research));
        if (session.isSimulated()) {
            screen.note("of a simulator, which tells nothing of a model; the cost is what DeepSeek would ask");
        }
    }

    private <A extends Answering> HopFigures figures(String way, Supplier<A> begin, ToLongFunction<A> rounds) {
        HopFigures all = HopFigures.none(session.bill().question());
        for (ExpectedAnswer question : questions) {
            session.bill().begin();
            A answering = begin.get();
            Answer answer = answering.ask(question.question(), AnswerListener.NONE);
            HopFigures one = HopFigures.of(
                    question,
                    answer,
                    rounds.applyAsLong(answering),
                    session.bill().tokens(),
                    session.bill().question());
            if (!one.allRight()) {
                screen.line(way + ", wrong: " + question.question() + " -> "
                        + answer.text().replaceAll("\\s+", " "));
            }
            all = all.and(one);
        }
        return all;
    }

    private static String row(String way, HopFigures figures) {
        double count = figures.questions();
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %.2f | %d of %d | %d of %d | %.1f | %.0f | %s |",
                way,
                figures.right(),
                figures.answerable(),
                figures.meanRecall(),
                figures.whole(),
                figures.answerable(),
                figures.refused(),
                figures.unanswerable(),
                figures.rounds() / count,
                figures.tokens() / count,
                money(figures.cost(), figures.questions()));
    }

    private static String money(Cost cost, int questions) {
        BigDecimal known = cost.atLeast();
        if (known == null || cost.currency() == null) {
            return "unknown";
        }
        String each = known.divide(BigDecimal.valueOf(questions), DIGITS).toPlainString() + " "
                + cost.currency().getCurrencyCode();
        return cost.isKnown() ? each : "at least " + each;
    }
}
