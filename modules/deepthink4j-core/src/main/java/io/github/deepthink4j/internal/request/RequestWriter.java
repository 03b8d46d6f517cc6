package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        try (WellFormedGenerator json = new WellFormedGenerator(JSON.createGenerator(bytes))) {
            json.writeStartObject();
            json.writeStringField("model", draft.parameters().modelName());
            json.writeArrayFieldStart("messages");
            MessageWriter writer = new MessageWriter(json, profile.dialect().writeBack());
            for (int i = 0; i < messages.size(); i++) {
                writer.write(messages.get(i), draft.prefix() && i == messages.size() - 1);
            }
            json.writeEndArray();
            if (stream) {
                json.writeBooleanField("stream", true);
                json.writeObjectFieldStart("stream_options");
                json.writeBooleanField("include_usage", true);
                json.writeEndObject();
            }
            writeParameters(json, draft.parameters());
            writeOptions(json, draft.options());
            writeTools(json, draft);
            if (draft.wantsJson()) {
                json.writeObjectFieldStart("response_format");
                json.writeStringField("type", "json_object");
                json.writeEndObject();
            }
            for (Map.Entry<String, Object> field :
                    extraFields(profile, draft, thinking).entrySet()) {
                json.writeFieldName(field.getKey());
                PlainValues.write(json, field.getValue());
            }
            json.writeEndObject();
            mended = json.mended();
        } catch (IOException e) {
            throw new UncheckedIOException("the request can't be written as JSON: " + e.getMessage(), e);
        }
        return new WrittenRequest(bytes.toByteArray(), mended);
    }

    private static void writeParameters(JsonGenerator json, ChatRequestParameters parameters) throws IOException {
        writeIfSaid(json, "max_tokens", parameters.maxOutputTokens());
        writeIfSaid(json, "temperature", parameters.temperature());
        writeIfSaid(json, "top_p", parameters.topP());
        writeIfSaid(json, "top_k", parameters.topK());
        writeIfSaid(json, "frequency_penalty", parameters.frequencyPenalty());
        writeIfSaid(json, "presence_penalty", parameters.presencePenalty());
        writeIfSaid(json, "stop", parameters.stopSequences().isEmpty() ? null : parameters.stopSequences());
    }

    private static void writeOptions(JsonGenerator json, Options options) throws IOException {
        for (Option<?> option : Option.all()) {
            if (option.field() != null) {
                writeIfSaid(json, option.field(), options.get(option));
            }
        }
    }

    private static void writeIfSaid(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            PlainValues.write(json, value);
        }
    }

    private static void writeTools(JsonGenerator json, RequestDraft draft) throws IOException {
        if (!draft.hasTools()) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (ToolSpecification tool : draft.tools()) {
            json.writeStartObject();
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", tool.name());
            if (tool.description() != null) {
                json.writeStringField("description", tool.description());
            }
            json.writeFieldName("parameters");
            PlainValues.write(json, SchemaJson.parameters(tool.parameters(), draft.strictTools()));
            if (draft.strictTools()) {
                json.writeBooleanField("strict", true);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        // "auto" is the default of every server; some refuse the field itself.
        ToolChoice choice = draft.parameters().toolChoice();
        if (choice != null && choice != ToolChoice.AUTO) {
            json.writeStringField("tool_choice", choice.name().toLowerCase(Locale.ROOT));
        }
    }

    /** The fields that are data: the thinking switch, the effort, and the user's own, which win. */
    private static Map<String, Object> extraFields(ModelProfile profile, RequestDraft draft, boolean thinking) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean asked = draft.thinking() != ThinkingMode.MODEL_DEFAULT;
        boolean turnedOff = !thinking && profile.thinks(draft.thinking());
        if (turnedOff) {
            fields.putAll(profile.thinkingSwitch().off());
        } else if (asked) {
            fields.putAll(
                    thinking
                            ? profile.thinkingSwitch().on()
                            : profile.thinkingSwitch().off());
        }
        // DeepSeek's own client sends no effort with thinking off (docs/protocol.md, section 1.5).
        String wanted = draft.options().get(Option.REASONING_EFFORT);
        if (thinking && wanted != null) {
            String effort = wanted.toLowerCase(Locale.ROOT);
            fields.put("reasoning_effort", profile.efforts().meanings().getOrDefault(effort, effort));
        }
        fields.putAll(draft.options().get(Option.CUSTOM_PARAMETERS, Map.of()));
        return fields;
    }
}
