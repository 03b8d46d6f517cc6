package io.github.deepthink4j.internal.gate;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a gate goes by.
 *
 * @param request   as the model was asked, with its defaults
 * @param modelName as it is sent
 * @param userId    of the end user; {@code null} if the request names none
 * @param endpoint  where it goes, without its query, which may hold a key
 * @param bodyBytes of the request as it goes out
 * @param mostOutput the most tokens that the answer may have, its thought included; {@code null} if nothing bounds it
 */
public record CallFacts(
        ChatRequest request,
        String modelName,
        @Nullable String userId,
        URI endpoint,
        int bodyBytes,
        @Nullable Integer mostOutput) {

    /** Of a model whose {@code max_tokens} bound all that it writes. */
    public CallFacts(ChatRequest request, String modelName, @Nullable String userId, URI endpoint, int bodyBytes) {
        this(request, modelName, userId, endpoint, bodyBytes, request.maxOutputTokens());
    }

    public CallFacts {
        String query = endpoint.getRawQuery();
        if (query != null) {
            String all = endpoint.toString();
            endpoint = URI.create(all.substring(0, all.length() - query.length() - 1));
        }
    }
}
