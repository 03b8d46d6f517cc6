package io.github.deepthink4j.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.internal.stream.ForwardingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose beginning is given, and the rest of which is asked for (docs/protocol.md, section 2.3): one that you want to begin in
 * some way, or one that was cut. {@code Continuation.of(request, cut).chat(model)} is the whole answer, the beginning included.
 *
 * <p>For models whose profile has {@link io.github.deepthink4j.profile.Feature#PREFIX}; others refuse it. A request that has an answer's
 * beginning in this way already keeps it, so that an answer can be cut and continued any number of times. Immutable.
 */
public final class Continuation {

    private final ChatRequest request;
    private final @Nullable String thinking;
    private final @Nullable String text;
    private final Map<String, Object> attributes;
    private final @Nullable TokenUsage usedBefore;

    /**
     * @param request    without the beginning
     * @param attributes of the beginning
     */
    private Continuation(
            ChatRequest request,
            @Nullable String thinking,
            @Nullable String text,
            Map<String, Object> attributes,
            @Nullable TokenUsage usedBefore) {
        this.request = request;
        this.thinking = blankToNull(thinking);
        this.text = blankToNull(text);
        this.attributes = attributes;
        this.usedBefore = usedBefore;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** An answer that begins with this text, such as {@code ```python}. */
    public static Continuation beginningWith(ChatRequest request, String text) {
        return beginning(request, AiMessage.builder().text(text).build());
    }

    /**
     * An answer whose thought begins with these words; the model thinks on from there.
     *
     * @param text the beginning of the answer behind the thought, which is over then; {@code null} for none
     */
    public static Continuation beginningWithThought(ChatRequest request, String thinking, @Nullable String text) {
        return beginning(
                request, AiMessage.builder().thinking(thinking).text(text).build());
    }

    /**
     * The rest of an answer that has reached the limit on output tokens.
     *
     * @param request that it was the answer to, with its beginning or without
     * @param cut     the answer of a model, or the whole that a continuation has made of it
     * @throws IllegalArgumentException if it is whole, or was cut behind a tool call
     */
    public static Continuation of(ChatRequest request, ChatResponse cut) {
        if (cut.finishReason() != FinishReason.LENGTH) {
            throw new IllegalArgumentException("only an answer that was cut by its limit can be continued,"
                    + " and this one has ended with " + cut.finishReason());
        }
        // A whole, which a continuation has put together, has the beginning in it.
        AiMessage before = cut.metadata() instanceof DeepSeekChatResponseMetadata metadata
                ? metadata.beginning()
                : beginningOf(request);
        return of(request, before, cut.aiMessage(), cut.tokenUsage());
    }

    /**
     * The rest of an answer that broke off: after a {@code StreamCutException}, a stall, or a thought that has eaten the limit. If nothing
     * of it had arrived, it is asked for from the beginning.
     *
     * @param request that it was the answer to, with its beginning or without: the error has it, too
     * @throws IllegalArgumentException if it was cut in or behind a tool call
     */
    public static Continuation of(ChatRequest request, DeepSeekError cut) {
        AiMessage arrived = cut.partialMessage();
        AiMessage before = cut.details().beginning();
        return of(
                request,
                before == null ? beginningOf(request) : before,
                arrived == null ? AiMessage.from("") : arrived,
                cut.tokenUsage());
    }

    /**
     * The rest of this one's rest, which broke off in its turn: as {@link #of(ChatRequest, DeepSeekError)} of its request, but the usage of
     * the whole has that of all parts before in it, as far as it is known.
     *
     * @throws IllegalArgumentException if it was cut in or behind a tool call
     */
    public Continuation after(DeepSeekError cut) {
        Continuation next = of(request(), cut);
        TokenUsage used = usedBefore == null || next.usedBefore == null
                ? (usedBefore == null ? next.usedBefore : usedBefore)
                : TokenUsage.sum(usedBefore, next.usedBefore);
        return new Continuation(next.request, next.thinking, next.text, next.attributes, used);
    }

    private static Continuation of(
            ChatRequest request, @Nullable AiMessage before, AiMessage arrived, @Nullable TokenUsage used) {
        if (arrived.hasToolExecutionRequests()) {
            throw new IllegalArgumentException(
                    "an answer with tool calls can't be continued: run them, or ask again from the beginning");
        }
        return joined(request, before, arrived, used);
    }

    private static Continuation beginning(ChatRequest request, AiMessage beginning) {
        return joined(request, beginningOf(request), beginning, null);
    }

    private static Continuation joined(
            ChatRequest request, @Nullable AiMessage before, AiMessage arrived, @Nullable TokenUsage used) {
        return new Continuation(
                withoutBeginning(request),
                before == null ? arrived.thinking() : joined(before.thinking(), arrived.thinking()),
                before == null ? arrived.text() : joined(before.text(), arrived.text()),
                before == null ? arrived.attributes() : BeginningAttributes.joined(before, arrived),
                used);
    }

    private static @Nullable AiMessage beginningOf(ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        boolean begun = Boolean.TRUE.equals(
                DeepSeekChatRequestParameters.of(request.parameters()).prefix());
        return begun && messages.get(messages.size() - 1) instanceof AiMessage beginning ? beginning : null;
    }

    private static ChatRequest withoutBeginning(ChatRequest request) {
        return beginningOf(request) == null
                ? request
                : ChatRequest.builder()
                        .messages(
                                request.messages().subList(0, request.messages().size() - 1))
                        .parameters(with(request, false))
                        .build();
    }

    /**
     * The same without the beginning of the thought, for a host that refuses one. The model goes on with the text, or thinks anew where
     * there is none.
     */
    public Continuation withoutThought() {
        return new Continuation(request, null, text, attributes, usedBefore);
    }

    /** What is sent: the beginning as the last message, marked as a prefix. */
    public ChatRequest request() {
        if (thinking == null && text == null) {
            return request;
        }
        List<ChatMessage> messages = new ArrayList<>(request.messages());
        messages.add(beginning());
        return ChatRequest.builder()
                .messages(messages)
                .parameters(with(request, true))
                .build();
    }

    private AiMessage beginning() {
        return AiMessage.builder()
                .text(text == null ? "" : text)
                .thinking(thinking)
                .attributes(attributes)
                .build();
    }

    private static DeepSeekChatRequestParameters with(ChatRequest request, boolean prefix) {
        return DeepSeekChatRequestParameters.builder()
                .overrideWith(request.parameters())
                .prefix(prefix)
                .build();
    }

    /** The whole answer; its usage is that of both calls, where that of the first is known. */
    public ChatResponse chat(ChatModel model) {
        return whole(model.chat(request()));
    }

    /** As {@link #start}, without a handle. */
    public void chat(StreamingChatModel model, StreamingChatResponseHandler handler) {
        model.chat(request(), new Joining(handler));
    }

    /** Streams the rest: the pieces are those behind the beginning, and the response is the whole answer. */
    public StreamingHandle start(StreamingChatModel model, StreamingChatResponseHandler handler) {
        return CancellableStreamingChatModel.start(model, request(), new Joining(handler));
    }

    /**
     * The whole answer, of which only the rest has come: for whoever has sent {@link #request()} himself.
     *
     * @param rest without the beginning, as DeepSeek answers; a whole of this library's models comes back as it is
     */
    public ChatResponse whole(ChatResponse rest) {
        if (isWhole(rest)) {
            return rest;
        }
        AiMessage message = rest.aiMessage();
        String all = joined(text, message.text());
        JsonAnswer json = message.hasToolExecutionRequests()
                ? null
                : RequestComposer.jsonOf(request.parameters().responseFormat());
        AiMessage whole = message.toBuilder()
                .thinking(joined(thinking, message.thinking()))
                .text(all == null || json == null ? all : json.in(all))
                .attributes(BeginningAttributes.joined(beginning(), message))
                .build();
        ChatResponse.Builder response = ChatResponse.builder().aiMessage(whole);
        if (rest.metadata() instanceof DeepSeekChatResponseMetadata metadata) {
            TokenUsage used = metadata.tokenUsage();
            return response.metadata(metadata.toBuilder()
                            .tokenUsage(usedBefore == null ? used : TokenUsage.sum(usedBefore, used))
                            .beginning(null)
                            .build())
                    .build();
        }
        return response.metadata(rest.metadata()).build();
    }

    /** The rest of an answer has its beginning in its metadata, and a whole no longer does. */
    private boolean isWhole(ChatResponse rest) {
        return (thinking != null || text != null)
                && rest.metadata() instanceof DeepSeekChatResponseMetadata metadata
                && metadata.beginning() == null;
    }

    private static @Nullable String joined(@Nullable String beginning, @Nullable String rest) {
        return beginning == null ? rest : rest == null ? beginning : beginning + rest;
    }

    private final class Joining extends ForwardingHandler {

        Joining(StreamingChatResponseHandler handler) {
            super(handler);
        }

        @Override
        public void onCompleteResponse(ChatResponse rest) {
            super.onCompleteResponse(whole(rest));
        }
    }
}
