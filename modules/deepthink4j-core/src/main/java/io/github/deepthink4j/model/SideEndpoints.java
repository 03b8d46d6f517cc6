package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.settings.Timeouts;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** The small endpoints beside the chat, over one transport. */
record SideEndpoints(Endpoints endpoints, Supplier<Map<String, String>> headers, Timeouts timeouts, Lifetime lifetime)
        implements AutoCloseable {

    static SideEndpoints of(DeepSeekConnectionBuilder<?> builder, Class<?> owner) {
        RequestHeaders headers = new RequestHeaders(builder.apiKey(), builder.customHeaders());
        return new SideEndpoints(
                builder.endpoints(),
                () -> headers.accepting("application/json"),
                builder.timeouts(),
                builder.lifetime(builder.log(owner)));
    }

    JsonNode get(URI uri) {
        return JsonEndpoint.get(lifetime, uri, headers.get(), timeouts);
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
