package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with its secrets masked, also those that it says in pieces: what stands at the same place of all its
 * chunks is one text, such as the thought, the answer, the arguments of one call, or the tokens that log probabilities are given for.
 * A chunk from which nothing is taken stays as it came.
 */
final class MaskedAnswer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A line, with what an event stream has before its data, and its end. */
    private static final Pattern LINE = Pattern.compile("(\\uFEFF?(?:data:)?)([^\\r\\n]*)(\\r\\n|\\r|\\n|$)");

    private final Secrets secrets;
    private final Map<String, PiecedText> texts = new HashMap<>();
    private boolean someHidden;

    private MaskedAnswer(Secrets secrets) {
        this.secrets = secrets;
    }

    static String masked(String body, Secrets secrets) {
        MaskedAnswer answer = new MaskedAnswer(secrets);
        JsonNode whole = json(body);
        if (whole != null) {
            answer.read(whole);
            answer.find();
            return secrets.masked(answer.someHidden && answer.hide(whole) ? whole.toString() : body);
        }
        // Read twice and kept never: the trees of a long answer take ten times its room.
        for (Matcher line = LINE.matcher(body); line.find(); ) {
            answer.read(json(line.group(2)));
        }
        answer.find();
        StringBuilder shown = new StringBuilder(body.length());
        for (Matcher line = LINE.matcher(body); line.find(); ) {
            JsonNode chunk = answer.someHidden ? json(line.group(2)) : null;
            String said = chunk != null && answer.hide(chunk) ? " " + chunk : line.group(2);
            shown.append(secrets.masked(line.group(1) + said)).append(line.group(3));
        }
        return shown.toString();
    }

    private static @Nullable JsonNode json(String text) {
        String json = text.strip();
        if (!json.startsWith("{") && !json.startsWith("[")) {
            return null;
        }
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void read(@Nullable JsonNode chunk) {
        if (chunk != null) {
            new ChunkTexts((place, text) -> {
                        texts.computeIfAbsent(place, any -> new PiecedText()).add(text);
                        return text;
                    })
                    .visit(chunk);
        }
    }

    private void find() {
        for (PiecedText text : texts.values()) {
            BitSet hidden = text.hide(secrets);
            someHidden |= !hidden.isEmpty();
        }
    }

    /** Whether something has been taken out of the chunk. */
    private boolean hide(JsonNode chunk) {
        return new ChunkTexts((place, text) ->
                        texts.containsKey(place) ? texts.get(place).next(text) : text)
                .visit(chunk);
    }

    /** One text of an answer, first as its pieces come, then as they are shown. */
    private static final class PiecedText {

        private final StringBuilder whole = new StringBuilder();
        private @Nullable String first;
        private boolean alwaysTheSame = true;
        private BitSet hidden = new BitSet();
        private int shown;

        void add(String piece) {
            if (first == null) {
                first = piece;
            }
            alwaysTheSame &= piece.equals(first);
            whole.append(piece);
        }

        /** What each chunk says anew, such as the model's name, is no text in pieces. */
        BitSet hide(Secrets secrets) {
            hidden = alwaysTheSame ? new BitSet() : secrets.places(whole.toString());
            whole.setLength(0);
            whole.trimToSize();
            return hidden;
        }

        /** The mask stands in the piece where a secret begins; of those behind it the rest is taken out. */
        String next(String piece) {
            int from = shown;
            shown += piece.length();
            int secret = hidden.nextSetBit(from);
            if (secret < 0 || secret >= shown) {
                return piece;
            }
            StringBuilder kept = new StringBuilder();
            for (int at = from; at < shown; at++) {
                if (!hidden.get(at)) {
                    kept.append(piece.charAt(at - from));
                } else if (at == 0 || !hidden.get(at - 1)) {
                    kept.append(Secrets.MASK);
                }
            }
            return kept.toString();
        }
    }
}
