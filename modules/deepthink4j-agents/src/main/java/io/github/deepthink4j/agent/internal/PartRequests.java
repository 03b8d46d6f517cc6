package io.github.deepthink4j.agent.internal;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.internal.request.HistoryShaper;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the requests of the parts out of the request of the user. */
public final class PartRequests {

    private PartRequests() {}

    /**
     * The request as this part wants it: without the thoughts of others, and without what it does not know.
     *
     * @param language of what is told in words for it
     */
    public static ChatRequest fitted(ChatRequest request, Part<?> part, PromptLanguage language) {
        List<ChatMessage> messages = withoutForeignThoughts(request.messages(), part);
        ChatRequestParameters parameters = request.parameters();
        // A model of ours does this by itself, on the wire.
        if (part.profile() == null && !part.features(parameters).contains(Feature.TOOLS)) {
            messages = HistoryShaper.withoutTools(messages, language);
        }
        if (parameters.toolChoice() == ToolChoice.REQUIRED && part.forcesCallsOnlyWithoutThinking(parameters)) {
            parameters = withoutThinking(parameters);
        }
        return with(messages, parameters);
    }

    /**
     * A model name is a vendor's: what one has, another refuses. One that the request brings goes to the parts that name it too; if
     * none does, to the first part and those that are set to the same model as that. Every other part uses its own.
     *
     * @param parts all of them, the first choice first
     */
    public static ChatRequest named(ChatRequest request, Part<?> part, List<? extends Part<?>> parts) {
        String asked = request.modelName();
        if (asked == null) {
            return request;
        }
        Part<?> first = parts.get(0);
        boolean isNamed = parts.stream().anyMatch(other -> asked.equals(other.modelName()));
        boolean has = isNamed
                ? asked.equals(part.modelName())
                : part == first || (part.modelName() != null && part.modelName().equals(first.modelName()));
        return has ? request : withoutModelName(request);
    }

    private static ChatRequest withoutModelName(ChatRequest request) {
        return changed(request, parameters -> parameters.modelName((String) null));
    }

    /**
     * LangChain4j's parameters can't be unset by overriding, so they are copied. DeepSeek's own go along, and of another vendor's
     * class what means something to a model of ours: that vendor's own model hears of them only where nothing is to be unset.
     */
    private static ChatRequest changed(ChatRequest request, Consumer<DefaultChatRequestParameters.Builder<?>> change) {
        ChatRequestParameters parameters = request.parameters();
        DefaultChatRequestParameters.Builder<?> copy = parameters.getClass() == DefaultChatRequestParameters.class
                ? DefaultChatRequestParameters.builder()
                : DeepSeekChatRequestParameters.builder();
        copy.overrideWith(parameters);
        change.accept(copy);
        return with(request.messages(), copy.build());
    }

    private static ChatRequest with(List<ChatMessage> messages, ChatRequestParameters parameters) {
        return ChatRequest.builder().messages(messages).parameters(parameters).build();
    }

    /** What another part has thought is no reasoning of this one's; where it wants some, its profile knows what to do. */
    private static List<ChatMessage> withoutForeignThoughts(List<ChatMessage> messages, Part<?> part) {
        List<ChatMessage> own = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            boolean foreign = message instanceof AiMessage ai
                    && ai.thinking() != null
                    && Provenance.of(ai).filter(maker -> !isMadeBy(maker, part)).isPresent();
            own.add(foreign ? ((AiMessage) message).toBuilder().thinking(null).build() : message);
        }
        return own;
    }

    /** One model may play several parts. */
    private static boolean isMadeBy(Provenance maker, Part<?> part) {
        return maker.modelName() == null || part.modelName() == null
                ? maker.part().equals(part.name())
                : maker.modelName().equals(part.modelName());
    }

    public static ChatRequest withoutTools(ChatRequest request, boolean keepFormat) {
        ResponseFormat format = keepFormat ? request.parameters().responseFormat() : null;
        return changed(
                request,
                parameters -> parameters
                        .toolSpecifications(List.of())
                        .toolChoice(null)
                        .responseFormat(format));
    }

    public static ChatRequest withoutFormat(ChatRequest request) {
        return changed(request, parameters -> parameters.responseFormat((ResponseFormat) null));
    }

    private static ChatRequestParameters withoutThinking(ChatRequestParameters parameters) {
        return DeepSeekChatRequestParameters.builder()
                .overrideWith(parameters)
                .thinking(false)
                .build();
    }

    /** Adds to the last user message; where a memory has dropped it, there is nothing to add to. */
    public static ChatRequest addingToLastUserMessage(ChatRequest request, String text) {
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage user) {
                List<Content> contents = new ArrayList<>(user.contents());
                contents.add(TextContent.from(text));
                messages.set(i, user.toBuilder().contents(contents).build());
                return with(messages, request.parameters());
            }
        }
        return request;
    }

    public static ChatRequest adding(ChatRequest request, ChatMessage message) {
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        messages.add(message);
        return with(messages, request.parameters());
    }

    /** The plan of the turn in progress, from the calls that have been made by it. */
    public static Optional<String> planOfThisTurn(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0 && !(messages.get(i) instanceof UserMessage); i--) {
            if (messages.get(i) instanceof AiMessage ai) {
                Optional<String> plan = Provenance.of(ai).map(Provenance::plan);
                if (plan.isPresent()) {
                    return plan;
                }
            }
        }
        return Optional.empty();
    }
}
