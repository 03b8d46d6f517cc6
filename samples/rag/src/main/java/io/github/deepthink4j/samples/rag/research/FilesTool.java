package io.github.deepthink4j.samples.rag.research;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says which files there are. */
final class FilesTool implements ResearchTool {

    static final String NAME = "list_files";

    private static final String PART = "containing";
    private static final int SHOWN = 200;

    private final Sections sections;

    FilesTool(Sections sections) {
        this.sections = sections;
    }

    @Override
    public ToolSpecification specification() {
        return ToolSpecification.builder()
                .name(NAME)
                .description("Lists the files that the documents are in. A list is no source: what is in a file says a"
                        + " passage of it.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty(PART, "only files with this in their names; leave it out for all of them")
                        .build())
                .build();
    }

    @Override
    public ToolResult call(JsonNode arguments) {
        String part = arguments.path(PART).asText("").strip().toLowerCase(Locale.ROOT);
        List<String> files = sections.files().stream()
                .filter(file -> file.toLowerCase(Locale.ROOT).contains(part))
                .toList();
        String list = files.stream()
                .limit(SHOWN)
                .map(file -> "<file name=\"" + PassageInjector.escaped(file) + "\"/>")
                .collect(Collectors.joining("\n"));
        String more = files.size() > SHOWN
                ? "\n" + (files.size() - SHOWN) + " more: narrow it down with \"" + PART + "\"."
                : "";
        int found = files.size();
        return new ToolResult(
                found == 0 ? "There is no such file." : list + more,
                Words.of(found + (found == 1 ? " file" : " files"), found + " 个文件"),
                found > 0);
    }
}
