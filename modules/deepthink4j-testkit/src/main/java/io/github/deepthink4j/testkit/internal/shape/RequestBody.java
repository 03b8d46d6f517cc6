package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A body as the server's parser sees it: JSON, or why it is none. */
public final class RequestBody {

    /** As deep as the server's parser, serde_json, goes by default. */
    private static final int MAX_DEPTH = 127;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final @Nullable Located root;
    private final @Nullable String syntaxError;

    private RequestBody(@Nullable Located root, @Nullable String syntaxError) {
        this.root = root;
        this.syntaxError = syntaxError;
    }

    public static RequestBody read(byte[] bytes) {
        // Jackson would read UTF-16, and over the mark that Windows' editors write.
        boolean otherEncoding = bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0 || (bytes[0] & 0xFF) > 0x7F);
        if (otherEncoding) {
            return new RequestBody(null, "expected value" + new Place(1, 1));
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            return read(parser);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static RequestBody read(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                return new RequestBody(null, "EOF while parsing a value" + new Place(1, 0));
            }
            Located root = Located.read(parser);
            return hasMore(parser)
                    ? new RequestBody(null, "trailing characters" + Place.of(parser.currentLocation()))
                    : new RequestBody(root, null);
        } catch (JsonProcessingException e) {
            return new RequestBody(null, SyntaxWords.of(parser, e));
        }
    }

    private static boolean hasMore(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    /** Missing where it is no object. */
    public JsonNode object() {
        return root != null && root.json().isObject() ? root.json() : MissingNode.getInstance();
    }

    /** Why it is no JSON; {@code null} if it is. */
    public @Nullable String syntaxError() {
        return syntaxError == null ? null : "Failed to parse the request body as JSON: " + syntaxError;
    }

    /**
     * What does not fit, in the order of the body; empty where it is no JSON.
     *
     * @param images   whether the model takes them
     * @param files    whether it takes uploaded files
     * @param textOnly whether no message may have its content in parts
     * @param answered whether a part of a content is one that an answer has had
     */
    public List<Misfit> misfits(
            Generation generation, boolean images, boolean files, boolean textOnly, Predicate<JsonNode> answered) {
        if (root == null) {
            return List.of();
        }
        return misfits(root, ChatShape.of(generation, new MessageShape(generation, images, files, textOnly, answered)));
    }

    /** The same for a completion in the middle. */
    public List<Misfit> misfitsOfCompletion() {
        return root == null ? List.of() : misfits(root, FimShape.of());
    }

    private static List<Misfit> misfits(Located root, Shape shape) {
        List<Misfit> misfits = new ArrayList<>();
        shape.check("", root, (rule, path, words, place) -> misfits.add(Misfit.at(rule, path, words, place)));
        return misfits;
    }
}
