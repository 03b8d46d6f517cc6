package io.github.deepthink4j.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** A form on its way by the JDK's client, which takes what can't be read for the end of it and tells nobody why. */
final class SentForm {

    private final MultipartForm form;
    private volatile @Nullable IOException failure;
    private volatile @Nullable InputStream in;

    SentForm(MultipartForm form) {
        this.form = form;
    }

    /** The file is read piece by piece, as the connection takes it. */
    BodyPublisher publisher() {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), form.length());
    }

    private InputStream open() {
        InputStream opened;
        try {
            opened = form.open();
        } catch (IOException e) {
            failure = e;
            return InputStream.nullInputStream();
        }
        InputStream watched = new FilterInputStream(opened) {

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return super.read(bytes, offset, length);
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        };
        in = watched;
        return watched;
    }

    /** Why it could not be read; {@code null} if it could. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Lets go of the file: the client does so only where it has read it to its end. */
    void close() {
        InputStream open = in;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read.
                return;
            }
        }
    }
}
