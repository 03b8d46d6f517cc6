package io.github.deepthink4j.micrometer;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tools of an AI service each of whose executions is a span {@code execute_tool} and a timer, between the call that asks for it and the
 * one that hears its result; what the tool does, calls of other models included, stands in that span. Needs
 * {@code dev.langchain4j:langchain4j}.
 *
 * <p>LangChain4j's own events can't carry a span: {@code ToolExecutedEvent} comes when all tools of a round have ended, and of one that
 * throws there is none. So tools are wrapped before an AI service gets them. Thread-safe.
 */
public final class ObservedTools {

    private final DeepSeekObservations settings;

    private ObservedTools(DeepSeekObservations settings) {
        this.settings = settings;
    }

    /** Whose executions these observations are told of. */
    public static ObservedTools by(DeepSeekObservations observations) {
        return new ObservedTools(requireNonNull(observations, "observations"));
    }

    /**
     * The {@code @Tool} methods of some objects, for {@code AiServices.tools(List)}. Methods with {@code @CompensateFor} are not found
     * there: LangChain4j looks for them in objects that it is given itself.
     *
     * @throws RuntimeException LangChain4j's, if an object has no such method
     */
    public List<AiServiceTool> of(Object... objectsWithTools) {
        return Arrays.stream(objectsWithTools)
                .flatMap(object -> ToolService.findTools(object).stream())
                .map(this::tool)
                .toList();
    }

    /** Such as one of {@code AiServiceTool.builder()}. */
    public AiServiceTool tool(AiServiceTool tool) {
        return tool.toBuilder().toolExecutor(executor(tool.toolExecutor())).build();
    }

    /** For tools that are a map of specifications and executors. */
    public ToolExecutor executor(ToolExecutor executor) {
        return new ObservedToolExecutor(settings, requireNonNull(executor, "executor"));
    }

    /** Such as one of MCP. */
    public ToolProvider provider(ToolProvider provider) {
        requireNonNull(provider, "provider");
        return new ToolProvider() {
            @Override
            public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
                ToolProviderResult provided = provider.provideTools(request);
                return provided == null
                        ? null
                        : new ToolProviderResult(provided.aiServiceTools().stream()
                                .map(ObservedTools.this::tool)
                                .toList());
            }

            @Override
            public boolean isDynamic() {
                return provider.isDynamic();
            }
        };
    }
}
