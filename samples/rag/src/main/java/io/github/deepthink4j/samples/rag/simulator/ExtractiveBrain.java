package io.github.deepthink4j.samples.rag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Sought;
import io.github.deepthink4j.samples.rag.retrieval.NotInTheseDocumentsException;
import io.github.deepthink4j.samples.rag.screen.Words;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Answers without a model, from what the request holds and nothing else: it reads the numbered passages, quotes the
 * sentences nearest to the question, and cites where they stand. It does not understand a word of them.
 */
public final class ExtractiveBrain implements Brain {

    private static final String WHO =
            "I am deepthink4j's simulator, not a model. I read the passages of the request and"
                    + " quote what is nearest to the question.";

    private static final String WHO_IN_CHINESE = "我是 deepthink4j 的模拟器，不是模型。我读请求里的段落，引用与问题最接近的句子。";

    /** A sentence is shorter than a passage, and must be so much nearer than one. Measured on the sample's corpus, as a cosine. */
    private static final double NEARER = 0.06;

    /** Further sentences are quoted if they are this near to the first. */
    private static final double ALSO = 0.10;

    private static final int MAX_QUOTES = 3;

    private final SideBySideEmbeddings embeddings;

    /**
     * @param cosine to the question
     * @param least  below it a sentence is about something else; above it mostly not
     */
    record Candidate(ReadPassage passage, String sentence, double cosine, double least) {

        /** Comparable among languages, whose models do not agree on what is near. */
        double nearness() {
            return cosine - least;
        }
    }

    public ExtractiveBrain(SideBySideEmbeddings embeddings) {
        this.embeddings = embeddings;
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        String text = request.lastUserText();
        if (FollowUp.isIn(text)) {
            return Answer.text(FollowUp.rewritten(text));
        }
        if (PassageScores.areAsked(text)) {
            return Answer.text(PassageScores.of(text));
        }
        if (ClaimJudge.isAsked(text)) {
            return Answer.text(ClaimJudge.verdicts(text));
        }
        List<ReadPassage> passages = ReadPassage.in(text);
        if (passages.isEmpty()) {
            return Answer.thinking(Words.inTheLanguageOf(text, WHO, WHO_IN_CHINESE))
                    .thenText(Words.inTheLanguageOf(
                            text,
                            "I am deepthink4j's simulator, not a model, and no passage came with this.",
                            "我是 deepthink4j 的模拟器，不是模型，而且这个请求里没有段落。"));
        }
        return quote(asked(request, ReadPassage.question(text)), passages);
    }

    /** The question, and if it leans on the one before it the two together: "and the S?" is near to nothing by itself. */
    private static List<String> asked(SimulatedRequest request, String question) {
        String before = "";
        JsonNode messages = request.body().path("messages");
        for (int i = 0; i < messages.size() - 1; i++) {
            if (messages.get(i).path("role").asText().equals("user")) {
                before = messages.get(i).path("content").asText();
            }
        }
        return Stream.of(question, FollowUp.whole(before, question)).distinct().toList();
    }

    /** The nearest sentences, or that there are none. */
    Answer quote(List<String> asked, List<ReadPassage> passages) {
        List<Candidate> candidates = candidates(asked, passages);
        String question = asked.get(0);
        String refusal = NotInTheseDocumentsException.sentence(question);
        if (candidates.isEmpty()) {
            return Answer.thinking(Words.inTheLanguageOf(
                            question, WHO + " There is no sentence in them.", WHO_IN_CHINESE + "其中没有句子。"))
                    .thenText(refusal);
        }
        Candidate best = candidates.get(0);
        String cosine = String.format(Locale.ROOT, "%.2f", best.cosine());
        String thought = Words.inTheLanguageOf(
                question,
                WHO + " Passages: " + passages.size() + ", with " + candidates.size()
                        + " sentences in all. The nearest, with a cosine of " + cosine + ", stands in passage "
                        + best.passage().number() + ".",
                WHO_IN_CHINESE + "段落 " + passages.size() + " 个，句子共 " + candidates.size() + " 句。最接近的一句在段落 "
                        + best.passage().number() + "，余弦为 " + cosine + "。");
        if (best.nearness() < 0) {
            return Answer.thinking(thought + Words.inTheLanguageOf(question, " That is too far.", "太远了。"))
                    .thenText(refusal);
        }
        StringBuilder answer = new StringBuilder();
        candidates.stream()
                .filter(candidate -> candidate.nearness() >= best.nearness() - ALSO)
                .limit(MAX_QUOTES)
                .forEach(
                        candidate -> answer.append(answer.isEmpty() ? "" : "\n").append(cited(candidate)));
        return Answer.thinking(thought).thenText(answer.toString());
    }

    static String cited(Candidate candidate) {
        return candidate.sentence() + " [" + candidate.passage().number() + "]";
    }

    /** The sentences of these passages, the nearest first. */
    List<Candidate> candidates(List<String> questions, List<ReadPassage> passages) {
        List<Sought> asked = questions.stream()
                .flatMap(question -> embeddings.sought(question).stream())
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (ReadPassage passage : passages) {
            List<String> sentences = passage.sentences();
            if (sentences.isEmpty()) {
                continue;
            }
            List<TextSegment> withHeading = sentences.stream()
                    .map(sentence -> TextSegment.from(passage.heading() + "\n" + sentence))
                    .toList();
            List<Embedding> embedded = embeddings.embedAll(withHeading).content();
            for (int i = 0; i < sentences.size(); i++) {
                candidates.add(nearest(asked, passage, sentences.get(i), embedded.get(i)));
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::nearness).reversed());
        return candidates;
    }

    private static Candidate nearest(List<Sought> asked, ReadPassage passage, String sentence, Embedding embedding) {
        return asked.stream()
                .map(question -> new Candidate(
                        passage,
                        sentence,
                        cosine(question.relevance(embedding)),
                        cosine(question.part().minScore()) + NEARER))
                .max(Comparator.comparingDouble(Candidate::nearness))
                .orElseThrow();
    }

    private static double cosine(double relevance) {
        return 2 * relevance - 1;
    }
}
