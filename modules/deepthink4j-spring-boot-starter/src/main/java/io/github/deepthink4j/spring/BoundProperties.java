package io.github.deepthink4j.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
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
        try {
            return binder.bind(
                            DeepSeekProperties.PREFIX,
                            Bindable.of(DeepSeekProperties.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
                    .orElseGet(DeepSeekProperties::new);
        } catch (BindException e) {
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                throw unknown(unbound);
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

    private static UnusableSettingException unknown(UnboundConfigurationPropertiesException unbound) {
        List<String> names = unbound.getUnboundProperties().stream()
                .map(property -> property.getName().toString())
                .sorted()
                .toList();
        return new UnusableSettingException(
                names.get(0),
                names.size() == 1
                        ? "there is no such property"
                        : "there is no such property, nor are there "
                                + String.join(", ", names.subList(1, names.size())),
                "Correct the name, or take it out; docs/spring-boot.md has all of them"
                        + (names.get(0).startsWith(MODELS + ".") ? ". " + BRACKETS : ""));
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
