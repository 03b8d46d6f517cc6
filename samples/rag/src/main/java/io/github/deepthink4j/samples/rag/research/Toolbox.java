package io.github.deepthink4j.samples.rag.research;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tools of one question. Whatever is wrong with a call, or goes wrong in it, is told to the model in words. */
final class Toolbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ResearchTool> tools = new LinkedHashMap<>();
    private final Map<String, ToolResult> done = new HashMap<>();

    Toolbox(List<ResearchTool> tools) {
        tools.forEach(tool -> this.tools.put(tool.specification().name(), tool));
    }

    List<ToolSpecification> specifications() {
        return tools.values().stream().map(ResearchTool::specification).toList();
    }

    ToolResult call(ToolExecutionRequest request) {
        ResearchTool tool = tools.get(request.name());
        if (tool == null) {
            String names = String.join(", ", tools.keySet());
            return ToolResult.refused(
                    "There is no tool " + request.name() + ". There are: " + names + ".",
                    "没有工具 " + request.name() + "。可用的有：" + names + "。");
        }
        JsonNode arguments;
        try {
            arguments = arguments(request);
        } catch (JsonProcessingException e) {
            return ToolResult.refused(
                    "The arguments of " + request.name() + " are no JSON. Call it again with some.",
                    request.name() + " 的参数不是 JSON。");
        }
        if (!arguments.isObject()) {
            return ToolResult.refused(
                    "The arguments of " + request.name() + " are no JSON object. Call it again with one.",
                    request.name() + " 的参数不是 JSON 对象。");
        }
        String key = request.name() + " " + plain(arguments);
        ToolResult before = done.get(key);
        return before == null ? call(request.name(), tool, arguments, key) : repeated(before);
    }

    private static JsonNode arguments(ToolExecutionRequest request) throws JsonProcessingException {
        String text = request.arguments();
        return JSON.readTree(text == null || text.isBlank() ? "{}" : text);
    }

    private ToolResult call(String name, ResearchTool tool, JsonNode arguments, String key) {
        try {
            ToolResult result = tool.call(arguments);
            done.put(key, result);
            return result;
        } catch (ResearchTool.BadArgumentsException e) {
            return ToolResult.refused(
                    "The arguments of " + name + " do not fit: " + e.getMessage(), name + " 的参数不合要求：" + e.getMessage());
        } catch (RuntimeException e) {
            return ToolResult.failed(name, e);
        }
    }

    private static ToolResult repeated(ToolResult before) {
        return new ToolResult(
                "This was called before, and its result stands above. Ask for something else, or stop.",
                Words.of("the same as before: ", "与之前相同：") + before.shown(),
                false);
    }

    /** A call in other letter case or with other signs in between finds the same. */
    private static String plain(JsonNode arguments) {
        List<String> parts = new ArrayList<>();
        arguments
                .properties()
                .forEach(field -> parts.add(field.getKey() + "="
                        + field.getValue()
                                .asText()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("(?U)[\\W_]+", " ")
                                .strip()));
        return parts.stream().sorted().collect(Collectors.joining(" "));
    }

    /** What the person sees of a call: its tool and arguments, whatever they are. */
    static String shown(ToolExecutionRequest request) {
        try {
            JsonNode arguments = arguments(request);
            if (arguments.isObject()) {
                List<String> values = new ArrayList<>();
                arguments
                        .elements()
                        .forEachRemaining(value -> values.add(value.isTextual() ? value.asText() : value.toString()));
                return (request.name() + " " + String.join(Words.of(", ", "，"), values)).strip();
            }
        } catch (JsonProcessingException e) {
            // It is shown as it came.
        }
        return request.name() + " " + request.arguments();
    }
}
