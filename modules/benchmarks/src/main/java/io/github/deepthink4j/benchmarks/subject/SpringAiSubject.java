package io.github.deepthink4j.benchmarks.subject;

import java.net.http.HttpClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.deepseek.DeepSeekAssistantMessage;
import org.springframework.ai.deepseek.DeepSeekChatModel;
import org.springframework.ai.deepseek.DeepSeekChatOptions;
import org.springframework.ai.deepseek.api.DeepSeekApi;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.resources.ConnectionProvider;

/** Spring AI's DeepSeek module: a {@code WebClient} for streams, a {@code RestClient} for whole bodies. */
final class SpringAiSubject implements Subject {

    /** Reactor Netty's own limit of 500 would hold back the larger scenarios. */
    private static final int CONNECTIONS = 20_000;

    /** Spring's own limit for a body is 256 KB. */
    private static final int BUFFER = 16 << 20;

    private final DeepSeekChatModel model;

    private SpringAiSubject(String baseUrl, RestClient.Builder restClient, WebClient.Builder webClient) {
        this.model = DeepSeekChatModel.builder()
                .deepSeekApi(DeepSeekApi.builder()
                        .baseUrl(baseUrl)
                        .apiKey(Credentials.KEY)
                        .restClientBuilder(restClient)
                        .webClientBuilder(webClient.codecs(
                                codecs -> codecs.defaultCodecs().maxInMemorySize(BUFFER)))
                        .build())
                .defaultOptions(
                        DeepSeekChatOptions.builder().model(Credentials.MODEL).build())
                .build();
    }

    static Subject onJdk(String baseUrl) {
        HttpClient http = HttpClient.newHttpClient();
        return new SpringAiSubject(
                baseUrl,
                RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(http)),
                WebClient.builder().clientConnector(new JdkClientHttpConnector(http)));
    }

    static Subject onNetty(String baseUrl) {
        reactor.netty.http.client.HttpClient http =
                reactor.netty.http.client.HttpClient.create(ConnectionProvider.create("benchmark", CONNECTIONS));
        return new SpringAiSubject(
                baseUrl,
                RestClient.builder().requestFactory(new ReactorClientHttpRequestFactory(http)),
                WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)));
    }

    @Override
    public Cancel stream(String question, AnswerListener listener) {
        Disposable subscription = model.stream(new Prompt(question))
                .subscribe(response -> piece(response, listener), listener::onError, () -> listener.onEnd(null));
        return () -> {
            subscription.dispose();
            return true;
        };
    }

    private static void piece(ChatResponse response, AnswerListener listener) {
        if (response.getResult() == null) {
            return;
        }
        AssistantMessage message = response.getResult().getOutput();
        if (message instanceof DeepSeekAssistantMessage answer
                && answer.getReasoningContent() != null
                && !answer.getReasoningContent().isEmpty()) {
            listener.onThought(answer.getReasoningContent());
        }
        String text = message.getText();
        if (text != null && !text.isEmpty()) {
            listener.onText(text);
        }
    }

    @Override
    public String ask(String question) {
        return model.call(question);
    }
}
