package io.github.deepthink4j.samples.agent;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolErrorContext;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A tool that may not take longer than this. Whatever goes wrong in it is told to the model in words, and the program goes on. */
final class LimitedTool implements ToolExecutor {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tool");
        thread.setDaemon(true);
        return thread;
    });

    private final ToolExecutor tool;
    private final Duration limit;

    private LimitedTool(ToolExecutor tool, Duration limit) {
        this.tool = tool;
        this.limit = limit;
    }

    /**
     * The tools of an object.
     *
     * @param waiting the names of those that wait for a person, and may take their time
     */
    static Map<ToolSpecification, ToolExecutor> of(Object tools, Duration limit, Set<String> waiting) {
        Map<ToolSpecification, ToolExecutor> executors = new LinkedHashMap<>();
        for (Method method : tools.getClass().getDeclaredMethods()) {
            if (method.isAnnotationPresent(Tool.class)) {
                ToolExecutor tool = DefaultToolExecutor.builder()
                        .object(tools)
                        .originalMethod(method)
                        .methodToInvoke(method)
                        .wrapToolArgumentsExceptions(true)
                        .propagateToolExecutionExceptions(true)
                        .build();
                executors.put(
                        ToolSpecifications.toolSpecificationFrom(method),
                        waiting.contains(method.getName()) ? tool : new LimitedTool(tool, limit));
            }
        }
        return executors;
    }

    @Override
    public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
        Future<ToolExecutionResult> result = THREADS.submit(() -> tool.executeWithContext(request, context));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new ShopException("The tool " + request.name() + " has not answered within " + limit.toSeconds()
                    + " seconds. Go on without it, or try once more.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new ShopException("The tool " + request.name() + " was stopped.");
        }
    }

    @Override
    public String execute(ToolExecutionRequest request, Object memoryId) {
        return executeWithContext(request, null).resultText();
    }

    /** For arguments that can't be read. */
    static ToolErrorHandlerResult badArguments(Throwable error, ToolErrorContext context) {
        return ToolErrorHandlerResult.text(
                "The arguments of " + context.toolExecutionRequest().name() + " do not fit its schema: "
                        + firstLine(error) + ". Call it again with arguments that do.");
    }

    /** For tools that fail: the shop's own words, and of everything else only the kind, since its words are not for strangers. */
    static ToolErrorHandlerResult failed(Throwable error, ToolErrorContext context) {
        return ToolErrorHandlerResult.text(
                error instanceof ShopException
                        ? error.getMessage()
                        : "The tool " + context.toolExecutionRequest().name() + " has failed ("
                                + error.getClass().getSimpleName()
                                + "). Go on without it, or say that it can't be done.");
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    /** What the person sees of a call. */
    static String shown(ToolExecutionRequest request) {
        String arguments = request.arguments() == null ? "" : request.arguments();
        return request.name() + " " + String.join(" ", Arrays.asList(arguments.split("\\s+")));
    }
}
