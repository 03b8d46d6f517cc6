package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;
import static org.springframework.web.reactive.function.server.RouterFunctions.toHttpHandler;

import io.github.deepthink4j.testkit.script.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A WebFlux server between a browser and the model: when the browser goes, the connection to the model does too. */
class DroppedClientTest extends Simulated {

    private DisposableServer serve() {
        ReactiveDeepSeekChatModel model = model();
        Flux<ServerSentEvent<String>> events = model.stream(HI)
                .map(SseEvent::of)
                .map(event -> ServerSentEvent.builder(event.data())
                        .event(event.event())
                        .build());
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(toHttpHandler(route(
                        GET("/chat"),
                        request -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_EVENT_STREAM)
                                .body(BodyInserters.fromServerSentEvents(events))))))
                .bindNow();
    }

    private static Socket get(DisposableServer server) throws IOException {
        Socket browser = new Socket("127.0.0.1", server.port());
        browser.getOutputStream()
                .write("GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return browser;
    }

    @Test
    void should_close_the_connection_to_the_model() throws IOException {
        deepSeek.respond(
                Answer.thinking("a".repeat(10_000)).thenText("never").pieces(1).pause(Duration.ofMillis(50)));
        DisposableServer server = serve();
        try (Socket browser = get(server)) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (!line.equals("event:thinking")) {
                line = lines.readLine();
            }
            assertThat(lines.readLine()).isEqualTo("data:{\"text\":\"a\"}");
        }

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        assertThat(deepSeek.lastRequest().cancelled()).isTrue();
        server.disposeNow();
    }

    @Test
    void should_send_the_whole_answer_to_who_stays() throws IOException {
        respond(Answer.thinking("so").thenText("done").pieces(10));
        DisposableServer server = serve();
        try (Socket browser = get(server)) {
            String all = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all)
                    .containsSubsequence(
                            "event:thinking\ndata:{\"text\":\"so\"}\n\n",
                            "event:answer\ndata:{\"text\":\"done\"}\n\n",
                            "event:completed\ndata:{",
                            "\"text\":\"done\"");
        }
        server.disposeNow();
    }
}
