package io.github.deepthink4j.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What all connections share: answers written ahead, the pace, the counts. Only on the event loop. */
final class Answers {

    private final Map<Script, ByteBuf> written = new HashMap<>();
    private final Pace pace = new Pace();
    private long requests;
    private long held;
    private long closes;
    private long lastClose;
    private long worstLag;

    Answers(EventLoop loop) {
        loop.scheduleAtFixedRate(pace, 1, 1, TimeUnit.MILLISECONDS);
    }

    /** A whole answer, from the head on, to be sent as it is. */
    ByteBuf whole(Script script) {
        return written.computeIfAbsent(script, Answers::write).retainedDuplicate();
    }

    private static ByteBuf write(Script script) {
        byte[] bytes = script.bytes() > 0
                ? Wire.wholeBody(script.bytes())
                : Wire.wholeStream(script.chunks(), script.chinese());
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    void pace(Pace.Beat beat) {
        pace.add(beat);
    }

    void requested() {
        requests++;
    }

    void held() {
        held++;
    }

    void closed() {
        closes++;
        lastClose = System.nanoTime();
    }

    void late(long nanos) {
        worstLag = Math.max(worstLag, nanos);
    }

    void forgetLag() {
        worstLag = 0;
    }

    Counts counts() {
        return new Counts(requests, held, closes, lastClose, worstLag);
    }
}
