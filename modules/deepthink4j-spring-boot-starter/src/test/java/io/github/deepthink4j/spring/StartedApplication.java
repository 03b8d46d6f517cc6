package io.github.deepthink4j.spring;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** An application between its start and its end; {@link ManyStartsTest} loads it in a class loader of its own, with all of Spring. */
public final class StartedApplication {

    private StartedApplication() {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DeepSeekAutoConfiguration.class,
        DeepSeekCostAutoConfiguration.class,
        DeepSeekHealthAutoConfiguration.class,
        DeepSeekMemoryAutoConfiguration.class,
        DeepSeekObservationAutoConfiguration.class,
        DeepSeekSanitizingAutoConfiguration.class
    })
    static class Beans {}

    /** Asks the models of its context, leaves a stream running if that is wanted, and closes the context. */
    public static void run(String baseUrl, boolean leavesAStream) throws Exception {
        CompletableFuture<ChatResponse> streamed;
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "ours",
                            Map.of(
                                    "deepthink4j.base-url", baseUrl,
                                    "deepthink4j.api-key", "test",
                                    "deepthink4j.models.fast.thinking", "off",
                                    "deepthink4j.memory.max-turns", "3",
                                    "deepthink4j.limit.at-most", "5",
                                    "deepthink4j.budget.tokens", "1000000")));
            context.register(Beans.class);
            context.refresh();
            context.getBean(ChatModel.class).chat("Hi");
            streamed = streamed(context.getBean(StreamingChatModel.class));
            if (!leavesAStream) {
                streamed.get(30, TimeUnit.SECONDS);
            }
        }
        // What ran when the context was closed has been told its end.
        try {
            streamed.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!leavesAStream) {
                throw e;
            }
        }
    }

    private static CompletableFuture<ChatResponse> streamed(StreamingChatModel model) {
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        model.chat(List.of(UserMessage.from("Hi")), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                streamed.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                streamed.completeExceptionally(error);
            }
        });
        return streamed;
    }
}
