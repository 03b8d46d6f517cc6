package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.retrieval.PassageAggregator;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A research over a few passages that are found by a word of their text, with a scripted server for both models. */
final class ResearchFixture implements AutoCloseable, AnswerListener {

    static final Answer PLAN = Answer.thinking("Two steps.").thenText("1. search. 2. search for what that names.");
    static final Answer DONE = Answer.text("done");

    static final TextSegment ENGINE =
            segment("terna.md", "Terna > Engine", 0, "The engine of the Terna is by Halvorsen.");
    static final TextSegment WORKSHOP =
            segment("halvorsen.md", "Halvorsen > Workshop", 0, "Halvorsen works in Molvik.");

    final DeepSeekSimulator reasoner;
    final DeepSeekSimulator toolCaller;
    final ChatMemory memory = ReasoningChatMemory.withMaxTurns(20);
    final List<String> shown = Collections.synchronizedList(new ArrayList<>());
    final List<TextSegment> documents = new ArrayList<>(List.of(ENGINE, WORKSHOP));
    String reasonerName = "deepseek-flash";
    ContentRetriever retriever = query -> documents.stream()
            .filter(segment -> List.of(query.text().split(" ")).stream()
                    .anyMatch(word -> segment.text().contains(word)))
            .map(segment -> Content.from(segment, Map.of(ContentMetadata.SCORE, 1.0)))
            .toList();
    ResearchLimits limits = limits(6, "0.05");
    Cost cost = Cost.nothing(Currency.getInstance("USD"));

    ResearchFixture(Generation generation) {
        reasoner = DeepSeekSimulator.as(generation);
        toolCaller = DeepSeekSimulator.as(Generation.V4_1);
    }

    static ResearchLimits limits(int rounds, String dollars) {
        return new ResearchLimits(rounds, new BigDecimal(dollars), Currency.getInstance("USD"), 100_000);
    }

    static TextSegment segment(String file, String heading, int position, String text) {
        return TextSegment.from(
                text,
                Metadata.from(Keys.FILE, file)
                        .put(Keys.HEADING, heading)
                        .put(Keys.VERSION, "version of " + file)
                        .put(Keys.POSITION, position));
    }

    static Answer search(String query) {
        return Answer.toolCall("search", Map.of("query", query));
    }

    Research research() {
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        documents.forEach(segment -> store.add(Embedding.from(new float[] {1}), segment));
        EmbeddingModel alike = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                return Response.from(Collections.nCopies(segments.size(), Embedding.from(new float[] {1})));
            }
        };
        return new Research(
                new Research.Means(
                        query -> retriever.retrieve(query),
                        Optional.empty(),
                        new Sections(store, alike, Optional::empty),
                        new PassageAggregator(3_000, DeepSeekTokenCountEstimator.of(ModelProfile.V4_1)),
                        listener -> ToolRoutingStreamingChatModel.builder()
                                .reasoner(model(reasoner, reasonerName).build())
                                .toolCaller(model(toolCaller, "deepseek-flash")
                                        .thinking(false)
                                        .build())
                                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                                .stepListener(listener)
                                .build(),
                        Optional.empty(),
                        () -> cost),
                limits,
                memory);
    }

    private static DeepSeekStreamingChatModel.Builder model(DeepSeekSimulator server, String name) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("any")
                .modelName(name);
    }

    /** What the tool caller was told in its last request of the results of its last call. */
    String lastResult() {
        return toolCaller.lastRequest().lastMessage().path("content").asText();
    }

    @Override
    public void thinking(String piece) {}

    @Override
    public void text(String sentence) {
        shown.add("text: " + sentence);
    }

    @Override
    public void step(String line) {
        shown.add(line);
    }

    @Override
    public void aside(String remark) {
        shown.add("[" + remark + "]");
    }

    @Override
    public void close() {
        reasoner.close();
        toolCaller.close();
    }
}
