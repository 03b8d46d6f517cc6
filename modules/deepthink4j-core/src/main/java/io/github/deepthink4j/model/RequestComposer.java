package io.github.deepthink4j.model;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.request.HistoryShaper;
import io.github.deepthink4j.internal.request.JsonPrompt;
import io.github.deepthink4j.internal.request.Option;
import io.github.deepthink4j.internal.request.Options;
import io.github.deepthink4j.internal.request.RequestCheck;
import io.github.deepthink4j.internal.request.RequestDraft;
import io.github.deepthink4j.internal.request.RequestWriter;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.internal.request.ShapedHistory;
import io.github.deepthink4j.internal.request.WrittenRequest;
import io.github.deepthink4j.internal.value.Blank;
import io.github.deepthink4j.model.PreparedRequest.Emptiness;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way of a request from LangChain4j's to the bytes: draft, check, history, JSON. Pure but for the warnings. */
final class RequestComposer {

    private final ModelSettings settings;
    private final RequestCheck check;

    RequestComposer(ModelSettings settings) {
        this.settings = settings;
        this.check = new RequestCheck(settings.parameterCheck(), settings.log());
    }

    /** Throws what {@link RequestCheck} throws. */
    PreparedRequest compose(ChatRequest request, boolean stream) {
        DeepSeekChatRequestParameters parameters = DeepSeekChatRequestParameters.of(request.parameters());
        String modelName = parameters.modelName();
        if (modelName == null || modelName.isBlank()) {
            throw new IllegalArgumentException(
                    "modelName is missing: set it on the builder, such as .modelName(\"deepseek-flash\")");
        }
        if (settings.endpoints().isDeepSeek()) {
            check.tellIfRetired(modelName, true);
        }
        ModelProfile profile = settings.profileFor(modelName);
        RequestDraft draft = check.apply(
                profile,
                new RequestDraft(
                        request.messages(),
                        parameters,
                        optionsOf(parameters),
                        settings.strictTools(),
                        settings.promptLanguage()));
        JsonAnswer json = null;
        if (draft.wantsJson()) {
            ResponseFormat format = draft.parameters().responseFormat();
            // Behind a beginning comes but a rest, in which an inner object would pass for the whole.
            json = draft.prefix() ? null : jsonOf(format);
            draft = draft.withMessages(JsonPrompt.ask(draft.messages(), schemaOf(format), draft.phrases()));
        }
        ShapedHistory history = HistoryShaper.shape(profile, draft);
        WrittenRequest written = RequestWriter.write(profile, draft, history.messages(), history.thinking(), stream);
        check.told(written);
        AiMessage beginning = draft.prefix() ? beginning(request) : null;
        boolean beta = draft.prefix() || (draft.strictTools() && draft.hasTools());
        URI uri = settings.endpoints().chatCompletions(beta && settings.hasBetaRoot(profile));
        Map<String, String> headers = settings.headers().accepting(stream ? "text/event-stream" : "application/json");
        return new PreparedRequest(
                uri,
                headers,
                written.body(),
                settings.headers().secrets(uri, headers),
                modelName,
                profile,
                json,
                asksForJson(draft),
                draft.tools().stream().map(ToolSpecification::name).collect(Collectors.toUnmodifiableSet()),
                draft.declaresServerTools(),
                stream,
                emptiness(beginning),
                beginning,
                new CallFacts(
                        request,
                        modelName,
                        userOf(parameters),
                        uri,
                        written.body().length,
                        profile.rules(history.thinking()).mostOutputTokens(request.maxOutputTokens())));
    }

    private static @Nullable AiMessage beginning(ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        return messages.get(messages.size() - 1) instanceof AiMessage beginning ? beginning : null;
    }

    /** Behind a text that may be all of the answer there can be nothing to say. */
    private static Emptiness emptiness(@Nullable AiMessage beginning) {
        String text = beginning == null ? null : beginning.text();
        return text == null || Blank.is(text) ? Emptiness.NO_ANSWER : Emptiness.NOTHING;
    }

    /** DeepSeek's name for it, or that of other hosts among the fields that have no setter here. */
    private static @Nullable String userOf(DeepSeekChatRequestParameters parameters) {
        if (parameters.userId() != null) {
            return parameters.userId();
        }
        Map<String, Object> custom = parameters.customParameters();
        Object user = custom == null ? null : custom.getOrDefault("user_id", custom.get("user"));
        return user == null ? null : user.toString();
    }

    /** The effort {@code none} asks for what {@link ThinkingMode#OFF} asks for, and is said in its way from here on. */
    private static Options optionsOf(DeepSeekChatRequestParameters parameters) {
        Options options = parameters.options();
        return Efforts.NONE_EFFORT.equalsIgnoreCase(options.get(Option.REASONING_EFFORT))
                ? options.with(Option.THINKING, ThinkingMode.OFF).with(Option.REASONING_EFFORT, null)
                : options;
    }

    /** By the response format, or by a field of the user's own; behind a beginning white space is a part of the text. */
    private static boolean asksForJson(RequestDraft draft) {
        Object format = draft.options().get(Option.CUSTOM_PARAMETERS, Map.of()).get("response_format");
        boolean custom = format instanceof Map<?, ?> map
                && String.valueOf(map.get("type")).startsWith("json");
        return !draft.prefix() && (custom || draft.wantsJson());
    }

    /** How JSON of this format is found in an answer; {@code null} where no JSON is asked for. */
    static @Nullable JsonAnswer jsonOf(@Nullable ResponseFormat format) {
        return format == null || format.type() != ResponseFormatType.JSON ? null : JsonAnswer.of(schemaOf(format));
    }

    private static @Nullable String schemaOf(@Nullable ResponseFormat format) {
        JsonSchema schema = format == null ? null : format.jsonSchema();
        return schema == null ? null : SchemaJson.text(schema.rootElement());
    }
}
