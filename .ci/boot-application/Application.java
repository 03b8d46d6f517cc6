package example;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.reactor.ReasoningEvent;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** A Spring Boot application with the recipe of docs/recipes.md, that starts and asks itself. */
@SpringBootApplication
public class Application {

    @Bean
    ReactiveDeepSeekChatModel model() {
        return ReactiveDeepSeekChatModel.from(DeepSeekStreamingChatModel.builder()
                .baseUrl(System.getProperty("deepseek"))
                .apiKey("test")
                .modelName("deepseek-flash")
                .build());
    }

    @RestController
    static class Chat {

        private final ReactiveDeepSeekChatModel model;

        Chat(ReactiveDeepSeekChatModel model) {
            this.model = model;
        }

        @GetMapping(path = "/produces", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ReasoningEvent> produces(@RequestParam("question") String question) {
            return model.stream(
                    ChatRequest.builder().messages(UserMessage.from(question)).build());
        }

        @GetMapping("/plain")
        Flux<ReasoningEvent> plain(@RequestParam("question") String question) {
            return produces(question);
        }
    }

    public static void main(String[] args) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            System.setProperty("deepseek", deepSeek.baseUrl());
            try (ConfigurableApplicationContext context = SpringApplication.run(
                    Application.class, "--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=WARN")) {
                String port = context.getEnvironment().getProperty("local.server.port");
                for (String path : new String[] {"produces", "plain"}) {
                    for (String other : new String[] {"application/json", "application/x-ndjson"}) {
                        expectRefusal(other, get("http://localhost:" + port + "/" + path + "?question=Hi", other));
                    }
                    deepSeek.respond(Answer.thinking("So").thenText("Fine"));
                    expectEvents(get("http://localhost:" + port + "/" + path + "?question=Hi"));
                    // A stream that fails: its headers are out, so the last event tells it.
                    deepSeek.respond(Answer.error(401, "no such key"));
                    expectFailure(get("http://localhost:" + port + "/" + path + "?question=Hi"));
                }
            }
        }
        System.exit(0);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return get(url, "*/*");
    }

    private static HttpResponse<String> get(String url, String accept) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void expectRefusal(String accept, HttpResponse<String> response) {
        if (response.statusCode() != 406) {
            throw new IllegalStateException(accept + ": " + response.statusCode() + ": " + response.body());
        }
    }

    private static void expectEvents(HttpResponse<String> response) {
        for (String part : new String[] {"event:thinking", "{\"text\":\"So\"}", "event:answer", "event:completed"}) {
            if (response.statusCode() != 200 || !response.body().contains(part)) {
                throw new IllegalStateException(response.statusCode() + ", without " + part + ": " + response.body());
            }
        }
    }

    private static void expectFailure(HttpResponse<String> response) {
        if (response.statusCode() != 200 || !response.body().contains("event:failed")) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
    }
}
