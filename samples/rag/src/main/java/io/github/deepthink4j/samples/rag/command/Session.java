package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.memory.KeepReasoning;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekWebSearchEngine;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.answer.Conversation;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.model.Choices;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.model.Settings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.model.TokenMeter;
import io.github.deepthink4j.samples.rag.research.Research;
import io.github.deepthink4j.samples.rag.research.ResearchLimits;
import io.github.deepthink4j.samples.rag.research.Sections;
import io.github.deepthink4j.samples.rag.retrieval.CheapScores;
import io.github.deepthink4j.samples.rag.retrieval.NeighbourRetriever;
import io.github.deepthink4j.samples.rag.retrieval.PassageAggregator;
import io.github.deepthink4j.samples.rag.retrieval.Retrieval;
import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import io.github.deepthink4j.samples.rag.retrieval.SecondLookSearch;
import io.github.deepthink4j.samples.rag.retrieval.WebPassages;
import io.github.deepthink4j.samples.rag.screen.Words;
import io.github.deepthink4j.samples.rag.simulator.ResearchBrain;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.TextMatch;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An index that is searched, and the models that are asked. */
final class Session implements AutoCloseable {

    private static final int REMEMBERED_TURNS = 20;

    private final SideBySideEmbeddings embeddings = LocalEmbeddings.model();
    private final TokenMeter reasonerMeter = new TokenMeter(true);
    private final TokenMeter cheapMeter = new TokenMeter(false);
    private final TokenMeter checkMeter = new TokenMeter(false);
    private final TokenMeter rankMeter = new TokenMeter(false);
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final Spending spending;
    private final Bill bill;
    private final Passages passages;
    private final RetrievalSettings retrieval;
    private final DeepSeekSimulator simulator;
    private final Settings settings;
    private final DeepSeekTokenCountEstimator estimator;
    private final RetrievalAugmentor augmentor;
    private final ModelCheck modelCheck;
    private final ScoringModel ranking;
    private final DeepSeekWebSearchEngine engine;
    private final String answeredBy;
    private final Path directory;
    private String cheapModelsPart = Words.of("; rewriting ", "；改写 ");
    private Choices choices;
    private volatile DeepSeekStreamingChatModel reasoner;
    private DeepSeekStreamingChatModel toolCaller;
    private volatile SentRequest lastRequest;

    /** @param pace between the pieces of a simulated answer */
    Session(Map<String, String> environment, IndexOptions index, ModelOptions options, Duration pace)
            throws IOException {
        this(environment, index, options, pace, false);
    }

    /**
     * @param pace between the pieces of a simulated answer
     * @param web  whether to look there too
     */
    Session(Map<String, String> environment, IndexOptions index, ModelOptions options, Duration pace, boolean web)
            throws IOException {
        this.retrieval = options.retrieval();
        this.directory = index.directory;
        Settings found = settings(environment);
        this.passages = Index.passages(index.directory, index.stores(environment), IndexOptions.PIPELINE);
        if (found.isOffline()) {
            simulator = DeepSeekSimulator.builder()
                    .generation(Generation.V4_1)
                    .brain(new ResearchBrain(embeddings))
                    .pace(pace)
                    .build();
            // It knows nothing of the world, and what it makes up is no source.
            simulator.onSearch(TextMatch.anything()).noResults();
            found = found.at(simulator.baseUrl());
            answeredBy = Words.of(
                    "No DEEPSEEK_API_KEY is set: a simulator answers. It is no model: it quotes the sentences that are"
                            + " nearest to the question.",
                    "没有设置 DEEPSEEK_API_KEY：由模拟器回答。它不是模型，只引用与问题最接近的句子。");
        } else {
            simulator = null;
            answeredBy = found.toString();
        }
        settings = found;
        spending = new Spending(simulator != null);
        bill = new Bill(spending);
        estimator = DeepSeekTokenCountEstimator.of(ModelProfile.forModel(settings.modelName()));
        try {
            choose(Choices.of(settings.modelName()));
            this.ranking = options.rerank ? new CheapScores(cheapModel(settings, rankMeter)) : null;
            List<ContentRetriever> sources = new ArrayList<>(List.of(chosenRetriever()));
            engine = web ? engine(settings) : null;
            if (engine != null) {
                sources.add(new WebPassages(this::search));
            }
            this.augmentor = Retrieval.augmentor(sources, cheapModel(settings, cheapMeter), estimator, retrieval);
            this.modelCheck = options.checkModel ? new ModelCheck(cheapModel(settings, checkMeter)) : null;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static Settings settings(Map<String, String> environment) {
        try {
            return Settings.from(environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** The estimator listens too: it learns from what real requests turn out to count. */
    void choose(Choices chosen) {
        reasoner = chosen.applyTo(DeepSeekStreamingChatModel.builder()
                        .baseUrl(settings.baseUrl())
                        .apiKey(settings.apiKey())
                        .pricing(spending.prices())
                        .listeners(reasonerMeter, bill, estimator)
                        .requestListener(request -> lastRequest = request))
                .build();
        choices = chosen;
    }

    Choices choices() {
        return choices;
    }

    /** What was chosen before anybody chose. */
    Choices firstChoices() {
        return Choices.of(settings.modelName());
    }

    private DeepSeekWebSearchEngine engine(Settings settings) {
        return DeepSeekWebSearchEngine.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .pricing(spending.prices())
                .build();
    }

    private WebSearchResults search(WebSearchRequest request) {
        WebSearchResults results = engine.search(request);
        bill.searched(results);
        return results;
    }

    private DeepSeekChatModel cheapModel(Settings settings, TokenMeter meter) {
        return DeepSeekChatModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .modelName(settings.cheapModelName())
                .thinking(false)
                .pricing(spending.prices())
                .listeners(meter, bill)
                .build();
    }

    private DeepSeekStreamingChatModel toolCaller() {
        if (toolCaller != null) {
            return toolCaller;
        }
        toolCaller = DeepSeekStreamingChatModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .modelName(settings.cheapModelName())
                .thinking(false)
                .pricing(spending.prices())
                .listeners(cheapMeter, bill)
                .requestListener(request -> lastRequest = request)
                .build();
        return toolCaller;
    }

    /** Questions that the models look into by themselves. */
    Research research(ResearchLimits limits) {
        DeepSeekStreamingChatModel caller = toolCaller();
        Research.Means means = new Research.Means(
                chosenRetriever(),
                engine == null ? Optional.empty() : Optional.of(new WebPassages(this::search)),
                new Sections(passages.embeddings(), embeddings, () -> Index.contents(directory)),
                new PassageAggregator(retrieval.budgetTokens(), estimator),
                listener -> ToolRoutingStreamingChatModel.builder()
                        .reasoner(reasoner)
                        .toolCaller(caller)
                        .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                        .stepListener(listener)
                        .build(),
                Optional.ofNullable(modelCheck),
                bill::question);
        try {
            means.model().apply(StepListener.NONE);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        cheapModelsPart = Words.of("; tools ", "；调用工具 ");
        return new Research(means, limits, memory());
    }

    Conversation conversation() {
        return new Conversation(augmentor, () -> reasoner, memory(), modelCheck);
    }

    /** No request here has tools, and without tools no generation wants a thought back. */
    private static ChatMemory memory() {
        return ReasoningChatMemory.builder()
                .keepReasoning(KeepReasoning.NONE)
                .maxTurns(REMEMBERED_TURNS)
                .build();
    }

    private ContentRetriever chosenRetriever() {
        return ranking == null ? retriever() : rerankingRetriever();
    }

    ContentRetriever retriever() {
        return new NeighbourRetriever(passages, embeddings, retrieval);
    }

    /** With a second look at what was found, by the cheap model. */
    ContentRetriever rerankingRetriever() {
        return new NeighbourRetriever(
                passages, embeddings, new SecondLookSearch(passages, embeddings, retrieval, ranking, notes::add));
    }

    /** What was to be said since it was last asked for, such as that the cheap model gave no order. */
    List<String> notes() {
        List<String> all = new ArrayList<>();
        for (String note = notes.poll(); note != null; note = notes.poll()) {
            all.add(note);
        }
        return all;
    }

    TokenMeter rankMeter() {
        return rankMeter;
    }

    /** A line that says whose answers these are. */
    String answeredBy() {
        return answeredBy;
    }

    boolean isSimulated() {
        return simulator != null;
    }

    TokenMeter reasonerMeter() {
        return reasonerMeter;
    }

    /** The last request to the reasoner; empty if nothing has been sent yet. */
    Optional<SentRequest> lastRequest() {
        return Optional.ofNullable(lastRequest);
    }

    /** What each question costs. */
    Bill bill() {
        return bill;
    }

    /** What was used so far. */
    String tokens() {
        return Words.of(
                "so far: reasoner " + reasonerMeter + cheapModelsPart + cheapMeter + ranking() + checking(),
                "累计：推理模型 " + reasonerMeter + cheapModelsPart + cheapMeter + ranking() + checking());
    }

    private String ranking() {
        return rankMeter.requests() == 0 ? "" : Words.of("; ordering ", "；排序 ") + rankMeter;
    }

    /** Behind what else was spent; empty where nothing was. */
    String checking() {
        return checkMeter.requests() == 0 ? "" : Words.of("; checking ", "；检查 ") + checkMeter;
    }

    @Override
    public void close() throws IOException {
        try (passages) {
            if (engine != null) {
                engine.close();
            }
            if (simulator != null) {
                simulator.close();
            }
        }
    }
}
