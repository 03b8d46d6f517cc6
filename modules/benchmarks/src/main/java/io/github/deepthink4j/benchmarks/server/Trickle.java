package io.github.deepthink4j.benchmarks.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/** The same chunk 20 times a second until the client has gone: some libraries stop an answer only when the next piece comes. */
final class Trickle implements Pace.Beat {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(50);

    private final ChannelHandlerContext context;
    private final byte[] chunk;
    private long due = System.nanoTime() + PERIOD;

    Trickle(ChannelHandlerContext context, byte[] chunk) {
        this.context = context;
        this.chunk = chunk;
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public boolean beat() {
        due += PERIOD;
        if (!context.channel().isActive()) {
            return false;
        }
        context.writeAndFlush(Unpooled.wrappedBuffer(chunk), context.voidPromise());
        return true;
    }
}
