package io.github.deepthink4j.samples.rag.simulator;

import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.NotInTheseDocumentsException;
import io.github.deepthink4j.samples.rag.screen.Words;
import io.github.deepthink4j.samples.rag.simulator.ExtractiveBrain.Candidate;
import io.github.deepthink4j.samples.rag.simulator.ResearchRequest.Found;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the models of a research offline; whatever else is asked goes to the {@link ExtractiveBrain}. It knows nothing of the documents: it
 * searches for the question, and where the nearest sentence names something that the question did not, it searches for that and for
 * what the question asks besides. So it can't tell what stands in a passage that it has not been led to.
 */
public final class ResearchBrain implements Brain {

    private static final String WHO = "I am deepthink4j's simulator, not a model. ";
    private static final String WHO_IN_CHINESE = "我是 deepthink4j 的模拟器，不是模型。";

    /** Even where each sentence names something new. */
    private static final int SEARCHES = 4;

    private final ExtractiveBrain extractive;

    public ResearchBrain(SideBySideEmbeddings embeddings) {
        this.extractive = new ExtractiveBrain(embeddings);
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        if (!ResearchRequest.isOne(request)) {
            return extractive.answer(request);
        }
        ResearchRequest research = ResearchRequest.of(request);
        return switch (research.task()) {
            case PLAN -> plan(research);
            case CALL ->
                nextQuery(research)
                        .map(query -> Answer.toolCall("search", Map.of("query", query)))
                        .orElseGet(() -> Answer.text(in(research, "done", "完成")));
            case ANSWER -> conclusion(research);
        };
    }

    private static String in(ResearchRequest research, String english, String chinese) {
        return Words.inTheLanguageOf(research.question(), english, chinese);
    }

    private static Answer plan(ResearchRequest research) {
        return Answer.thinking(in(research, WHO, WHO_IN_CHINESE)
                        + in(research, "I can't know in advance what the passages will name.", "事先无法知道段落里会提到什么。"))
                .thenText(in(
                        research,
                        "1. Call search with the question.\n2. If the nearest sentence names something that the question"
                                + " does not, call search with that name and what is still asked.",
                        "1. 用问题调用 search。\n2. 如果最接近的句子提到了问题里没有的名称，再用这个名称和还没有回答的部分调用 search。"));
    }

    /** Empty if there is nothing left to search for. */
    private Optional<String> nextQuery(ResearchRequest research) {
        List<Found> found = research.found();
        if (found.isEmpty()) {
            return Optional.of(research.wholeQuestion());
        }
        if (found.size() >= SEARCHES) {
            return Optional.empty();
        }
        return nearest(found, found.size() - 1)
                .flatMap(sentence -> Lead.in(sentence.sentence(), chain(found), asked(research)))
                .map(Lead::query);
    }

    private static List<String> asked(ResearchRequest research) {
        List<String> asked = new ArrayList<>();
        asked.add(research.wholeQuestion());
        research.found().forEach(found -> asked.add(found.query()));
        return asked;
    }

    /** What each search has led to. */
    private List<Candidate> chain(List<Found> found) {
        List<Candidate> chain = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            nearest(found, i)
                    .filter(sentence ->
                            chain.stream().noneMatch(before -> before.sentence().equals(sentence.sentence())))
                    .ifPresent(chain::add);
        }
        return chain;
    }

    /** Empty where even that is too far. */
    private Optional<Candidate> nearest(List<Found> found, int search) {
        Found one = found.get(search);
        List<Candidate> candidates = extractive.candidates(List.of(one.query()), one.passages());
        return Lead.about(one.query(), search == 0, candidates).stream()
                .findFirst()
                .filter(sentence -> search > 0 || sentence.nearness() >= 0);
    }

    private Answer conclusion(ResearchRequest research) {
        List<Candidate> chain = chain(research.found());
        String thought = in(
                research,
                WHO + "Searches: " + research.found().size()
                        + ". I quote the sentence that is nearest to each of them.",
                WHO_IN_CHINESE + "共检索 " + research.found().size() + " 次，引用与每次检索最接近的句子。");
        if (chain.isEmpty()) {
            return Answer.thinking(thought).thenText(NotInTheseDocumentsException.sentence(research.question()));
        }
        if (chain.size() == 1) {
            Found first = research.found().get(0);
            return extractive.quote(List.of(first.query()), first.passages());
        }
        return Answer.thinking(thought)
                .thenText(String.join(
                        "\n", chain.stream().map(ExtractiveBrain::cited).toList()));
    }
}
