package io.github.deepthink4j.agent.internal;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.CallContext;
import io.github.deepthink4j.model.AsyncChatModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Asks any model without waiting for it: ours by their own method, others by LangChain4j's {@code chatAsync}, which it has since 1.20
 * and which is looked up here and nowhere else, and what is left on an executor, whose thread is interrupted by a cancel.
 *
 * @param executor of the user's; {@code null} for the library's own threads
 */
public record AsyncParts(@Nullable Executor executor) {

    private static final String LACKING = "dev.langchain4j.exception.AsyncNotSupportedException";
    private static final @Nullable Method CHAT_ASYNC = chatAsync();

    private static @Nullable Method chatAsync() {
        try {
            return ChatModel.class.getMethod("chatAsync", ChatRequest.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Throws nothing; to cancel the future stops the call. */
    public CompletableFuture<ChatResponse> ask(ChatModel model, ChatRequest request) {
        try {
            if (model instanceof AsyncChatModel own) {
                return own.chatAsync(request);
            }
            return CHAT_ASYNC != null && isAsync(model)
                    ? orOnExecutor(invoke(CHAT_ASYNC, model, request), model, request)
                    : onExecutor(model, request);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The interface's defaults tell the listeners of a request before they fail, so that nobody calls them. */
    private static boolean isAsync(ChatModel model) {
        return Arrays.stream(model.getClass().getMethods())
                .anyMatch(method -> method.getName().endsWith("hatAsync")
                        && method.getDeclaringClass() != ChatModel.class
                        && method.getParameterCount() > 0
                        && method.getParameterTypes()[0] == ChatRequest.class);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable CompletableFuture<ChatResponse> invoke(Method method, ChatModel model, ChatRequest request)
            throws Throwable {
        try {
            return (CompletableFuture<ChatResponse>) method.invoke(model, request);
        } catch (InvocationTargetException e) {
            return CompletableFuture.failedFuture(e.getCause() == null ? e : e.getCause());
        }
    }

    /** A decorator has the method, and perhaps decorates a model that has not. */
    private CompletableFuture<ChatResponse> orOnExecutor(
            @Nullable CompletableFuture<ChatResponse> asked, ChatModel model, ChatRequest request) {
        if (asked == null) {
            return onExecutor(model, request);
        }
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        answer.stoppedBy(() -> asked.cancel(true));
        // As any future: what another vendor has put into it is seen only when it is looked at.
        ((CompletableFuture<?>) asked).whenComplete((response, error) -> {
            if (response instanceof ChatResponse whole) {
                answer.answered(whole);
            } else if (error == null) {
                answer.failed(new InternalServerException("The model has ended its call with "
                        + (response == null
                                ? "nothing"
                                : "a " + response.getClass().getName())
                        + " instead of a response."));
            } else if (!isLacking(AnswerFuture.unwrapped(error))) {
                answer.failed(AnswerFuture.unwrapped(error));
            } else {
                CompletableFuture<ChatResponse> blocking = onExecutor(model, request);
                answer.stoppedBy(() -> blocking.cancel(true));
                blocking.whenComplete((late, failure) -> {
                    if (failure == null) {
                        answer.answered(late);
                    } else {
                        answer.failed(AnswerFuture.unwrapped(failure));
                    }
                });
            }
        });
        return answer;
    }

    private static boolean isLacking(Throwable error) {
        return error.getClass().getName().equals(LACKING);
    }

    private CompletableFuture<ChatResponse> onExecutor(ChatModel model, ChatRequest request) {
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        CallContext context = CallContext.current();
        FutureTask<@Nullable Void> task = new FutureTask<>(
                () -> {
                    try {
                        answer.answered(context.call(() -> model.chat(request)));
                    } catch (Throwable e) {
                        answer.failed(e);
                    }
                },
                null);
        answer.stoppedBy(() -> task.cancel(true));
        try {
            if (executor == null) {
                OwnThreads.run(task);
            } else {
                executor.execute(task);
            }
        } catch (Throwable e) {
            answer.failed(e);
        }
        return answer;
    }

    /** Ends an answer on the user's executor, if there is one and it takes it; else here. */
    public void end(Runnable end) {
        if (executor != null) {
            try {
                executor.execute(end);
                return;
            } catch (Throwable e) {
                // Nobody else would tell.
            }
        }
        end.run();
    }
}
