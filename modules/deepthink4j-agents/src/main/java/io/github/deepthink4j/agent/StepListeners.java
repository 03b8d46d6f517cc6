package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.CallReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several listeners as one; what one of them throws keeps nothing from the others. */
record StepListeners(List<StepListener> listeners) implements StepListener {

    private static final SafeLog LOG = SafeLog.of(StepListeners.class);

    /** The listener that was set, and those of the model's own listeners that want to hear of steps. */
    static StepListener of(StepListener set, List<ChatModelListener> ofTheModel) {
        List<StepListener> all = new ArrayList<>();
        if (set != StepListener.NONE) {
            all.add(set);
        }
        for (ChatModelListener listener : ofTheModel) {
            if (listener instanceof StepListener steps && steps != set) {
                all.add(steps);
            }
        }
        return new StepListeners(List.copyOf(all));
    }

    @Override
    public Watch watch(StepKind kind, String part, @Nullable String modelName) {
        List<Watch> watches = new ArrayList<>(listeners.size());
        for (StepListener listener : listeners) {
            int before = watches.size();
            tell(() -> watches.add(listener.watch(kind, part, modelName)));
            if (watches.size() == before) {
                // It may have counted the step before it threw, and counts it out at the end.
                watches.add(listener::onEnd);
            }
        }
        return new Watches(watches);
    }

    private record Watches(List<Watch> watches) implements Watch {

        @Override
        public void onEnd(Step step, @Nullable ChatResponse response) {
            watches.forEach(watch -> tell(() -> watch.onEnd(step, response)));
        }

        @Override
        public void during(Runnable call) {
            Runnable all = call;
            for (Watch watch : watches) {
                Runnable inner = all;
                all = () -> CallReport.around(watch::during, inner);
            }
            all.run();
        }
    }

    private static void tell(Runnable report) {
        try {
            report.run();
        } catch (Throwable e) {
            LOG.warn("A StepListener has thrown; this is ignored", e);
        }
    }
}
