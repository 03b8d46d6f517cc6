package io.github.deepthink4j.benchmarks.subject;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.JsonString;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Optional;

/** OpenAI's own client for Java. It knows no reasoning: that is found among the fields it does not know. */
final class OpenAiJavaSubject implements Subject {

    private final OpenAIClientAsync client;

    OpenAiJavaSubject(String baseUrl) {
        this.client = OpenAIOkHttpClientAsync.builder()
                .baseUrl(baseUrl)
                .apiKey(Credentials.KEY)
                .build();
    }

    @Override
    public Cancel stream(String question, AnswerListener listener) {
        AsyncStreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(params(question));
        response.subscribe(new AsyncStreamResponse.Handler<>() {
            @Override
            public void onNext(ChatCompletionChunk chunk) {
                chunk.choices().forEach(choice -> piece(choice.delta(), listener));
            }

            @Override
            public void onComplete(Optional<Throwable> error) {
                error.ifPresentOrElse(listener::onError, () -> listener.onEnd(null));
            }
        });
        return () -> {
            response.close();
            return true;
        };
    }

    private static void piece(ChatCompletionChunk.Choice.Delta delta, AnswerListener listener) {
        if (delta._additionalProperties().get("reasoning_content") instanceof JsonString thought
                && !thought.value().isEmpty()) {
            listener.onThought(thought.value());
        }
        delta.content().filter(piece -> !piece.isEmpty()).ifPresent(listener::onText);
    }

    @Override
    public String ask(String question) {
        return client.chat()
                .completions()
                .create(params(question))
                .join()
                .choices()
                .get(0)
                .message()
                .content()
                .orElse("");
    }

    private static ChatCompletionCreateParams params(String question) {
        return ChatCompletionCreateParams.builder()
                .model(Credentials.MODEL)
                .addUserMessage(question)
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
