package io.github.deepthink4j.spring;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/** Reads the properties, and refuses in words of our own what Boot would say with the value, which may be a key, or not at all. */
final class BoundProperties {

    private static final String MODELS = DeepSeekProperties.PREFIX + ".models";
    private static final String BRACKETS =
            "A name of a model with other characters than a to z, 0 to 9 and - stands in brackets: "
                    + "deepthink4j.models[快速].thinking in a file of properties, '[快速]' with its quotes in YAML";

    private BoundProperties() {}

    static DeepSeekProperties of(Binder binder) {
        Known known = new Known();
        try {
            return bound(binder, new NoUnboundElementsBindHandler(known, new UnboundElementsSourceFilter()));
        } catch (BindException e) {
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                List<String> unknown = unknown(unbound, binder, known);
                if (unknown.isEmpty()) {
                    return bound(binder, BindHandler.DEFAULT);
                }
                throw unknown(unknown);
            }
            Class<?> type = e.getTarget().getType().resolve();
            if (type != null && type.isEnum()) {
                throw notOneOf(e.getName(), type);
            }
            if (isModel(e.getName())) {
                throw new UnusableSettingException(
                        e.getName().toString(),
                        "a model is a group of properties, and this is a single value",
                        "Write what is set below the name of a model. " + BRACKETS);
            }
            throw e;
        }
    }

    /** Not where ahead-of-time processing reads them, on a machine that has no keys. */
    static void checkPlaceholders(Binder binder) {
        try {
            binder.bind(DeepSeekProperties.PREFIX, Bindable.of(DeepSeekProperties.class), new Placeholders());
        } catch (BindException e) {
            if (e.getCause() instanceof UnusableSettingException known) {
                throw known;
            }
            throw e;
        }
    }

    private static boolean isModel(ConfigurationPropertyName name) {
        return ConfigurationPropertyName.of(MODELS).isParentOf(name);
    }

    private static DeepSeekProperties bound(Binder binder, BindHandler handler) {
        return binder.bind(DeepSeekProperties.PREFIX, Bindable.of(DeepSeekProperties.class), handler)
                .orElseGet(DeepSeekProperties::new);
    }

    /** Not of what is blank: of that the binder makes nothing, where the property is no text. */
    private static List<String> unknown(UnboundConfigurationPropertiesException unbound, Binder binder, Known known) {
        return unbound.getUnboundProperties().stream()
                .map(ConfigurationProperty::getName)
                .filter(name -> !(known.names.contains(name) && BlankValues.isBlank(binder, name)))
                .map(ConfigurationPropertyName::toString)
                .sorted()
                .toList();
    }

    private static UnusableSettingException unknown(List<String> names) {
        return new UnusableSettingException(
                names.get(0),
                names.size() == 1
                        ? "there is no such property"
                        : "there is no such property, nor are there "
                                + String.join(", ", names.subList(1, names.size())),
                "Correct the name, or take it out; docs/spring-boot.md has all of them"
                        + (names.get(0).startsWith(MODELS + ".") ? ". " + BRACKETS : ""));
    }

    /** YAML's {@code off} comes as false. */
    private static UnusableSettingException notOneOf(ConfigurationPropertyName name, Class<?> type) {
        String values = Arrays.stream(type.getEnumConstants())
                .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        return new UnusableSettingException(
                name.toString(), "what it is set to is not known", "Use one of " + values + ", or leave it out");
    }

    /** The names that are looked for, so that a property exists. */
    private static final class Known implements BindHandler {

        private final Set<ConfigurationPropertyName> names = new HashSet<>();

        @Override
        public <T> @Nullable Bindable<T> onStart(
                ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
            names.add(name);
            return target;
        }
    }

    /** Of all texts, also of those of models. */
    private static final class Placeholders implements BindHandler {

        @Override
        public @Nullable Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            if (result instanceof String text) {
                ValueChecks.placeholder(name.toString(), text);
            }
            return result;
        }
    }
}
