package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each payload of an answer is, an event of a stream or the one of a whole body: the mark of the end, a chunk, an error,
 * or garbage. Once something more could not change the answer, nothing more is looked at.
 */
final class AnswerEvents implements SseDecoder.Events {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ChunkDecoder chunks;
    private final PieceSink pieces;
    private final Assembler assembler;
    private final long maxAnswerBytes;
    private long answerBytes;
    private boolean marked;
    private boolean bodyEnded;
    private @Nullable Ending problem;

    /**
     * @param pieces where errors go, in their order among the pieces
     */
    AnswerEvents(ChunkDecoder chunks, PieceSink pieces, Assembler assembler, long maxAnswerBytes) {
        this.chunks = chunks;
        this.pieces = pieces;
        this.assembler = assembler;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    boolean isDone() {
        return marked || problem != null || assembler.hasServerError();
    }

    /** Whether {@code [DONE]} has come. */
    boolean isMarkedAsDone() {
        return marked;
    }

    /** Why there is no answer in this; {@code null} if there may be one. */
    @Nullable
    Ending problem() {
        return problem;
    }

    void fail(Ending ending) {
        problem = ending;
    }

    /** What comes from now on was in the body's last bytes: an event that is not whole has been cut. */
    void bodyEnded() {
        bodyEnded = true;
    }

    /** Whether the answer may be larger by this. */
    boolean grow(int bytes) {
        answerBytes += bytes;
        if (answerBytes > maxAnswerBytes) {
            problem = new Ending(Kind.TOO_LARGE, "an answer of more than " + maxAnswerBytes + " bytes");
        }
        return problem == null;
    }

    @Override
    public void onEvent(byte[] buffer, int offset, int length, boolean isError) {
        if (isDone()) {
            return;
        }
        if (Arrays.equals(buffer, offset, offset + length, DONE, 0, DONE.length)) {
            marked = true;
        } else if (grow(length)) {
            chunk(buffer, offset, length, isError);
        }
    }

    /**
     * A payload that is counted already.
     *
     * @param isError whether the server has named it so
     */
    void chunk(byte[] buffer, int offset, int length, boolean isError) {
        try {
            chunks.decode(buffer, offset, length);
            if (isError && !assembler.hasServerError()) {
                pieces.onServerError(excerpt(buffer, offset, length));
            }
        } catch (IOException e) {
            String excerpt = excerpt(buffer, offset, length);
            if (isError) {
                pieces.onServerError(excerpt);
            } else {
                problem = bodyEnded
                        ? new Ending(Kind.CUT, "the last event is not whole")
                        : new Ending(Kind.MALFORMED, excerpt);
            }
        }
    }

    private static String excerpt(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, Math.min(length, 200), StandardCharsets.UTF_8);
    }
}
