package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.ListenedCall;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
        AnswerFuture<@Nullable String> text = new AnswerFuture<>();
        CompletableFuture<ChatResponse> answer = chatAsync(UserMessage.from(userMessage));
        text.stoppedBy(() -> answer.completeExceptionally(requireNonNull(text.abandonment())));
        answer.whenComplete((response, error) -> {
            if (error == null) {
                text.answered(response.aiMessage().text());
            } else {
                text.failed(error);
            }
        });
        return text;
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
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        try {
            if (chatRequest == null) {
                throw new IllegalArgumentException("chatRequest cannot be null");
            }
            ListenedCall call = ListenedCall.begin(this, chatRequest, options);
            CompletableFuture<ChatResponse> asked;
            try {
                asked = call.report().inCall(() -> doChatAsync(call.request()));
                if (asked == null) {
                    throw new IllegalStateException(
                            "doChatAsync of " + getClass().getName() + " has returned null.");
                }
            } catch (Throwable e) {
                call.failed(e);
                throw e;
            }
            answer.stoppedBy(() -> asked.cancel(true));
            // As any future: what another model has put into it is seen only when it is looked at.
            ((CompletableFuture<?>) asked).whenComplete((response, error) -> told(call, answer, response, error));
        } catch (Throwable e) {
            answer.failed(e);
        }
        return answer;
    }

    /**
     * What a model does for {@link #chatAsync}: without listeners, and with the default parameters in the request already.
     *
     * @return completed on the model's executor, or with an error at once; to cancel it stops the call; never {@code null}
     */
    CompletableFuture<ChatResponse> doChatAsync(ChatRequest chatRequest);

    private static void told(
            ListenedCall call,
            AnswerFuture<ChatResponse> answer,
            @Nullable Object response,
            @Nullable Throwable failure) {
        Throwable abandonment = answer.abandonment();
        if (abandonment != null) {
            if (abandonment instanceof CancellationException) {
                call.cancelled();
            } else {
                call.failed(abandonment);
            }
        } else if (failure != null) {
            Throwable error = AnswerFuture.unwrapped(failure);
            call.failed(error);
            call.report().inCaller(() -> answer.failed(error));
        } else if (response instanceof ChatResponse whole) {
            try {
                call.answered(whole);
                call.report().inCaller(() -> answer.answered(whole));
            } catch (Throwable e) {
                answer.failed(e);
            }
        } else {
            Throwable error = new InternalServerException("The model has ended its call "
                    + (response == null
                            ? "without a response."
                            : "with a " + response.getClass().getName() + " for a response."));
            call.failed(error);
            call.report().inCaller(() -> answer.failed(error));
        }
    }
}
