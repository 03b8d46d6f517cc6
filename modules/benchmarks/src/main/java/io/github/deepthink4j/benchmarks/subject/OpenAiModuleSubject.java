package io.github.deepthink4j.benchmarks.subject;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;

/** LangChain4j's OpenAI module, set so that it gives the reasoning. */
final class OpenAiModuleSubject implements Subject {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final String baseUrl;
    private OpenAiStreamingChatModel streaming;
    private OpenAiChatModel blocking;

    OpenAiModuleSubject(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    @Override
    public Cancel stream(String question, AnswerListener listener) {
        LangChainHandler handler = new LangChainHandler(listener);
        streaming().chat(question, handler);
        return handler;
    }

    @Override
    public String ask(String question) {
        return blocking().chat(question);
    }

    private synchronized OpenAiStreamingChatModel streaming() {
        if (streaming == null) {
            streaming = OpenAiStreamingChatModel.builder()
                    .baseUrl(baseUrl)
                    .apiKey(Credentials.KEY)
                    .modelName(Credentials.MODEL)
                    .returnThinking(true)
                    .timeout(TIMEOUT)
                    .build();
        }
        return streaming;
    }

    private synchronized OpenAiChatModel blocking() {
        if (blocking == null) {
            blocking = OpenAiChatModel.builder()
                    .baseUrl(baseUrl)
                    .apiKey(Credentials.KEY)
                    .modelName(Credentials.MODEL)
                    .returnThinking(true)
                    .timeout(TIMEOUT)
                    .build();
        }
        return blocking;
    }
}
