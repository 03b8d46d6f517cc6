package io.github.deepthink4j.model;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.request.FimRequest;
import io.github.deepthink4j.internal.request.RequestCheck;
import io.github.deepthink4j.internal.request.WrittenRequest;
import io.github.deepthink4j.internal.stream.ListenedCall;
import io.github.deepthink4j.model.PreparedRequest.Emptiness;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.CallListener;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Completion in the middle on the way of a chat: it is another body at another address, and the same attempts, limits and
 * errors.
 */
final class FimCalls {

    private final ModelSettings settings;
    private final List<ChatModelListener> listeners;
    private final String modelName;
    private final Map<String, Object> fields;
    private final Map<String, Object> custom;
    private final Emptiness emptiness;
    private final RequestCheck check;

    /**
     * @param fields of the body, under their names on the wire
     */
    FimCalls(
            ModelSettings settings,
            List<ChatModelListener> listeners,
            String modelName,
            Map<String, Object> fields,
            Map<String, Object> custom,
            boolean emptyAnswers) {
        this.settings = settings;
        this.listeners = listeners;
        this.modelName = modelName;
        this.fields = fields;
        this.custom = custom;
        this.emptiness = emptyAnswers ? Emptiness.NOTHING : Emptiness.WHITE_SPACE;
        this.check = new RequestCheck(settings.parameterCheck(), settings.log());
    }

    ModelSettings settings() {
        return settings;
    }

    ModelProfile profile() {
        return settings.profileFor(modelName);
    }

    /** Throws what {@link RequestCheck} throws. */
    PreparedRequest compose(String prompt, @Nullable String suffix, boolean stream) {
        if (settings.endpoints().isDeepSeek()) {
            check.tellIfRetired(modelName, false);
        }
        ModelProfile profile = profile();
        boolean beta = settings.hasBetaRoot(profile);
        FimRequest request = check.apply(profile, new FimRequest(modelName, said(prompt, suffix), custom), beta);
        WrittenRequest written = request.write(stream);
        check.told(written);
        URI uri = settings.endpoints().completions(beta);
        Map<String, String> headers = settings.headers().accepting(stream ? "text/event-stream" : "application/json");
        return new PreparedRequest(
                uri,
                headers,
                written.body(),
                settings.headers().secrets(uri, headers),
                modelName,
                plain(profile),
                null,
                false,
                Set.of(),
                false,
                stream,
                emptiness,
                null,
                new CallFacts(asChat(request.fields()), modelName, user(), uri, written.body().length));
    }

    private Map<String, Object> said(String prompt, @Nullable String suffix) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("prompt", prompt);
        if (suffix != null) {
            said.put("suffix", suffix);
        }
        said.putAll(fields);
        return said;
    }

    /** Nothing is thought over, and what looks like a tag or a call is a part of the text that is written. */
    private static ModelProfile plain(ModelProfile profile) {
        return ModelProfile.from(profile)
                .dialect(ReasoningDialect.from(profile.dialect())
                        .inlineReasoning(ReasoningDialect.InlineReasoning.NONE)
                        .toolCallMarkup(false)
                        .build())
                .build();
    }

    /** Tells the listeners of a call that begins on this thread. */
    ListenedCall begin(String prompt, @Nullable String suffix) {
        if (prompt == null) {
            throw new IllegalArgumentException("prompt must not be null");
        }
        return ListenedCall.begin(
                CallListener.TEXT_COMPLETION, asChat(said(prompt, suffix)), ModelProvider.OTHER, listeners);
    }

    /** As listeners and gates know a request: what is read, and how much may be written. */
    private ChatRequest asChat(Map<String, Object> said) {
        String text = "" + said.get("prompt") + said.getOrDefault("suffix", "");
        return ChatRequest.builder()
                .messages(UserMessage.from(text.isBlank() ? "(blank)" : text))
                .parameters(ChatRequestParameters.builder()
                        .modelName(modelName)
                        .maxOutputTokens(said.get("max_tokens") instanceof Integer most ? most : null)
                        .temperature(said.get("temperature") instanceof Double warmth ? warmth : null)
                        .topP(said.get("top_p") instanceof Double share ? share : null)
                        .build())
                .build();
    }

    private @Nullable String user() {
        Object user = custom.getOrDefault("user_id", custom.get("user"));
        return user == null ? null : user.toString();
    }

    /** What a chat would have answered, as LangChain4j's language models say it. */
    static Response<String> response(ChatResponse answer) {
        DeepSeekChatResponseMetadata metadata = (DeepSeekChatResponseMetadata) answer.metadata();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("id", metadata.id());
        more.put("modelName", metadata.modelName());
        more.put("created", metadata.created());
        more.put("systemFingerprint", metadata.systemFingerprint());
        more.put("requestId", metadata.requestId());
        more.put("logprobs", metadata.logprobs());
        more.put("cost", metadata.cost());
        more.values().removeIf(value -> value == null);
        String text = answer.aiMessage().text();
        return Response.from(text == null ? "" : text, metadata.tokenUsage(), metadata.finishReason(), more);
    }
}
