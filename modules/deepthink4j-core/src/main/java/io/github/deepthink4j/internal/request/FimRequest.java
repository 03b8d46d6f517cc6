package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completion in the middle on its way to the wire: {@code POST /completions} (docs/protocol.md, section 2.9).
 *
 * @param fields under their names on the wire, the prompt among them; what was not said is not there
 * @param custom the user's own
 */
public record FimRequest(String modelName, Map<String, Object> fields, Map<String, Object> custom) {

    private static final JsonFactory JSON = new JsonFactory();

    public FimRequest {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** {@code null} unsays it. */
    public FimRequest with(String field, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new FimRequest(modelName, changed, custom);
    }

    /**
     * @param stream whether the answer is to come as server-sent events
     */
    public WrittenRequest write(boolean stream) {
        Map<String, Object> said = new LinkedHashMap<>(fields);
        if (stream) {
            said.put("stream", true);
            said.put("stream_options", Map.of("include_usage", true));
        }
        CustomFields all = CustomFields.beside(modelName, said, custom);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        boolean mended;
        try (WellFormedGenerator json = new WellFormedGenerator(JSON.createGenerator(bytes))) {
            json.writeStartObject();
            json.writeStringField("model", modelName);
            for (Map.Entry<String, Object> field : all.all().entrySet()) {
                json.writeFieldName(field.getKey());
                PlainValues.write(json, field.getValue());
            }
            json.writeEndObject();
            mended = json.mended();
        } catch (IOException e) {
            throw new UncheckedIOException("the request can't be written as JSON: " + e.getMessage(), e);
        }
        return new WrittenRequest(bytes.toByteArray(), mended, all.contradictions());
    }
}
