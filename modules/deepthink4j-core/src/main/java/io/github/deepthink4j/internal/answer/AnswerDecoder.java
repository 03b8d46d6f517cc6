package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of an answer, from bytes to pieces to the answer. By its first byte a body is a stream, a whole answer, or
 * something else. One for each answer; not thread-safe.
 */
public final class AnswerDecoder {

    private enum Body {
        UNKNOWN,
        STREAM,
        WHOLE,
        HTML
    }

    /** A header that promises more is no reason to take the memory before it comes. */
    private static final long MOST_EXPECTED_BYTES = 1 << 20;

    private static final List<String> FIELDS = List.of(":", "data", "event", "id", "retry");
    private static final int LONGEST_FIELD = 5;
    private static final int EXCERPT = 200;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final DecoderLimits limits;
    private final Assembler assembler;
    private final WholeCharacters pieces;
    private final ReasoningDialect dialect;
    private final Set<String> tools;
    private final boolean json;
    private final Predicate<String> carried;
    private final ChunkReader chunks;
    private final AnswerEvents events;
    private final SseDecoder sse;
    private byte[] whole = {};
    private int wholeBytes;
    private int expectedBytes;
    private Body body = Body.UNKNOWN;
    private int bomBytes;

    /** How a stream begins, as far as it has come at once. */
    private String start = "";

    /**
     * @param dialect  where this host puts the reasoning
     * @param listener gets each piece as it comes, within {@link #decode}
     */
    public AnswerDecoder(ReasoningDialect dialect, DecoderLimits limits, AnswerListener listener) {
        this(dialect, limits, Set.of(), listener);
    }

    /**
     * @param dialect  where this host puts the reasoning
     * @param tools    the names of those that the request has given; by them markup that could be an example of it is told
     *                 from a call
     * @param listener gets each piece as it comes, within {@link #decode}
     */
    public AnswerDecoder(ReasoningDialect dialect, DecoderLimits limits, Set<String> tools, AnswerListener listener) {
        this(dialect, limits, tools, false, listener);
    }

    /**
     * @param dialect  where this host puts the reasoning
     * @param tools    the names of those that the request has given; by them markup that could be an example of it is told
     *                 from a call
     * @param json     whether the text is to be JSON: blanks before it are no piece then
     * @param listener gets each piece as it comes, within {@link #decode}
     */
    public AnswerDecoder(
            ReasoningDialect dialect, DecoderLimits limits, Set<String> tools, boolean json, AnswerListener listener) {
        this(dialect, limits, tools, json, field -> false, listener);
    }

    /**
     * @param carried which fields of the message that are not known are put together from their pieces, since they go back
     */
    public AnswerDecoder(
            ReasoningDialect dialect,
            DecoderLimits limits,
            Set<String> tools,
            boolean json,
            Predicate<String> carried,
            AnswerListener listener) {
        this.carried = carried;
        this.dialect = dialect;
        this.json = json;
        this.tools = Set.copyOf(tools);
        this.limits = limits;
        this.assembler = new Assembler(listener, carried);
        this.pieces = stages(assembler);
        this.chunks = new ChunkReader(dialect.readFrom(), pieces, carried);
        this.events = new AnswerEvents(chunks, pieces, assembler, limits.maxAnswerBytes());
        this.sse = new SseDecoder(limits.maxEventBytes());
    }

    /** What stands between the decoder and the assembler; the last ones only where this host needs them. */
    private WholeCharacters stages(PieceSink assembler) {
        PieceSink text = json ? new BlankStart(assembler) : assembler;
        if (dialect.toolCallMarkup()) {
            text = new ThoughtMarkup(new BareMarkup(new ToolCallMarkup(text), tools), tools);
        }
        return new WholeCharacters(
                switch (dialect.inlineReasoning()) {
                    case NONE -> text;
                    case TAGS -> new InlineReasoningSplitter(text, false);
                    case STARTS_IN_REASONING -> new InlineReasoningSplitter(text, true);
                });
    }

    /**
     * The answer is the rest of one that was cut within a character.
     *
     * @param half of that character; {@code null} if it was cut elsewhere
     */
    public void goesOnBehind(@Nullable String half) {
        if (half != null) {
            pieces.goesOnBehind(half);
        }
    }

    /**
     * How large the body will be, where the server says so before.
     *
     * @param bytes believed up to a limit
     */
    public void expect(long bytes) {
        expectedBytes = (int) Math.max(0, Math.min(Math.min(bytes, MOST_EXPECTED_BYTES), limits.maxAnswerBytes()));
    }

    /** Reads on. Whatever comes after {@link #isDone()} is not looked at. */
    public void decode(ByteBuffer bytes) {
        if (isDone()) {
            return;
        }
        if (body == Body.UNKNOWN) {
            body = sniff(bytes);
            start = body == Body.STREAM ? start(bytes) : "";
        }
        switch (body) {
            case STREAM -> {
                if (!sse.decode(bytes, events)) {
                    events.fail(
                            new Ending(Kind.TOO_LARGE, "an event of more than " + limits.maxEventBytes() + " bytes"));
                }
            }
            case WHOLE -> append(bytes);
            case HTML -> events.fail(new Ending(Kind.MALFORMED, "an HTML page"));
            case UNKNOWN -> {
                // Blank so far: DeepSeek sends empty lines while a request waits (docs/protocol.md, section 3).
            }
        }
    }

    /** Whether nothing more can come that would change the answer. */
    public boolean isDone() {
        return events.isDone();
    }

    /** Whether nothing is missing, though more may come: a finish reason, where the host needs not say that it is done. */
    public boolean isWhole() {
        return body == Body.STREAM && !dialect.doneMarkerRequired() && assembler.isFinished();
    }

    /** Whether a piece was passed on; from then on a request must not be sent again. */
    public boolean hasPieces() {
        return assembler.hasPieces();
    }

    /** The body has ended as HTTP says it must, or {@link #isDone()}. */
    public AssembledAnswer end() {
        if (!events.isDone()) {
            if (body == Body.STREAM) {
                events.bodyEnded();
                sse.end(events);
                if (!events.hasEvents() && !mayBeStream()) {
                    events.fail(new Ending(Kind.MALFORMED, start));
                }
            } else if (body == Body.WHOLE && beginsAStream()) {
                body = Body.STREAM;
                decode(ByteBuffer.wrap(whole, 0, wholeBytes));
                events.bodyEnded();
                sse.end(events);
            } else if (body == Body.WHOLE) {
                events.whole(whole, wholeBytes);
            } else if (body == Body.UNKNOWN) {
                events.fail(new Ending(Kind.MALFORMED, "nothing at all"));
            }
        }
        TokenBuffer message = chunks.repeated();
        if (message != null && events.problem() == null && !assembler.hasServerError()) {
            assembler.repeat(alone(message));
        }
        if (events.isMarkedAsDone() && !dialect.doneMarkerRequired() && assembler.lacksFinishReasonOnly()) {
            pieces.onFinish("stop");
        }
        pieces.onEnd();
        return assembler.answer(assembler.unlessRefused(ending()), pieces.half());
    }

    /** A stream whose first chunk stands there without a field: no JSON has a line that begins as the next one does. */
    private boolean beginsAStream() {
        byte[] field = SseDecoder.DATA;
        int lineEnd = LongBytes.lineEnd(whole, 0, wholeBytes);
        while (lineEnd + field.length < wholeBytes) {
            int line = lineEnd + 1;
            if (Arrays.equals(whole, line, line + field.length, field, 0, field.length)) {
                return true;
            }
            lineEnd = LongBytes.lineEnd(whole, line, wholeBytes);
        }
        return false;
    }

    /** A whole message on its own, taken apart as the answer was. */
    private Assembler alone(TokenBuffer message) {
        Assembler alone = new Assembler(new AnswerListener() {}, carried);
        WholeCharacters first = stages(alone);
        try (JsonParser parser = message.asParser()) {
            parser.nextToken();
            new DeltaReader(dialect.readFrom(), first).read(parser, true);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory can't be read", e);
        }
        first.onFinish("stop");
        first.isCutAs(pieces);
        first.onEnd();
        return alone;
    }

    /** The body has broken off: what had arrived, never as a success, and as a refusal if one had come. */
    public AssembledAnswer abort() {
        return assembler.answer(
                assembler.unlessRefused(new Ending(Kind.CUT, "the connection was lost")), pieces.half());
    }

    /** Whether it begins as a stream does that has been cut before its first event. */
    private boolean mayBeStream() {
        String begun = start.length() > LONGEST_FIELD ? start.substring(0, LONGEST_FIELD) : start;
        return FIELDS.stream().anyMatch(field -> begun.startsWith(field) || field.startsWith(begun));
    }

    private static String start(ByteBuffer bytes) {
        byte[] start = new byte[Math.min(bytes.remaining(), EXCERPT)];
        bytes.duplicate().get(start);
        return new String(start, StandardCharsets.UTF_8).strip();
    }

    private Ending ending() {
        if (assembler.hasServerError()) {
            return assembler.ending();
        }
        if (events.problem() != null) {
            return events.problem();
        }
        if (body == Body.STREAM && !events.isMarkedAsDone() && dialect.doneMarkerRequired() && assembler.isFinished()) {
            return new Ending(Kind.CUT, "no [DONE] came");
        }
        String byTheWay = events.byTheWay();
        if (byTheWay != null && !assembler.isFinished() && !assembler.hasPieces()) {
            return new Ending(Kind.ERROR_IN_STREAM, byTheWay);
        }
        if (body == Body.WHOLE && !assembler.isFinished() && !assembler.hasPieces()) {
            // Whole as JSON, and no answer: what it says is worth more than that there is no finish reason.
            return new Ending(Kind.MALFORMED, start(ByteBuffer.wrap(whole, 0, wholeBytes)));
        }
        return assembler.ending();
    }

    private Body sniff(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get(bytes.position());
            if (b == BOM[bomBytes]) {
                bomBytes = (bomBytes + 1) % BOM.length;
                bytes.get();
            } else if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                bytes.get();
            } else if (b == '{' || b == '[' || b == '"') {
                return Body.WHOLE;
            } else {
                return b == '<' ? Body.HTML : Body.STREAM;
            }
        }
        return Body.UNKNOWN;
    }

    private void append(ByteBuffer bytes) {
        if (!events.grow(bytes.remaining())) {
            return;
        }
        int needed = wholeBytes + bytes.remaining();
        if (needed > whole.length) {
            whole = Arrays.copyOf(whole, Math.max(Math.max(needed, 2 * whole.length), expectedBytes));
        }
        int part = bytes.remaining();
        bytes.get(whole, wholeBytes, part);
        wholeBytes += part;
    }
}
