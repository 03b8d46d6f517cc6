package io.github.deepthink4j.benchmarks.subject;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.HttpTransport;

/** This project, as it comes; over Netty see {@link NettySubjects}. */
final class Deepthink4jSubject implements Subject {

    private final String baseUrl;
    private final HttpTransport transport;
    private DeepSeekStreamingChatModel streaming;
    private DeepSeekChatModel blocking;

    /** @param transport null for the JDK's client */
    Deepthink4jSubject(String baseUrl, HttpTransport transport) {
        this.baseUrl = baseUrl;
        this.transport = transport;
    }

    @Override
    public Cancel stream(String question, AnswerListener listener) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from(question)).build();
        StreamingHandle handle = streaming().start(request, new LangChainHandler(listener));
        return () -> {
            handle.cancel();
            return true;
        };
    }

    @Override
    public String ask(String question) {
        return blocking().chat(question);
    }

    private synchronized DeepSeekStreamingChatModel streaming() {
        if (streaming == null) {
            streaming = configured(DeepSeekStreamingChatModel.builder()).build();
        }
        return streaming;
    }

    private synchronized DeepSeekChatModel blocking() {
        if (blocking == null) {
            blocking = configured(DeepSeekChatModel.builder()).build();
        }
        return blocking;
    }

    private <B extends DeepSeekModelBuilder<B>> B configured(B builder) {
        builder.baseUrl(baseUrl).apiKey(Credentials.KEY).modelName(Credentials.MODEL);
        return transport == null ? builder : builder.transport(transport);
    }
}
