package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to the wire: what was asked for, after defaults were applied. {@link RequestCheck} may take
 * something away from it, the history is shaped by it, and the wire writes it.
 *
 * @param parameters  LangChain4j's
 * @param options     DeepSeek's own
 * @param strictTools whether tool arguments are to be held to their schema
 * @param language    of what is added in words
 */
public record RequestDraft(
        List<ChatMessage> messages,
        ChatRequestParameters parameters,
        Options options,
        boolean strictTools,
        PromptLanguage language) {

    public RequestDraft {
        messages = List.copyOf(messages);
    }

    /** Its words are in the language of the conversation. */
    public RequestDraft(
            List<ChatMessage> messages, ChatRequestParameters parameters, Options options, boolean strictTools) {
        this(messages, parameters, options, strictTools, PromptLanguage.OF_CONVERSATION);
    }

    public RequestDraft withMessages(List<ChatMessage> others) {
        return new RequestDraft(others, parameters, options, strictTools, language);
    }

    /** A copy with other parameters of LangChain4j's; unlike in a merge, {@code null} unsets one. */
    public RequestDraft with(Consumer<DefaultChatRequestParameters.Builder<?>> change) {
        DefaultChatRequestParameters.Builder<?> changed =
                DefaultChatRequestParameters.builder().overrideWith(parameters);
        change.accept(changed);
        return new RequestDraft(messages, changed.build(), options, strictTools, language);
    }

    /** A copy that says this of one of DeepSeek's own options; {@code null} unsets it. */
    public <T> RequestDraft with(Option<T> option, @Nullable T value) {
        return new RequestDraft(messages, parameters, options.with(option, value), strictTools, language);
    }

    public RequestDraft withStrictTools(boolean strict) {
        return new RequestDraft(messages, parameters, options, strict, language);
    }

    /** What is to be added in words, in the language of these messages. */
    public Phrases phrases() {
        return Phrases.in(language.in(messages));
    }

    public ThinkingMode thinking() {
        return options.get(Option.THINKING, ThinkingMode.MODEL_DEFAULT);
    }

    /** Whether the last message is the beginning of the answer. */
    public boolean prefix() {
        return options.get(Option.PREFIX, false);
    }

    public List<ToolSpecification> tools() {
        return parameters.toolSpecifications();
    }

    /** Whether this request can call tools of ours. */
    public boolean hasTools() {
        return !tools().isEmpty();
    }

    /** Tools that the server runs. */
    public List<ServerTool> serverTools() {
        return options.get(Option.SERVER_TOOLS, List.of());
    }

    /** Whether there is any such tool, also among the custom parameters. */
    public boolean declaresServerTools() {
        Object custom = options.get(Option.CUSTOM_PARAMETERS, Map.of()).get("tools");
        return !serverTools().isEmpty()
                || (custom instanceof Collection<?> tools
                        && tools.stream()
                                .anyMatch(tool -> tool instanceof Map<?, ?> one && !one.containsKey("function")));
    }

    /** Whether there is any tool in it, also such as have no type here and stand among the custom parameters. */
    public boolean offersTools() {
        Object custom = options.get(Option.CUSTOM_PARAMETERS, Map.of()).get("tools");
        return hasTools()
                || !serverTools().isEmpty()
                || (custom instanceof Collection<?> tools ? !tools.isEmpty() : custom != null);
    }

    /** Whether the answer's text must be JSON. */
    public boolean wantsJson() {
        ResponseFormat format = parameters.responseFormat();
        return format != null && format.type() == ResponseFormatType.JSON;
    }
}
