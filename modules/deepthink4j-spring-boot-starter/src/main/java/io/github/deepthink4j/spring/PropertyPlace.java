package io.github.deepthink4j.spring;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** Where a property is set, in words; never its value, which may be a key. */
final class PropertyPlace {

    private static final String NOWHERE =
            "It is not set. Properties stand in application.properties or application.yml, in src/main/resources as a rule.";

    private static final Pattern OF_NAMED = Pattern.compile("deepthink4j\\.models(?:\\.[^.\\[]+|\\[[^]]+])(\\..+)");

    private static final String INHERITED = "The model has it from ";

    private PropertyPlace() {}

    static String of(@Nullable Environment environment, String property) {
        if (environment == null) {
            return NOWHERE;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        return first(environment, source -> Stream.ofNullable(source.getConfigurationProperty(name)))
                .map(found -> "It is set in " + place(found) + ".")
                .or(() -> first(environment, source -> below(source, name))
                        .map(found -> "It is a group; " + found.getName() + " is set in " + place(found) + "."))
                .or(() -> Optional.ofNullable(ofBlock(environment, property)))
                .orElse(NOWHERE);
    }

    /** What a named model has from the block. */
    private static @Nullable String ofBlock(Environment environment, String property) {
        Matcher inherited = OF_NAMED.matcher(property);
        if (!inherited.matches()) {
            return null;
        }
        String block = DeepSeekProperties.PREFIX + inherited.group(1);
        String place = of(environment, block);
        return place.equals(NOWHERE) ? null : INHERITED + block + ". " + place;
    }

    /** How a named model gets rid of what is not its own; empty where it is, or where it is a group. */
    static String remedy(@Nullable Environment environment, String property) {
        String place = of(environment, property);
        return place.startsWith(INHERITED) && !place.contains("It is a group")
                ? " For this model alone, set " + property + " to nothing (no value behind the colon or the sign =)."
                : "";
    }

    private static Optional<ConfigurationProperty> first(
            Environment environment, Function<ConfigurationPropertySource, Stream<ConfigurationProperty>> found) {
        return Stream.of(ConfigurationPropertySources.get(environment))
                .flatMap(sources -> StreamSupport.stream(sources.spliterator(), false))
                .flatMap(found)
                .findFirst();
    }

    private static Stream<ConfigurationProperty> below(
            ConfigurationPropertySource source, ConfigurationPropertyName group) {
        return source instanceof IterableConfigurationPropertySource all
                ? all.stream()
                        .filter(group::isAncestorOf)
                        .map(source::getConfigurationProperty)
                        .filter(Objects::nonNull)
                : Stream.empty();
    }

    private static String place(ConfigurationProperty found) {
        return found.getOrigin() == null
                ? "an unknown place"
                : found.getOrigin().toString();
    }
}
