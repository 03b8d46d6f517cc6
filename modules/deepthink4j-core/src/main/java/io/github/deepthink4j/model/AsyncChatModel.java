package io.github.deepthink4j.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.stream.ListenedCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A chat model whose answer can be waited for without a thread, on every version of LangChain4j: its {@code ChatModel} has these
 * methods since 1.20, which this interface overrides there.
 *
 * <p>All blocking models of this project are such models. A decorator of one's own becomes one by naming this interface: it
 * implements {@link #doChatAsync} beside {@code doChat}, and has the rest for nothing.
 */
public interface AsyncChatModel extends ChatModel {

    /** As {@code chat}, with the listeners told of one request and one end whatever ends the call, an {@code Error} included. */
    @Override
    default ChatResponse chat(ChatRequest chatRequest, ChatRequestOptions options) {
        return ListenedCall.begin(this, chatRequest, options).around(this::doChat);
    }

    /**
     * The text of the answer to one user message. LangChain4j's own is a stage of the call, whose cancel the call never hears of;
     * to cancel this one, or to let it time out, stops the call.
     */
    default CompletableFuture<String> chatAsync(String userMessage) {
        return AsyncCall.read(
                chatAsync(UserMessage.from(userMessage)),
                response -> response.aiMessage().text());
    }

    /** {@link #chatAsync(List)} of these. */
    default CompletableFuture<ChatResponse> chatAsync(ChatMessage... messages) {
        return chatAsync(List.of(messages));
    }

    /** {@link #chatAsync(ChatRequest)} of these messages and nothing else. */
    default CompletableFuture<ChatResponse> chatAsync(List<ChatMessage> messages) {
        return chatAsync(ChatRequest.builder().messages(messages).build());
    }

    /** {@link #chatAsync(ChatRequest, ChatRequestOptions)} without options. */
    default CompletableFuture<ChatResponse> chatAsync(ChatRequest chatRequest) {
        return chatAsync(chatRequest, ChatRequestOptions.EMPTY);
    }

    /**
     * As {@code chat}, with the same listeners, default parameters and errors, but returns at once. Throws nothing: a request that
     * is refused before it is sent, too, is a future that has failed. Listeners hear of the request on this thread, and of the end
     * before the future does, a time-out by {@code orTimeout} included; of a call that is cancelled they hear no end, as in LangChain4j, but for a {@code CallListener}.
     *
     * @return to cancel it, or to let it time out, stops the call; never {@code null}
     */
    default CompletableFuture<ChatResponse> chatAsync(ChatRequest chatRequest, ChatRequestOptions options) {
        return AsyncCall.asked(
                () -> {
                    if (chatRequest == null) {
                        throw new IllegalArgumentException("chatRequest cannot be null");
                    }
                    return ListenedCall.begin(this, chatRequest, options);
                },
                call -> doChatAsync(call.request()),
                "doChatAsync of " + getClass().getName());
    }

    /**
     * What a model does for {@link #chatAsync}: without listeners, and with the default parameters in the request already.
     *
     * @return completed on the model's executor, or with an error at once; to cancel it stops the call; never {@code null}
     */
    CompletableFuture<ChatResponse> doChatAsync(ChatRequest chatRequest);
}
