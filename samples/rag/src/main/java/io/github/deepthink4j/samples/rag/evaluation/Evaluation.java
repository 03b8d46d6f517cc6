package io.github.deepthink4j.samples.rag.evaluation;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Conversation;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts questions whose answers are known. */
public final class Evaluation {

    private final List<ExpectedAnswer> questions;
    private final Consumer<String> out;

    /** @param out gets a line for each question that went wrong */
    public Evaluation(List<ExpectedAnswer> questions, Consumer<String> out) {
        this.questions = questions;
        this.out = out;
    }

    /** Retrieval alone: no model is asked. */
    public RetrievalFigures retrieval(ContentRetriever retriever) {
        List<List<Integer>> ranks = new ArrayList<>();
        int rightlyRefused = 0;
        int wronglyRefused = 0;
        int unanswerable = 0;
        for (ExpectedAnswer question : questions) {
            List<String> found = hits(retriever, question.question());
            if (!question.isAnswerable()) {
                unanswerable++;
                rightlyRefused += found.isEmpty() ? 1 : 0;
                continue;
            }
            wronglyRefused += found.isEmpty() ? 1 : 0;
            List<Integer> ranksOfOne = question.expected().stream()
                    .map(expected -> found.indexOf(expected) + 1)
                    .toList();
            ranks.add(ranksOfOne);
            if (ranksOfOne.contains(0)) {
                out.accept("not found: " + question.question() + " -> " + question.expected() + " in " + found);
            }
        }
        return new RetrievalFigures(ranks, rightlyRefused, unanswerable, wronglyRefused);
    }

    private static List<String> hits(ContentRetriever retriever, String question) {
        return retriever.retrieve(Query.from(question)).stream()
                .filter(content -> content.metadata().containsKey(ContentMetadata.SCORE))
                .map(Evaluation::name)
                .distinct()
                .toList();
    }

    private static String name(Content content) {
        return content.textSegment().metadata().getString(Keys.FILE) + "#"
                + content.textSegment().metadata().getString(Keys.HEADING);
    }

    /** All of it, each question in a conversation of its own. */
    public AnswerFigures answers(Supplier<Conversation> conversations) {
        AnswerFigures figures = AnswerFigures.NONE;
        for (ExpectedAnswer question : questions) {
            Answer answer = conversations.get().ask(question.question(), AnswerListener.NONE);
            AnswerFigures one = judged(question, answer);
            if (one.right() == 0) {
                out.accept(
                        "wrong: " + question.question() + " -> " + answer.text().replaceAll("\\s+", " "));
            }
            answer.unsupported().forEach(sentence -> out.accept("unsupported: " + sentence.replaceAll("\\s+", " ")));
            figures = figures.and(one);
        }
        return figures;
    }

    private static AnswerFigures judged(ExpectedAnswer question, Answer answer) {
        int unsourced = answer.unsourced();
        int unsupported = answer.unsupported().size();
        int unasked = answer.asked() ? 0 : 1;
        if (!question.isAnswerable()) {
            return new AnswerFigures(0, 0, answer.refused() ? 1 : 0, 1, 0, 0, unsourced, unsupported, unasked);
        }
        boolean right = !answer.refused() && question.isRight(answer.text());
        boolean cites = answer.citedPassages().stream()
                .anyMatch(passage -> question.expected().contains(passage.file() + "#" + passage.heading()));
        int wronglyRefused = answer.refused() ? 1 : 0;
        return new AnswerFigures(
                right ? 1 : 0, 1, 0, 0, cites ? 1 : 0, wronglyRefused, unsourced, unsupported, unasked);
    }
}
