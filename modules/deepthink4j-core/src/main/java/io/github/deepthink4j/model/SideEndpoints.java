package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.settings.Timeouts;
import java.net.URI;
import java.util.Map;

/** The small endpoints beside the chat, over one transport. */
record SideEndpoints(Endpoints endpoints, RequestHeaders headers, Timeouts timeouts, Lifetime lifetime)
        implements AutoCloseable {

    static SideEndpoints of(DeepSeekConnectionBuilder<?> builder, Class<?> owner) {
        Endpoints endpoints = builder.endpoints();
        return new SideEndpoints(
                endpoints, builder.headers(), builder.timeouts(), builder.lifetime(endpoints, builder.log(owner)));
    }

    /**
     * What the server answers, read by its caller.
     *
     * <p>Throws the types of the error package, also where a 200 holds no answer but an error, and
     * {@code IllegalStateException} when the life is over.
     *
     * @param reading what is to be read from the JSON
     */
    <T> T get(URI uri, JsonEndpoint.Reading<T> reading) {
        Map<String, String> sent = headers.accepting("application/json");
        Asked asked = new Asked(uri, "", null, headers.secrets(uri, sent));
        JsonEndpoint<T> endpoint = new JsonEndpoint<>(asked, reading);
        Runnable onClose = () -> endpoint.fail(ConnectionErrors.closed(ErrorDetails.NONE));
        lifetime.begun(onClose);
        try {
            return endpoint.await(
                    lifetime.transport()
                            .send(new TransportRequest("GET", uri, sent, null, timeouts, asked.secrets()), endpoint),
                    timeouts.total());
        } finally {
            lifetime.ended(onClose);
        }
    }

    /** A field that must be there, such as the list that was asked for. */
    static JsonNode required(JsonNode node, String field) throws JsonEndpoint.NotAnAnswer {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new JsonEndpoint.NotAnAnswer("there is no " + field + " in it");
        }
        return value;
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
