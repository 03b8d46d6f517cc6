package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.micrometer.observation.Observation;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Calls, and steps of models that are made of several: {@code deepthink4j-agents} is there. */
final class ObservedSteps extends ObservedCalls implements StepListener {

    static final String NAME = "deepthink4j.step";

    ObservedSteps(DeepSeekObservations settings) {
        super(settings);
    }

    @Override
    public Watch watch(StepKind kind, String part, @Nullable String modelName) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        BoundedNames names = settings.names();
        Observation step = Observation.createNotStarted(NAME, StepObservationContext::new, settings.observations())
                .contextualName("step " + word + " " + part)
                .lowCardinalityKeyValue("deepthink4j.step.kind", word)
                .lowCardinalityKeyValue("deepthink4j.step.part", names.of("deepthink4j.step.part", part))
                .lowCardinalityKeyValue("gen_ai.request.model", names.of("gen_ai.request.model", modelName))
                .lowCardinalityKeyValue("error.type", BoundedNames.NONE)
                .lowCardinalityKeyValue("deepthink4j.outcome", BoundedNames.NONE);
        Observation around = settings.current();
        step.start();
        return new Running(step, around);
    }

    private final class Running implements Watch {

        private final Observation step;
        private final @Nullable Observation around;

        Running(Observation step, @Nullable Observation around) {
            this.step = step;
            this.around = around;
        }

        @Override
        public void during(Runnable call) {
            Scopes.within(settings.observations(), step.isNoop() ? around : step, call);
        }

        @Override
        public void onEnd(Step ended, @Nullable ChatResponse response) {
            Throwable error = ended.error();
            try {
                step.lowCardinalityKeyValue("error.type", settings.names().of("error.type", ErrorTypes.of(error)));
                step.lowCardinalityKeyValue("deepthink4j.outcome", outcome(error));
                if (error != null && !(error instanceof CancellationException)) {
                    step.error(error);
                }
            } finally {
                step.stop();
            }
        }

        private static String outcome(@Nullable Throwable error) {
            return error == null ? "answered" : error instanceof CancellationException ? "cancelled" : "failed";
        }
    }
}
