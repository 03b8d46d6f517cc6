package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.http.MultipartForm;
import io.github.deepthink4j.internal.http.OnceOnly;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one of the services beside chats, and how its answer is read.
 *
 * @param body      {@code null} for none, or where there is a form
 * @param form      {@code null} for none
 * @param reading   what is to be read from the JSON
 * @param explained what an error means there: a 404 is no missing endpoint where a page was asked for
 * @param once      for what is not to be done twice; {@code null} for what may be tried again after any error
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
        @Nullable OnceOnly once,
        @Nullable Duration silence,
        @Nullable Long since) {

    static <T> ServiceRequest<T> of(
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            JsonEndpoint.Reading<T> reading) {
        return new ServiceRequest<>(
                method, uri, headers, body, null, reading, UnaryOperator.identity(), null, null, null);
    }

    ServiceRequest<T> with(MultipartForm newForm) {
        return new ServiceRequest<>(method, uri, headers, null, newForm, reading, explained, once, silence, since);
    }

    ServiceRequest<T> explained(UnaryOperator<RuntimeException> newExplained) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, newExplained, once, silence, since);
    }

    ServiceRequest<T> once(OnceOnly newOnce) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, newOnce, silence, since);
    }

    ServiceRequest<T> silentFor(Duration newSilence) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, once, newSilence, since);
    }

    /**
     * As a part of something longer.
     *
     * @param newSince by the clock of the calls
     */
    ServiceRequest<T> since(long newSince) {
        return new ServiceRequest<>(method, uri, headers, body, form, reading, explained, once, silence, newSince);
    }

    /** Whether an error that the retry policy tries again may be tried again here. */
    boolean repeatsAfter(RuntimeException error) {
        return once == null || ServiceCalls.wasNotDone(error);
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
