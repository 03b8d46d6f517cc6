package io.github.deepthink4j.spring;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What must not be seen: by the names of the properties that may hold a key, and by the keys themselves, wherever they stand. */
final class Secrets {

    /** In all spellings: {@code deepthink4j.models.fast.api-key}, {@code DEEPTHINK4J_MODELS_FAST_APIKEY}. */
    private static final Pattern NAMES = Pattern.compile(
            "deepthink4j.*(apikey|customheaders.*|customqueryparams.*|customparameters.*|baseurl)|deepseekapikey");

    private static final int SHORTEST = 8;

    private final Set<String> keys;

    private Secrets(Set<String> keys) {
        this.keys = keys;
    }

    static Secrets of(Environment environment) {
        Set<String> keys = new LinkedHashSet<>();
        add(keys, environment.getProperty(ModelBlocks.KEY_VARIABLE));
        try {
            Binder binder = Binder.get(environment);
            add(
                    keys,
                    binder.bind(DeepSeekProperties.PREFIX + ".api-key", String.class)
                            .orElse(""));
            binder.bind(DeepSeekProperties.PREFIX + ".models", Bindable.mapOf(String.class, ConnectionProperties.class))
                    .ifBound(models -> models.values().forEach(model -> add(keys, model.getApiKey())));
        } catch (BindException e) {
            // Whoever builds the models will say so; the names are secret all the same.
            return new Secrets(keys);
        }
        return new Secrets(keys);
    }

    private static void add(Set<String> keys, @Nullable String key) {
        // A short one is a placeholder such as "any", and would blacken half of the page.
        if (key != null && key.trim().length() >= SHORTEST) {
            keys.add(key.trim());
        }
    }

    boolean isSecret(@Nullable String name, @Nullable Object value) {
        String plain = name == null ? "" : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (NAMES.matcher(plain).matches() && !isPlainUrl(plain, value)) {
            return true;
        }
        String text = value instanceof CharSequence ? value.toString() : "";
        return keys.stream().anyMatch(text::contains);
    }

    /** An address without a user and a query holds no key, and is what one looks for. */
    private static boolean isPlainUrl(String name, @Nullable Object value) {
        String url = String.valueOf(value);
        return name.endsWith("baseurl") && !url.contains("@") && !url.contains("?");
    }
}
