package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of OpenTelemetry's conventions for generative AI; what they have no name for is under {@code deepthink4j}. */
final class DefaultChatObservationConvention implements ChatObservationConvention {

    static final String NAME = "gen_ai.client.operation.duration";

    private final BoundedNames names;

    DefaultChatObservationConvention(BoundedNames names) {
        this.names = names;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(ChatObservationContext call) {
        String model = call.request().parameters().modelName();
        return operation(call) + (model == null ? "" : " " + Words.bounded(model));
    }

    /** The same keys for each call, since a meter needs them all. */
    @Override
    public KeyValues getLowCardinalityKeyValues(ChatObservationContext call) {
        URI server = call.server();
        return KeyValues.of(
                KeyValue.of("gen_ai.operation.name", operation(call)),
                KeyValue.of("gen_ai.provider.name", call.provider()),
                KeyValue.of("gen_ai.request.model", requestModel(call)),
                KeyValue.of("gen_ai.response.model", responseModel(call)),
                KeyValue.of("server.address", names.of("server.address", server == null ? null : server.getHost())),
                KeyValue.of("server.port", names.of("server.port", server == null ? null : port(server))),
                KeyValue.of("error.type", names.of("error.type", ErrorTypes.of(call.failure()))),
                KeyValue.of("deepthink4j.outcome", outcome(call)));
    }

    private static String outcome(ChatObservationContext call) {
        ChatObservationContext.Outcome outcome = call.outcome();
        return outcome == null ? BoundedNames.NONE : outcome.name().toLowerCase(Locale.ROOT);
    }

    /** A model made of several is a workflow of calls, as the conventions call it. */
    static String operation(ChatObservationContext call) {
        return call.isMadeOfParts() ? "invoke_workflow" : call.operation();
    }

    String requestModel(ChatObservationContext call) {
        return names.of("gen_ai.request.model", call.request().parameters().modelName());
    }

    String responseModel(ChatObservationContext call) {
        ChatResponse response = call.response();
        return names.of(
                "gen_ai.response.model",
                response == null ? null : response.metadata().modelName());
    }

    private static @Nullable String port(URI server) {
        if (server.getPort() >= 0) {
            return String.valueOf(server.getPort());
        }
        return "http".equalsIgnoreCase(server.getScheme()) ? "80" : "443";
    }

    /** At the end, and only what is not in the span yet with its own type. */
    @Override
    public KeyValues getHighCardinalityKeyValues(ChatObservationContext call) {
        if (call.outcome() == null || call.numbersInSpan()) {
            return KeyValues.empty();
        }
        List<KeyValue> values = new ArrayList<>();
        for (Map.Entry<String, Object> attribute : ChatAttributes.of(call).entrySet()) {
            values.add(KeyValue.of(attribute.getKey(), text(attribute.getValue())));
        }
        return KeyValues.of(values);
    }

    static String text(Object value) {
        return value instanceof List<?> several
                ? several.stream()
                        .map(String::valueOf)
                        .reduce((one, other) -> one + "," + other)
                        .orElse("")
                : String.valueOf(value);
    }
}
