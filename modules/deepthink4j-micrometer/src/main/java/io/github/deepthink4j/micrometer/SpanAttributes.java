package io.github.deepthink4j.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Attributes with their own types: an {@code Observation} knows strings alone, but whoever adds up tokens in traces wants numbers. Where
 * Micrometer Tracing is on the class path and the observation has a span, they are written to it.
 */
final class SpanAttributes {

    private static final boolean AVAILABLE = isAvailable();

    private SpanAttributes() {}

    private static boolean isAvailable() {
        try {
            Class.forName(
                    "io.micrometer.tracing.handler.TracingObservationHandler",
                    false,
                    SpanAttributes.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether there was a span to write to. */
    static boolean write(Observation.Context context, Map<String, Object> attributes) {
        return AVAILABLE && Tracing.write(context, attributes);
    }

    /** Something that happens meanwhile; not by the observation's own events, of which Micrometer makes a counter each. */
    static void event(Observation.Context context, String name) {
        if (AVAILABLE) {
            Tracing.event(context, name);
        }
    }

    /** Apart, so that nothing of it is loaded where the library is missing. */
    private static final class Tracing {

        static boolean write(Observation.Context context, Map<String, Object> attributes) {
            TracingContext tracing = context.get(TracingContext.class);
            Span span = tracing == null ? null : tracing.getSpan();
            if (span == null) {
                return false;
            }
            attributes.forEach((name, value) -> tag(span, name, value));
            return true;
        }

        static void event(Observation.Context context, String name) {
            TracingContext tracing = context.get(TracingContext.class);
            Span span = tracing == null ? null : tracing.getSpan();
            if (span != null) {
                span.event(name);
            }
        }

        private static void tag(Span span, String name, Object value) {
            if (value instanceof Boolean truth) {
                span.tag(name, truth);
            } else if (value instanceof Double number) {
                span.tag(name, number);
            } else if (value instanceof Number number) {
                span.tag(name, number.longValue());
            } else if (value instanceof List<?> several) {
                List<String> words = new ArrayList<>();
                several.forEach(word -> words.add(String.valueOf(word)));
                span.tagOfStrings(name, words);
            } else {
                span.tag(name, String.valueOf(value));
            }
        }
    }
}
