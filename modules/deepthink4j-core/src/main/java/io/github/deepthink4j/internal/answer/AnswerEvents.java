package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.internal.answer.ErrorMarks.Payload;
import io.github.deepthink4j.internal.answer.SseDecoder.Name;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each payload of an answer is, an event of a stream or the one of a whole body: the mark of the end, a chunk, an error,
 * or garbage. Once something more could not change the answer, nothing more is looked at.
 */
final class AnswerEvents implements SseDecoder.Events {

    private static final String DONE = "[DONE]";

    /** With quotation marks around it. */
    private static final int LONGEST_DONE = DONE.length() + 2;

    /** As JSON that is no object. */
    private static final Set<String> NOTHING = Set.of("null", "[]", "\"\"");

    private static final JsonFactory JSON = new JsonFactory();

    /** How much of an error is kept, and of what is no chunk. */
    private static final int MOST_SAID = 32 * 1024;

    private static final int EXCERPT = 200;

    private final ChunkReader chunks;
    private final PieceSink pieces;
    private final Assembler assembler;
    private final long maxAnswerBytes;
    private long answerBytes;
    private boolean marked;
    private boolean bodyEnded;
    private boolean hasEvents;
    private @Nullable String byTheWay;
    private @Nullable Ending problem;

    /**
     * @param pieces where errors go, in their order among the pieces
     */
    AnswerEvents(ChunkReader chunks, PieceSink pieces, Assembler assembler, long maxAnswerBytes) {
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

    /** Whether there was any event, be it one without content. */
    boolean hasEvents() {
        return hasEvents;
    }

    /** What the server has said that was neither an answer nor, for certain, an error; {@code null} if nothing. */
    @Nullable
    String byTheWay() {
        return byTheWay;
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
    public void onEvent(byte[] buffer, int offset, int length, Name name) {
        if (isDone()) {
            return;
        }
        hasEvents = true;
        int end = offset + length;
        int from = offset;
        while (from < end && isBlank(buffer[from])) {
            from++;
        }
        while (end > from && isBlank(buffer[end - 1])) {
            end--;
        }
        String word = end - from > LONGEST_DONE ? "" : new String(buffer, from, end - from, StandardCharsets.US_ASCII);
        boolean isError = name == Name.ERROR;
        if (isDone(word)) {
            marked = true;
        } else if (grow(length) && (isError || maySay(buffer, from, end, word, name))) {
            payload(buffer, from, end - from, name == Name.OTHER ? Payload.NAMED : Payload.EVENT, isError);
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private static boolean isDone(String word) {
        return word.equalsIgnoreCase(DONE) || word.equalsIgnoreCase('"' + DONE + '"');
    }

    /**
     * Whether it may be a piece of the answer: events without content are keep-alives, and so are pings, which have a name of their
     * own. Half a chunk is never taken for one, since it begins as a chunk does.
     */
    private static boolean maySay(byte[] buffer, int from, int end, String word, Name name) {
        if (from == end || NOTHING.contains(word)) {
            return false;
        }
        return name == Name.MESSAGE || buffer[from] == '{' || buffer[from] == '[';
    }

    /** A body that is no stream, counted already. */
    void whole(byte[] body, int length) {
        if (isCut(body, length)) {
            problem = new Ending(Kind.CUT, "it is not whole");
        } else {
            payload(body, 0, length, Payload.WHOLE, false);
        }
    }

    /** Looked at before any of it is passed on: then it can be asked for again. */
    private static boolean isCut(byte[] body, int length) {
        if (LongJsonText.closes(body, length)) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(body, 0, length)) {
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            return false;
        } catch (JsonEOFException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void payload(byte[] buffer, int offset, int length, Payload payload, boolean isError) {
        byte[] quoted = length > 0 && buffer[offset] == '"' ? quotedJson(buffer, offset, length) : null;
        if (quoted != null) {
            payload(quoted, 0, quoted.length, payload, isError);
            return;
        }
        try {
            if (chunks.decode(buffer, offset, length, payload) || isError) {
                pieces.onServerError(text(buffer, offset, length, MOST_SAID));
            } else if (!assembler.hasPieces() && chunks.mayBeError()) {
                byTheWay = text(buffer, offset, length, MOST_SAID);
            }
        } catch (IOException e) {
            refusalIn(buffer, offset, length);
            String said = isError ? text(buffer, offset, length, MOST_SAID) : errorIn(buffer, offset, length, payload);
            if (said != null) {
                pieces.onServerError(said);
            } else {
                problem = bodyEnded
                        ? new Ending(Kind.CUT, "the last event is not whole")
                        : new Ending(Kind.MALFORMED, text(buffer, offset, length, EXCERPT));
            }
        }
    }

    /** A chunk that can't be read may refuse the answer all the same, and then that is what counts. */
    private void refusalIn(byte[] buffer, int offset, int length) {
        JsonNode chunk;
        try {
            chunk = JsonTrees.read(new String(buffer, offset, length, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return;
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) != 0) {
                continue;
            }
            String finish = FinishWords.read(choice.path("finish_reason").textValue());
            if (finish != null && finish.equals(Assembler.FILTERED)) {
                assembler.onFinish(finish);
            }
            for (String said : List.of("delta", "message")) {
                Refusal refusal = Refusal.of(choice.path(said).path("refusal"));
                if (refusal != null) {
                    assembler.onRefusal(refusal.words());
                }
            }
        }
    }

    /** JSON that a gateway has written as the text of a JSON string; {@code null} if there is none in it. */
    private static byte @Nullable [] quotedJson(byte[] buffer, int offset, int length) {
        try {
            JsonNode json = JsonTrees.read(new String(buffer, offset, length, StandardCharsets.UTF_8));
            String text = json == null || !json.isTextual() ? "" : json.asText().strip();
            boolean holds = !text.isEmpty() && "{[\"".indexOf(text.charAt(0)) >= 0;
            return holds ? text.getBytes(StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What a relay writes right behind half an event is joined to it, as a further line of its data; and some hosts send
     * their error as a list.
     */
    private static @Nullable String errorIn(byte[] buffer, int offset, int length, Payload payload) {
        String[] lines = text(buffer, offset, length, MOST_SAID).split("\n");
        for (int i = lines.length - 1; i >= 0; i--) {
            try {
                JsonNode json = JsonTrees.read(lines[i]);
                if (json != null && ErrorMarks.areIn(json, payload)) {
                    return lines[i];
                }
            } catch (IOException e) {
                // Not this line.
                continue;
            }
        }
        return null;
    }

    private static String text(byte[] buffer, int offset, int length, int most) {
        return new String(buffer, offset, Math.min(length, most), StandardCharsets.UTF_8);
    }
}
