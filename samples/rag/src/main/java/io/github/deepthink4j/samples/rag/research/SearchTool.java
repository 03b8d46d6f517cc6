package io.github.deepthink4j.samples.rag.research;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import java.util.List;
import java.util.Map;

/** Looks for passages, in the documents or on the web. */
final class SearchTool implements ResearchTool {

    static final String DOCUMENTS = "search";
    static final String WEB = "search_web";

    private static final String QUERY = "query";

    private final String name;
    private final String description;
    private final ContentRetriever retriever;
    private final ContentAggregator aggregator;
    private final ReadPassages read;

    private SearchTool(
            String name,
            String description,
            ContentRetriever retriever,
            ContentAggregator aggregator,
            ReadPassages read) {
        this.name = name;
        this.description = description;
        this.retriever = retriever;
        this.aggregator = aggregator;
        this.read = read;
    }

    static SearchTool documents(ContentRetriever retriever, ContentAggregator aggregator, ReadPassages read) {
        return new SearchTool(
                DOCUMENTS,
                "Finds passages of the documents by meaning and by words. Ask for one thing at a time, by its name if you"
                        + " know it.",
                retriever,
                aggregator,
                read);
    }

    static SearchTool web(ContentRetriever retriever, ContentAggregator aggregator, ReadPassages read) {
        return new SearchTool(
                WEB, "Finds pages on the web, for what the documents do not hold.", retriever, aggregator, read);
    }

    @Override
    public ToolSpecification specification() {
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty(QUERY, "a few words, in the language of the documents")
                        .required(QUERY)
                        .build())
                .build();
    }

    @Override
    public ToolResult call(JsonNode arguments) {
        Query query = Query.from(ResearchTool.text(arguments, QUERY));
        ReadPassages.Told told = read.tell(aggregator.aggregate(Map.of(query, List.of(retriever.retrieve(query)))));
        String end = told.numbers().isEmpty()
                ? "</" + name + ">\nNothing is near to that. Try other words, or a name that stands in a passage."
                : "</" + name + ">";
        return ToolResult.of(told, "<" + name + " query=\"" + PassageInjector.escaped(query.text()) + "\">\n", end);
    }
}
