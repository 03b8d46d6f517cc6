package io.github.deepthink4j.internal.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.profile.ModelProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Writes the body of {@code POST /chat/completions} (docs/protocol.md, section 2.2). It decides nothing: the draft has
 * been checked and the history shaped before.
 */
public final class RequestWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private RequestWriter() {}

    /**
     * @param messages as the history shaper left them
     * @param thinking whether the request will be thought over
     * @param stream   whether the answer is to come as server-sent events
     */
    public static WrittenRequest write(
            ModelProfile profile, RequestDraft draft, List<ChatMessage> messages, boolean thinking, boolean stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        boolean mended;
        CustomFields fields = CustomFields.beside(
                modelName(draft),
                BodyFields.of(profile, draft, thinking, stream),
                draft.options().get(Option.CUSTOM_PARAMETERS, Map.of()));
        boolean marked = draft.prefix() && profile.dialect().prefixFields().isEmpty();
        try (WellFormedGenerator json = new WellFormedGenerator(JSON.createGenerator(bytes))) {
            json.writeStartObject();
            json.writeStringField("model", modelName(draft));
            json.writeArrayFieldStart("messages");
            MessageWriter writer = new MessageWriter(
                    json,
                    profile.dialect().writeBack(),
                    field -> profile.dialect().carries(field, draft.declaresServerTools()));
            for (int i = 0; i < messages.size(); i++) {
                writer.write(messages.get(i), marked && i == messages.size() - 1);
            }
            json.writeEndArray();
            for (Map.Entry<String, Object> field : fields.all().entrySet()) {
                json.writeFieldName(field.getKey());
                PlainValues.write(json, field.getValue());
            }
            json.writeEndObject();
            mended = json.mended();
        } catch (IOException e) {
            throw new UncheckedIOException("the request can't be written as JSON: " + e.getMessage(), e);
        }
        return new WrittenRequest(bytes.toByteArray(), mended, fields.contradictions());
    }

    private static String modelName(RequestDraft draft) {
        return requireNonNull(draft.parameters().modelName(), "modelName");
    }
}
