package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of an answer, from bytes to pieces to the answer. By its first byte a body is a stream, a whole answer, or
 * something else. One for each answer; not thread-safe.
 */
public final class AnswerDecoder {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private enum Body {
        UNKNOWN,
        STREAM,
        WHOLE,
        HTML
    }

    private final DecoderLimits limits;
    private final boolean doneMarkerRequired;
    private final Assembler assembler;
    private final PieceSink pieces;
    private final ChunkDecoder chunks;
    private final SseDecoder sse;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(0);
    private Body body = Body.UNKNOWN;
    private long answerBytes;
    private boolean done;
    private boolean bodyEnded;
    private @Nullable Ending problem;

    /**
     * @param dialect  where this host puts the reasoning
     * @param listener gets each piece as it comes, within {@link #decode}
     */
    public AnswerDecoder(ReasoningDialect dialect, DecoderLimits limits, AnswerListener listener) {
        this.limits = limits;
        this.doneMarkerRequired = dialect.doneMarkerRequired();
        this.assembler = new Assembler(listener);
        this.pieces = stages(dialect, assembler);
        this.chunks = new ChunkDecoder(new DeltaReader(dialect.readFrom(), pieces), pieces);
        this.sse = new SseDecoder(limits.maxEventBytes());
    }

    /** What stands between the decoder and the assembler, if this host needs it. */
    private static PieceSink stages(ReasoningDialect dialect, PieceSink assembler) {
        PieceSink text = dialect.toolCallMarkup() ? new ToolCallMarkup(assembler) : assembler;
        return switch (dialect.inlineReasoning()) {
            case NONE -> text;
            case TAGS -> new InlineReasoningSplitter(text, false);
            case STARTS_IN_REASONING -> new InlineReasoningSplitter(text, true);
        };
    }

    /** Reads on. Whatever comes after {@link #isDone()} is not looked at. */
    public void decode(ByteBuffer bytes) {
        if (isDone()) {
            return;
        }
        if (body == Body.UNKNOWN) {
            body = sniff(bytes);
        }
        switch (body) {
            case STREAM -> {
                if (!sse.decode(bytes, this::event)) {
                    problem = new Ending(Kind.TOO_LARGE, "an event of more than " + limits.maxEventBytes() + " bytes");
                }
            }
            case WHOLE -> append(bytes);
            case HTML -> problem = new Ending(Kind.MALFORMED, "an HTML page");
            case UNKNOWN -> {
                // Blank so far: DeepSeek sends empty lines while a request waits (docs/protocol.md, section 3).
            }
        }
    }

    /** Whether nothing more can come that would change the answer. */
    public boolean isDone() {
        return done || problem != null;
    }

    /** Whether a piece was passed on; from then on a request must not be sent again. */
    public boolean hasPieces() {
        return assembler.hasPieces();
    }

    /** The body has ended as HTTP says it must, or {@link #isDone()}. */
    public AssembledAnswer end() {
        bodyEnded = true;
        if (problem == null && !done) {
            if (body == Body.STREAM) {
                sse.end(this::event);
            } else if (body == Body.WHOLE) {
                wholeAnswer();
            } else if (body == Body.UNKNOWN) {
                problem = new Ending(Kind.MALFORMED, "nothing at all");
            }
        }
        pieces.onEnd();
        return assembler.answer(ending());
    }

    /** The body has broken off: what had arrived, never as a success. */
    public AssembledAnswer abort() {
        return assembler.answer(new Ending(Kind.CUT, "the connection was lost"));
    }

    private Ending ending() {
        if (assembler.hasServerError()) {
            return assembler.ending();
        }
        if (problem != null) {
            return problem;
        }
        if (body == Body.STREAM && !done && doneMarkerRequired && assembler.isFinished()) {
            return new Ending(Kind.CUT, "no [DONE] came");
        }
        return assembler.ending();
    }

    private Body sniff(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get(bytes.position());
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                bytes.get();
            } else if (b == '{') {
                return Body.WHOLE;
            } else {
                return b == '<' ? Body.HTML : Body.STREAM;
            }
        }
        return Body.UNKNOWN;
    }

    private void append(ByteBuffer bytes) {
        answerBytes += bytes.remaining();
        if (answerBytes > limits.maxAnswerBytes()) {
            tooLarge();
            return;
        }
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        whole.writeBytes(part);
    }

    private void event(byte[] buffer, int offset, int length, boolean isError) {
        if (isDone()) {
            return;
        }
        if (Arrays.equals(buffer, offset, offset + length, DONE, 0, DONE.length)) {
            done = true;
            return;
        }
        answerBytes += length;
        if (answerBytes > limits.maxAnswerBytes()) {
            tooLarge();
            return;
        }
        try {
            chunks.decode(buffer, offset, length);
            if (isError && !assembler.hasServerError()) {
                pieces.onServerError(excerpt(buffer, offset, length));
            }
        } catch (IOException e) {
            if (isError) {
                pieces.onServerError(excerpt(buffer, offset, length));
            } else {
                // The last event of a body that ends within it has been cut; anywhere else it is garbage.
                problem = bodyEnded
                        ? new Ending(Kind.CUT, "the last event is not whole")
                        : new Ending(Kind.MALFORMED, excerpt(buffer, offset, length));
            }
        }
        if (assembler.hasServerError()) {
            done = true;
        }
    }

    private void wholeAnswer() {
        byte[] bytes = whole.toByteArray();
        try {
            chunks.decode(bytes, 0, bytes.length);
        } catch (IOException e) {
            problem = new Ending(Kind.MALFORMED, excerpt(bytes, 0, bytes.length));
        }
    }

    private void tooLarge() {
        problem = new Ending(Kind.TOO_LARGE, "an answer of more than " + limits.maxAnswerBytes() + " bytes");
    }

    private static String excerpt(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, Math.min(length, 200), StandardCharsets.UTF_8);
    }
}
