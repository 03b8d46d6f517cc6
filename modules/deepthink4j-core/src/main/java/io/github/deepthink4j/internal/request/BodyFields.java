package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All fields of a chat request but its model and its messages, in the order in which they are written. */
final class BodyFields {

    private final ModelProfile profile;
    private final RequestDraft draft;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private BodyFields(ModelProfile profile, RequestDraft draft) {
        this.profile = profile;
        this.draft = draft;
    }

    /** Without the user's own fields, see {@link CustomFields}. */
    static Map<String, Object> of(ModelProfile profile, RequestDraft draft, boolean thinking, boolean stream) {
        BodyFields body = new BodyFields(profile, draft);
        if (stream) {
            body.fields.put("stream", true);
            body.fields.put("stream_options", Map.of("include_usage", true));
        }
        body.parameters(draft.parameters());
        for (Option<?> option : Option.all()) {
            if (option.field() != null) {
                body.put(option.field(), draft.options().get(option));
            }
        }
        SafetyLevel safety = draft.options().get(Option.SAFETY_CHECK);
        if (safety != null) {
            body.fields.put("safety_check", Map.of("level", safety.name().toLowerCase(Locale.ROOT)));
        }
        if (draft.prefix()) {
            body.fields.putAll(profile.dialect().prefixFields());
        }
        body.tools();
        if (draft.wantsJson()) {
            body.fields.put("response_format", Map.of("type", "json_object"));
        }
        body.thinking(thinking);
        return body.fields;
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private void parameters(ChatRequestParameters said) {
        put("max_tokens", said.maxOutputTokens());
        put("temperature", said.temperature());
        put("top_p", said.topP());
        put("top_k", said.topK());
        put("frequency_penalty", said.frequencyPenalty());
        put("presence_penalty", said.presencePenalty());
        put("stop", said.stopSequences().isEmpty() ? null : said.stopSequences());
    }

    private void tools() {
        List<Map<String, Object>> tools = new ArrayList<>();
        draft.tools().forEach(tool -> tools.add(tool(tool)));
        draft.serverTools().forEach(tool -> tools.add(Map.of("type", tool.type())));
        if (!tools.isEmpty()) {
            fields.put("tools", tools);
        }
        // "auto" is the default of every server; some refuse the field itself.
        ToolChoice choice = draft.parameters().toolChoice();
        if (draft.offersTools() && choice != null && choice != ToolChoice.AUTO) {
            fields.put("tool_choice", choice.name().toLowerCase(Locale.ROOT));
        }
    }

    private Map<String, Object> tool(ToolSpecification tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        function.put("parameters", SchemaJson.parameters(tool, draft.strictTools()));
        if (draft.strictTools()) {
            function.put("strict", true);
        }
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("type", "function");
        described.put("function", function);
        return described;
    }

    private void thinking(boolean thinking) {
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
    }
}
