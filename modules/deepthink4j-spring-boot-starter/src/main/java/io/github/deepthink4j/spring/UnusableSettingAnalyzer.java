package io.github.deepthink4j.spring;

import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
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
        String place = place(property);
        String description = "The property " + property + " can't be used: " + cause.reason() + "."
                + System.lineSeparator() + System.lineSeparator()
                + (place == null
                        ? "It is not set. Properties stand in application.properties or application.yml, in src/main/resources as a rule."
                        : "It is set in " + place + ".");
        return new FailureAnalysis(description, cause.remedy() + ".", cause);
    }

    /** Without its value, which may be a key. */
    private @Nullable String place(String property) {
        if (environment == null) {
            return null;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        return Stream.of(ConfigurationPropertySources.get(environment))
                .flatMap(sources -> StreamSupport.stream(sources.spliterator(), false))
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .map(found -> found.getOrigin() == null
                        ? "an unknown place"
                        : found.getOrigin().toString())
                .findFirst()
                .orElse(null);
    }
}
