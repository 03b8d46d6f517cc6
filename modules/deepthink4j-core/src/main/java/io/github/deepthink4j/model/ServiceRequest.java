package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.MultipartForm;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one of the services beside chats, and how its answer is read.
 *
 * @param body      {@code null} for none, or where there is a form
 * @param form      {@code null} for none
 * @param reading   what is to be read from the JSON
 * @param explained what an error means there: a 404 is no missing endpoint where a page was asked for
 * @param repeats   whether an error that the retry policy tries again may be tried again here
 * @param silence   how long the server may send nothing, in place of what the timeouts say; {@code null} for those
 * @param since     when that began of which this is a part, and which the limit on the whole is for; {@code null} if it is the whole
 */
record ServiceRequest<T>(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable MultipartForm form,
        JsonEndpoint.Reading<T> reading,
        UnaryOperator<RuntimeException> explained,
        Predicate<RuntimeException> repeats,
        @Nullable Duration silence,
        @Nullable Long since) {

    static <T> ServiceRequest<T> of(
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            JsonEndpoint.Reading<T> reading) {
        return new ServiceRequest<>(
                method, uri, headers, body, null, reading, UnaryOperator.identity(), error -> true, null, null);
    }

    ServiceRequest<T> with(MultipartForm newForm) {
        return new ServiceRequest<>(method, uri, headers, null, newForm, reading, explained, repeats, silence, since);
    }

    ServiceRequest<T> explained(UnaryOperator<RuntimeException> newExplained) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, newExplained, repeats, silence, since);
    }

    ServiceRequest<T> repeating(Predicate<RuntimeException> newRepeats) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, newRepeats, silence, since);
    }

    ServiceRequest<T> silentFor(Duration newSilence) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, repeats, newSilence, since);
    }

    /**
     * As a part of something longer.
     *
     * @param newSince by the clock of the calls
     */
    ServiceRequest<T> since(long newSince) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, repeats, silence, newSince);
    }

    /** What only asks for what is kept is free. */
    boolean isBilled() {
        return method.equals("POST");
    }

    /** Without the headers, which hold the key. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
