package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's schema objects, looked at before they become JSON, which LangChain4j does level within level, and without
 * {@code additionalProperties}.
 */
final class SchemaObjects {

    /** As JSON, in which an object's property is two levels deeper; Jackson writes and reads 1,000. */
    private static final int DEEPEST = 300;

    /** An object that stands in several places, such as twice at each level, is written in each. */
    private static final int MOST = 100_000;

    private static final int LONGEST_PATH = 100;
    private static final JsonFactory JSON = new JsonFactory();

    private final Deque<Place> places = new ArrayDeque<>();
    private final List<String> open = new ArrayList<>();

    private SchemaObjects() {}

    private record Place(@Nullable JsonSchemaElement schema, String path, int depth) {}

    /**
     * The paths of the objects that are open because somebody said so.
     *
     * @throws InvalidRequestException if the schema can't become JSON, with the path
     */
    static List<String> open(JsonSchemaElement schema, String path) {
        SchemaObjects walk = new SchemaObjects();
        walk.places.push(new Place(schema, path, 1));
        int looked = 0;
        while (!walk.places.isEmpty()) {
            if (++looked > MOST) {
                throw wrong(path, "has more than " + MOST + " parts");
            }
            walk.look(walk.places.pop());
        }
        return walk.open;
    }

    private void look(Place place) {
        JsonSchemaElement schema = place.schema();
        if (schema == null) {
            throw wrong(place.path(), "is null, and must be a schema");
        }
        notTooDeep(place.path(), place.depth());
        if (schema instanceof JsonObjectSchema object) {
            if (Boolean.TRUE.equals(object.additionalProperties())) {
                open.add(place.path());
            }
            object.properties().forEach((name, property) -> within(place, ".properties." + name, 2, property));
            object.definitions().forEach((name, definition) -> within(place, ".$defs." + name, 2, definition));
        } else if (schema instanceof JsonArraySchema array) {
            within(place, ".items", 1, array.items());
        } else if (schema instanceof JsonAnyOfSchema choice) {
            int index = 0;
            for (JsonSchemaElement one : choice.anyOf()) {
                within(place, ".anyOf[" + index++ + "]", 2, one);
            }
        } else if (schema instanceof JsonRawSchema raw) {
            readable(raw.schema(), place);
        }
    }

    private void within(Place place, String step, int deeper, @Nullable JsonSchemaElement schema) {
        places.push(new Place(schema, place.path() + step, place.depth() + deeper));
    }

    private static void readable(String json, Place place) {
        try (JsonParser parser = JSON.createParser(json)) {
            boolean whole = parser.nextToken() == JsonToken.START_OBJECT;
            int depth = 1;
            while (whole && depth > 0) {
                JsonToken token = parser.nextToken();
                whole = token != null;
                depth += token == null ? 0 : token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                notTooDeep(place.path(), place.depth() + depth - 1);
            }
            if (!whole || parser.nextToken() != null) {
                throw wrong(place.path(), "is a raw schema that is no JSON object");
            }
        } catch (IOException e) {
            throw wrong(place.path(), "is a raw schema that is no JSON object");
        }
    }

    private static void notTooDeep(String path, int depth) {
        if (depth > DEEPEST) {
            throw wrong(path, "is nested more than " + DEEPEST + " levels deep");
        }
    }

    private static InvalidRequestException wrong(String path, String what) {
        String place = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path;
        return new InvalidRequestException("the JSON schema can't be sent: " + place + " " + what);
    }
}
