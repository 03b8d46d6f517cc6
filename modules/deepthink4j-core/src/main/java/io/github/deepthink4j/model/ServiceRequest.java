package io.github.deepthink4j.model;

import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What is asked of one of the services beside chats, and how its answer is read.
 *
 * @param reading   what is to be read from the JSON
 * @param explained what an error means there: a 404 is no missing endpoint where a page was asked for
 * @param repeats   whether an error that the retry policy tries again may be tried again here
 */
record ServiceRequest<T>(
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        JsonEndpoint.Reading<T> reading,
        UnaryOperator<RuntimeException> explained,
        Predicate<RuntimeException> repeats) {

    ServiceRequest(String method, URI uri, Map<String, String> headers, byte[] body, JsonEndpoint.Reading<T> reading) {
        this(method, uri, headers, body, reading, UnaryOperator.identity(), error -> true);
    }

    ServiceRequest<T> explained(UnaryOperator<RuntimeException> newExplained) {
        return new ServiceRequest<>(method, uri, headers, body, reading, newExplained, repeats);
    }

    /** Without the headers, which hold the key. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
