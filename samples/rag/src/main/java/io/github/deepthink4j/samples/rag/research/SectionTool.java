package io.github.deepthink4j.samples.rag.research;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a section whole, of which a search has shown a part. */
final class SectionTool implements ResearchTool {

    static final String NAME = "read_section";

    private static final String FILE = "file";
    private static final String SECTION = "section";
    private static final int SHOWN_SECTIONS = 40;

    private final Sections sections;
    private final ContentAggregator aggregator;
    private final ReadPassages read;

    SectionTool(Sections sections, ContentAggregator aggregator, ReadPassages read) {
        this.sections = sections;
        this.aggregator = aggregator;
        this.read = read;
    }

    @Override
    public ToolSpecification specification() {
        return ToolSpecification.builder()
                .name(NAME)
                .description("Reads a whole section of a document, where a passage breaks off or more of it is needed.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty(FILE, "as it stands in the passage or in the list of files")
                        .addStringProperty(SECTION, "the heading, as it stands in the passage")
                        .required(FILE, SECTION)
                        .build())
                .build();
    }

    @Override
    public ToolResult call(JsonNode arguments) {
        String file = ResearchTool.text(arguments, FILE);
        List<TextSegment> whole = sections.of(file);
        if (whole.isEmpty()) {
            return ToolResult.refused(
                    "There is no file " + file + " among the documents. " + FilesTool.NAME + " says which there are.",
                    "文档中没有文件 " + file + "。");
        }
        // A document without headings has a section without a name.
        String section = arguments.path(SECTION).asText("").isBlank()
                        && Sections.heading(whole.get(0)).isBlank()
                ? ""
                : ResearchTool.text(arguments, SECTION);
        List<TextSegment> found = Sections.within(whole, section);
        if (found.isEmpty()) {
            return ToolResult.refused(
                    "There is no section " + section + " in " + file + ". Its sections are: " + headings(whole),
                    file + " 中没有小节 " + section + "。");
        }
        List<Content> fitting = aggregator.aggregate(Map.of(
                Query.from(file + " " + section),
                List.of(found.stream().map(SectionTool::wanted).toList())));
        return ToolResult.of(
                read.tell(fitting),
                "<section file=\"" + PassageInjector.escaped(file) + "\" heading=\"" + PassageInjector.escaped(section)
                        + "\">\n",
                isCut(found, fitting)
                        ? "</section>\nThe section goes on, and is too long to be read at once."
                        : "</section>");
    }

    private static boolean isCut(List<TextSegment> found, List<Content> fitting) {
        int whole = found.stream().mapToInt(segment -> segment.text().length()).sum();
        int told = fitting.stream()
                .mapToInt(content -> content.textSegment().text().length())
                .sum();
        return told < whole;
    }

    private static Content wanted(TextSegment segment) {
        return Content.from(segment, Map.of(ContentMetadata.SCORE, 1.0));
    }

    private static String headings(List<TextSegment> file) {
        List<String> headings = file.stream().map(Sections::heading).distinct().toList();
        return headings.stream()
                        .limit(SHOWN_SECTIONS)
                        .map(heading -> "<section heading=\"" + PassageInjector.escaped(heading) + "\"/>")
                        .collect(Collectors.joining(" "))
                + (headings.size() > SHOWN_SECTIONS ? " and " + (headings.size() - SHOWN_SECTIONS) + " more" : "");
    }
}
