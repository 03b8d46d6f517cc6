package io.github.deepthink4j.internal.request;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a class of request parameters tells beyond LangChain4j's own, by its public getters: each vendor has a class of its own, and
 * none of them is on the class path here.
 */
final class ForeignGetters {

    /** Of each class once: to look its methods up takes longer than to write a request. */
    private static final ClassValue<ForeignGetters> OF_CLASS = new ClassValue<>() {
        @Override
        protected ForeignGetters computeValue(Class<?> type) {
            return new ForeignGetters(type);
        }
    };

    private static final Set<String> KNOWN = Stream.of(
                    ChatRequestParameters.class, DefaultChatRequestParameters.class, Object.class, Record.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .map(Method::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> PREFIXES = List.of("get", "is");

    private final List<Getter> getters;

    private ForeignGetters(Class<?> type) {
        this.getters = type == DefaultChatRequestParameters.class
                ? List.of()
                : Arrays.stream(type.getMethods())
                        .filter(ForeignGetters::isGetter)
                        .map(Getter::of)
                        .filter(getter -> !KNOWN.contains(getter.name))
                        .sorted(Comparator.comparing(Getter::name))
                        .toList();
    }

    /**
     * What was said, by the names of the getters; empty for LangChain4j's own parameters. Where a getter can't be called, or throws,
     * its value is itself, which nobody understands.
     */
    static Map<String, Object> said(ChatRequestParameters parameters) {
        Map<String, Object> said = new LinkedHashMap<>();
        for (Getter getter : OF_CLASS.get(parameters.getClass()).getters) {
            Object value = getter.get(parameters);
            if (value != null) {
                said.put(getter.name, value);
            }
        }
        return said;
    }

    private static boolean isGetter(Method method) {
        Class<?> result = method.getReturnType();
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic()
                && result != void.class
                && !ChatRequestParameters.class.isAssignableFrom(result)
                && !result.getSimpleName().endsWith("Builder")
                && !KNOWN.contains(method.getName());
    }

    /**
     * One of them.
     *
     * @param call {@code null} where the class is not open to us
     */
    private record Getter(String name, @Nullable MethodHandle call) {

        static Getter of(Method method) {
            return new Getter(property(method.getName()), handle(method));
        }

        private static String property(String method) {
            for (String prefix : PREFIXES) {
                int start = prefix.length();
                if (method.startsWith(prefix)
                        && method.length() > start
                        && Character.isUpperCase(method.charAt(start))) {
                    return method.substring(start, start + 1).toLowerCase(Locale.ROOT) + method.substring(start + 1);
                }
            }
            return method;
        }

        private static @Nullable MethodHandle handle(Method method) {
            try {
                // A public getter of a class that is not public, such as a user's own.
                return method.trySetAccessible() ? MethodHandles.publicLookup().unreflect(method) : null;
            } catch (IllegalAccessException e) {
                return null;
            }
        }

        /** {@code null} if it says nothing. */
        @Nullable
        Object get(ChatRequestParameters parameters) {
            if (call == null) {
                return this;
            }
            try {
                Object value = call.invoke(parameters);
                Object told = value instanceof Optional<?> optional ? optional.orElse(null) : value;
                return isEmpty(told) ? null : told;
            } catch (Throwable e) {
                if (e instanceof Error error) {
                    throw error;
                }
                return this;
            }
        }

        private static boolean isEmpty(@Nullable Object value) {
            return value == null
                    || (value instanceof Collection<?> values && values.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty())
                    || (value instanceof String text && text.isBlank());
        }
    }
}
