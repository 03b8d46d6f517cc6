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
        Observation around = settings.current();
        Observation step = Guard.get(() -> step(kind, part, modelName), Observation.NOOP);
        Guard.run(step::start);
        return new Running(step, around);
    }

    private Observation step(StepKind kind, String part, @Nullable String modelName) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        BoundedNames names = settings.names();
        return Observation.createNotStarted(NAME, StepObservationContext::new, settings.observations())
                .contextualName("step " + word + " " + Words.bounded(part))
                .lowCardinalityKeyValue("deepthink4j.step.kind", word)
                .lowCardinalityKeyValue("deepthink4j.step.part", names.of("deepthink4j.step.part", part))
                .lowCardinalityKeyValue("gen_ai.request.model", names.of("gen_ai.request.model", modelName))
                .lowCardinalityKeyValue("error.type", BoundedNames.NONE)
                .lowCardinalityKeyValue("deepthink4j.outcome", BoundedNames.NONE);
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
            Guard.run(() -> step.lowCardinalityKeyValue(
                            "error.type", settings.names().of("error.type", ErrorTypes.of(error)))
                    .lowCardinalityKeyValue("deepthink4j.outcome", outcome(error)));
            if (error != null && !(error instanceof CancellationException)) {
                CallFailure shown = CallFailure.of(error, settings.shownWords());
                Guard.run(() -> step.error(shown));
            }
            Guard.run(step::stop);
        }

        private static String outcome(@Nullable Throwable error) {
            return error == null ? "answered" : error instanceof CancellationException ? "cancelled" : "failed";
        }
    }
}
