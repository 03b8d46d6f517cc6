package io.github.deepthink4j.model;

import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.profile.ModelProfile;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request ready to be sent, as often as it takes.
 *
 * @param secrets   what is not to be shown of it, nor of what comes back
 * @param modelName for messages
 * @param json      the JSON that the answer's text must be; {@code null} if it may be any text
 * @param blankStart whether white space at the beginning of the text is none of it yet
 * @param tools     the names of the tools that it gives
 * @param serverTools whether it declares tools that the server runs
 * @param stream    whether the answer comes as server-sent events
 * @param emptiness what of nothing is an answer
 * @param beginning of the answer, which it brings along; {@code null} if it brings none
 * @param facts     what gates go by
 */
record PreparedRequest(
        URI uri,
        Map<String, String> headers,
        byte[] body,
        Secrets secrets,
        String modelName,
        ModelProfile profile,
        @Nullable JsonAnswer json,
        boolean blankStart,
        Set<String> tools,
        boolean serverTools,
        boolean stream,
        Emptiness emptiness,
        @Nullable AiMessage beginning,
        CallFacts facts) {

    /** What may be an answer although it says nothing. */
    enum Emptiness {
        /** Nothing may: a chat's answer says something. */
        NO_ANSWER,
        /** White space may, such as an indentation between two lines. */
        WHITE_SPACE,
        /** No text at all may as well: there can be nothing to put in. */
        NOTHING
    }

    /** Scheme, host and port, and nothing of the address that may be secret. */
    URI server() {
        String authority = uri.getRawAuthority();
        return URI.create(uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1));
    }

    /** Whether a field of the answer's message that is not known is kept, to go back with the message. */
    boolean carries(String field) {
        return profile.dialect().carries(field, serverTools);
    }

    /** For errors. */
    Asked asked() {
        return new Asked(uri, modelName, profile.contextWindow(), secrets);
    }
}
