package io.github.deepthink4j.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in place of a stack trace which property is wrong, where it stands, and what to write. */
final class UnusableSettingAnalyzer extends AbstractFailureAnalyzer<UnusableSettingException> {

    private final @Nullable Environment environment;

    UnusableSettingAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingException cause) {
        String property = cause.property();
        if (property == null) {
            return new FailureAnalysis(
                    "The application's beans can't be used as they are: " + cause.reason() + ".",
                    cause.remedy() + ".",
                    cause);
        }
        return new FailureAnalysis(
                "The property " + property + " can't be used: " + cause.reason() + "." + System.lineSeparator()
                        + System.lineSeparator() + PropertyPlace.of(environment, property),
                cause.remedy() + "." + PropertyPlace.remedy(environment, property),
                cause);
    }
}
