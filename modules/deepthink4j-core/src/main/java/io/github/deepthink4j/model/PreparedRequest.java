package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.profile.ModelProfile;
import java.net.URI;
import java.util.Map;

/**
 * A request ready to be sent, as often as it takes.
 *
 * @param secrets   what is not to be shown of it, nor of what comes back
 * @param modelName for messages
 * @param wantsJson whether the answer's text must be JSON
 * @param stream    whether the answer comes as server-sent events
 */
record PreparedRequest(
        URI uri,
        Map<String, String> headers,
        byte[] body,
        Secrets secrets,
        String modelName,
        ModelProfile profile,
        boolean wantsJson,
        boolean stream) {

    /** For errors. */
    Asked asked() {
        return new Asked(uri, modelName, profile.contextWindow(), secrets);
    }
}
