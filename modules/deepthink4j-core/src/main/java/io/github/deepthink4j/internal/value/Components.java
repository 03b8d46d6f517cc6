package io.github.deepthink4j.internal.value;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes two values equal and what their text says, each component named once. A record would do the same, but its
 * constructor and its patterns break all callers when it grows.
 */
public final class Components {

    private record Component(
            String name, @Nullable Object value, @Nullable Object said) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Component that && Objects.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(value);
        }
    }

    private final String type;
    private final List<Component> components = new ArrayList<>();

    private Components(String type) {
        this.type = type;
    }

    /**
     * None so far.
     *
     * @param type the value's class, as its text names it
     */
    public static Components of(Class<?> type) {
        return new Components(type.getSimpleName());
    }

    /** One more; the text leaves it out where it is {@code null}. */
    public Components with(String name, @Nullable Object value) {
        return with(name, value, value);
    }

    /** One more, of which the text says something else than its value, or nothing where that is {@code null}. */
    public Components with(String name, @Nullable Object value, @Nullable Object said) {
        components.add(new Component(name, value, said));
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Components that && type.equals(that.type) && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    /** Such as {@code Timeouts[connect=PT10S, idle=PT5M]}. */
    @Override
    public String toString() {
        return components.stream()
                .filter(component -> component.said != null)
                .map(component -> component.name + "=" + component.said)
                .collect(joining(", ", type + "[", "]"));
    }
}
