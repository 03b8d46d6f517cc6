package io.github.deepthink4j.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** An answer that comes a chunk at a time; each says when it was sent. */
final class PacedAnswer implements Pace.Beat {

    private static final byte[] THOUGHT = Wire.thought(Stamp.BLANK);
    private static final byte[] TEXT = Wire.text(Stamp.BLANK);
    private static final int THOUGHT_STAMP = stampIn(THOUGHT);
    private static final int TEXT_STAMP = stampIn(TEXT);
    private static final byte[] END = Wire.join(Wire.finish(), Wire.done());

    /** Where in its period a stream begins, and how long it lasts. The same in each run. */
    private static final SplittableRandom CHANCE = new SplittableRandom(1);

    private final ChannelHandlerContext context;
    private final Answers answers;
    private final int chunks;
    private final long period;
    private final Runnable atEnd;
    private int sent;
    private long due;

    PacedAnswer(ChannelHandlerContext context, Answers answers, Script script, Runnable atEnd) {
        this.context = context;
        this.answers = answers;
        // As long as the script says in the mean: answers that begin together must not all end together.
        this.chunks = 1 + CHANCE.nextInt(2 * script.chunks());
        this.period = 1_000_000_000L / script.perSecond();
        this.atEnd = atEnd;
        this.due = System.nanoTime() + CHANCE.nextLong(period);
    }

    private static int stampIn(byte[] chunk) {
        return new String(chunk, StandardCharsets.US_ASCII).indexOf(Stamp.BLANK);
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public boolean beat() {
        if (!context.channel().isActive()) {
            return false;
        }
        long now = System.nanoTime();
        answers.late(now - due);
        if (sent == chunks) {
            atEnd.run();
            context.writeAndFlush(Unpooled.wrappedBuffer(END), context.voidPromise());
            return false;
        }
        boolean thought = sent < chunks / 2;
        byte[] bytes = thought ? THOUGHT : TEXT;
        ByteBuf chunk = context.alloc().directBuffer(bytes.length).writeBytes(bytes);
        Stamp.write(chunk, thought ? THOUGHT_STAMP : TEXT_STAMP, now);
        context.writeAndFlush(chunk, context.voidPromise());
        sent++;
        due += period;
        return true;
    }
}
