package io.github.deepthink4j.samples.rag.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;

/** A passage as it stands in a row of the database. */
final class StoredPassage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredPassage() {}

    static TextSegment of(String text, String metadata) throws JsonProcessingException {
        JsonNode keys = JSON.readTree(metadata);
        return TextSegment.from(
                text,
                Metadata.from(Keys.FILE, keys.path(Keys.FILE).asText())
                        .put(Keys.HEADING, keys.path(Keys.HEADING).asText())
                        .put(Keys.VERSION, keys.path(Keys.VERSION).asText())
                        .put(Keys.POSITION, keys.path(Keys.POSITION).asInt()));
    }
}
