package io.github.deepthink4j.samples.rag.evaluation;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Conversation;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
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

    /** Retrieval alone: no reasoner is asked. */
    public RetrievalFigures retrieval(ContentRetriever retriever) {
        List<Retrieved> all = new ArrayList<>();
        for (ExpectedAnswer question : questions) {
            List<String> found = hits(retriever, question.question());
            List<Integer> ranks = question.expected().stream()
                    .map(expected -> found.indexOf(expected) + 1)
                    .toList();
            all.add(new Retrieved(question.question(), question.isAnswerable(), ranks, found.isEmpty()));
            if (ranks.contains(0)) {
                out.accept("not found: " + question.question() + " -> " + question.expected() + " in " + found);
            }
        }
        return new RetrievalFigures(all);
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
        List<Answered> all = new ArrayList<>();
        for (ExpectedAnswer question : questions) {
            Answer answer = conversations.get().ask(question.question(), AnswerListener.NONE);
            Answered one = judged(question, answer);
            if (!one.right()) {
                out.accept(
                        "wrong: " + question.question() + " -> " + answer.text().replaceAll("\\s+", " "));
            }
            answer.unsupported().forEach(sentence -> out.accept("unsupported: " + sentence.replaceAll("\\s+", " ")));
            all.add(one);
        }
        return new AnswerFigures(all);
    }

    private static Answered judged(ExpectedAnswer question, Answer answer) {
        boolean right =
                question.isAnswerable() ? !answer.refused() && question.isRight(answer.text()) : answer.refused();
        return new Answered(
                question.question(),
                question.isAnswerable(),
                right,
                answer.refused(),
                isAmong(answer.passages(), question),
                isAmong(answer.citedPassages(), question),
                answer.unsourced(),
                answer.unsupported().size(),
                answer.asked());
    }

    private static boolean isAmong(List<Passage> passages, ExpectedAnswer question) {
        return passages.stream()
                .anyMatch(passage -> question.expected().contains(passage.file() + "#" + passage.heading()));
    }
}
