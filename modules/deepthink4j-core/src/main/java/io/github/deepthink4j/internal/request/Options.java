package io.github.deepthink4j.internal.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request says of each {@link Option}: a value, immutable. */
public final class Options {

    /** Nothing said. */
    public static final Options NONE = new Options(Map.of());

    private final Map<Option<?>, Object> said;

    private Options(Map<Option<?>, Object> said) {
        this.said = said;
    }

    /** {@code null} if nothing was said. */
    @SuppressWarnings("unchecked") // with() puts in nothing but a T
    public <T> @Nullable T get(Option<T> option) {
        return (T) said.get(option);
    }

    public <T> T get(Option<T> option, T otherwise) {
        T value = get(option);
        return value == null ? otherwise : value;
    }

    /** A copy that says this of an option; {@code null} unsets it. */
    public <T> Options with(Option<T> option, @Nullable T value) {
        Map<Option<?>, Object> changed = new LinkedHashMap<>(said);
        T kept = value == null ? null : option.keep(value);
        if (kept == null) {
            changed.remove(option);
        } else {
            changed.put(option, kept);
        }
        return new Options(changed);
    }

    /** A copy in which what others say wins over what is said here. */
    public Options overrideWith(Options others) {
        Options both = this;
        for (Option<?> option : others.said.keySet()) {
            both = both.overrideWith(option, others);
        }
        return both;
    }

    private <T> Options overrideWith(Option<T> option, Options others) {
        T earlier = get(option);
        T later = others.get(option);
        return with(option, earlier == null || later == null ? later : option.merge(earlier, later));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Options that && said.equals(that.said);
    }

    @Override
    public int hashCode() {
        return said.hashCode();
    }

    /** Each option that was said, in the order of {@link Option#all()}. */
    @Override
    public String toString() {
        return Option.all().stream()
                .filter(said::containsKey)
                .map(option -> option + "=" + said.get(option))
                .collect(Collectors.joining(", "));
    }
}
