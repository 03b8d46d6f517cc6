package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.router.DefaultQueryRouter;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import java.util.List;

/** The pipeline of LangChain4j's parts. Give it to {@code AiServices.builder(...).retrievalAugmentor(...)} as well. */
public final class Retrieval {

    private Retrieval() {}

    public static RetrievalAugmentor augmentor(
            Passages passages,
            SideBySideEmbeddings embeddings,
            ChatModel cheapModel,
            TokenCountEstimator estimator,
            RetrievalSettings settings) {
        return augmentor(
                List.of(new NeighbourRetriever(passages, embeddings, settings)), cheapModel, estimator, settings);
    }

    /** The same over several sources, such as the web beside the documents. */
    public static RetrievalAugmentor augmentor(
            List<ContentRetriever> sources,
            ChatModel cheapModel,
            TokenCountEstimator estimator,
            RetrievalSettings settings) {
        return DefaultRetrievalAugmentor.builder()
                .queryTransformer(new FollowUpRewriter(cheapModel))
                .queryRouter(new DefaultQueryRouter(sources))
                .contentAggregator(new PassageAggregator(settings.budgetTokens(), estimator))
                .contentInjector(new PassageInjector())
                .build();
    }
}
