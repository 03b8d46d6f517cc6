package io.github.deepthink4j.internal.http;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an application does between its deployment and its end; {@link ClassLoaderTest} loads it in a class loader of its own. */
public final class UndeployedApplication {

    private UndeployedApplication() {}

    /** Adds a question to a memory, which nothing is sent of. */
    public static void remember() {
        ReasoningChatMemory.withMaxTurns(3).add(UserMessage.from("Hi"));
    }

    /** Uses a model of each kind once. */
    public static void run(String baseUrl, boolean closes) throws Exception {
        DeepSeekChatModel blocking = DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
        DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
        DeepSeekAccount account =
                DeepSeekAccount.builder().baseUrl(baseUrl).apiKey("test").build();
        blocking.chat("Hi");
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        streaming.chat(
                ChatRequest.builder().messages(UserMessage.from("Hi")).build(), new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        streamed.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        streamed.completeExceptionally(error);
                    }
                });
        streamed.get(30, TimeUnit.SECONDS);
        account.balance();
        if (closes) {
            blocking.close();
            streaming.close();
            account.close();
        } else {
            // In place of the half minute that threads wait for work.
            OwnThreads.keepIdle(50);
        }
    }
}
