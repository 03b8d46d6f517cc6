package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.MultipartForm;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a form piece by piece: the next piece of the file is read when the one before is on its way, on a thread that may block, and
 * not on the loop.
 */
final class FormWriter {

    private static final int PIECE_BYTES = 64 * 1024;

    private final Channel channel;
    private final MultipartForm form;
    private final Consumer<@Nullable Throwable> end;
    private long left;
    private @Nullable InputStream in;

    /**
     * @param end told once, on the loop, with what has gone wrong, if something has
     */
    FormWriter(Channel channel, MultipartForm form, Consumer<@Nullable Throwable> end) {
        this.channel = channel;
        this.form = form;
        this.end = end;
        this.left = form.length();
    }

    void start() {
        OwnThreads.run(this::readOn);
    }

    private void readOn() {
        byte[] piece;
        try {
            InputStream open = in == null ? form.open() : in;
            in = open;
            piece = open.readNBytes((int) Math.min(PIECE_BYTES, left));
            if (piece.length == 0 && left > 0) {
                throw new EOFException("the file is shorter than it was");
            }
        } catch (Throwable e) {
            over(e);
            return;
        }
        left -= piece.length;
        channel.writeAndFlush(Unpooled.wrappedBuffer(piece)).addListener(this::written);
    }

    private void written(Future<? super Void> future) {
        if (!future.isSuccess()) {
            over(future.cause());
        } else if (left > 0) {
            OwnThreads.run(this::readOn);
        } else {
            // At once: the response may be over already, and its connection is kept only if all was sent.
            end.accept(null);
            OwnThreads.run(this::close);
        }
    }

    private void over(Throwable failure) {
        channel.eventLoop().execute(() -> {
            end.accept(failure);
            // What is missing of the body nobody can send any more.
            channel.close();
        });
        OwnThreads.run(this::close);
    }

    private void close() {
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
