package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.settings.HttpTransport;

/** What stands behind each {@link HttpTransport}. Thread-safe. */
public interface TransportFactory extends HttpTransport {

    /**
     * A transport for one model, which closes it.
     *
     * @throws IllegalArgumentException if the settings do not go with the choice that was made
     */
    Transport create(TransportSettings settings);
}
