package io.github.deepthink4j.micrometer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.micrometer.observation.Observation;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tool within an observation of its own; what it gives and throws is passed on as it is. */
final class ObservedToolExecutor implements ToolExecutor {

    static final String NAME = "deepthink4j.tool";

    private final DeepSeekObservations settings;
    private final ToolExecutor executor;

    ObservedToolExecutor(DeepSeekObservations settings, ToolExecutor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    @Override
    public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
        return observed(request, () -> executor.execute(request, memoryId), result -> false);
    }

    @Override
    public ToolExecutionResult executeWithContext(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return observed(
                request,
                () -> executor.executeWithContext(request, context),
                result -> result != null && result.isError());
    }

    private <T> T observed(ToolExecutionRequest request, Supplier<T> task, Predicate<T> failed) {
        Observation around = settings.current();
        Observation tool = Guard.get(() -> tool(request), Observation.NOOP);
        Guard.run(tool::start);
        Execution<T> execution = new Execution<>(task, failed);
        try {
            Scopes.within(settings.observations(), tool.isNoop() ? around : tool, execution);
        } finally {
            end(tool, execution.thrown, execution.failed);
        }
        return execution.result();
    }

    private Observation tool(ToolExecutionRequest request) {
        BoundedNames names = settings.names();
        String name = names.of("gen_ai.tool.name", request.name());
        Observation tool = Observation.createNotStarted(NAME, StepObservationContext::new, settings.observations())
                .contextualName("execute_tool " + name)
                .lowCardinalityKeyValue("gen_ai.operation.name", "execute_tool")
                .lowCardinalityKeyValue("gen_ai.tool.name", name)
                .lowCardinalityKeyValue("error.type", BoundedNames.NONE)
                .lowCardinalityKeyValue("deepthink4j.outcome", BoundedNames.NONE);
        if (request.id() != null) {
            tool.highCardinalityKeyValue("gen_ai.tool.call.id", Words.bounded(request.id()));
        }
        return tool;
    }

    /** LangChain4j says of a tool whose result is an error no more than that: {@code tool_error}. */
    private void end(Observation tool, @Nullable Throwable thrown, boolean failed) {
        boolean cancelled = thrown instanceof CancellationException;
        String type = thrown != null ? ErrorTypes.of(thrown) : failed ? "tool_error" : null;
        Guard.run(
                () -> tool.lowCardinalityKeyValue("error.type", settings.names().of("error.type", type))
                        .lowCardinalityKeyValue(
                                "deepthink4j.outcome", cancelled ? "cancelled" : failed ? "failed" : "answered"));
        if (thrown != null && !cancelled) {
            CallFailure shown = CallFailure.of(thrown, settings.shownWords());
            Guard.run(() -> tool.error(shown));
        }
        Guard.run(tool::stop);
    }

    /** Runs the tool, and keeps what has become of it. */
    private static final class Execution<T> implements Runnable {

        private final Supplier<T> task;
        private final Predicate<T> fails;
        private @Nullable T result;
        private @Nullable Throwable thrown;
        private boolean failed;

        Execution(Supplier<T> task, Predicate<T> fails) {
            this.task = task;
            this.fails = fails;
        }

        @Override
        public void run() {
            try {
                T given = task.get();
                result = given;
                failed = Guard.get(() -> fails.test(given), false);
            } catch (Throwable e) {
                thrown = e;
                failed = true;
                throw e;
            }
        }

        @SuppressWarnings("NullAway") // A tool may give nothing, which is passed on.
        T result() {
            return result;
        }
    }
}
