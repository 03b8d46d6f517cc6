package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.reactor.SseEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

@RestController
class SseEmitterController {

    private final ReactiveDeepSeekChatModel model;

    SseEmitterController(ReactiveDeepSeekChatModel model) {
        this.model = model;
    }

    @GetMapping("/chat")
    SseEmitter chat(@RequestParam String question) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from(question)).build();
        SseEmitter emitter = new SseEmitter(0L); // the model's own timeouts hold
        Disposable stream = model.stream(request)
                .map(SseEvent::of)
                .onErrorResume(error -> Mono.just(SseEvent.failed(error)))
                .subscribe(event -> send(emitter, event), emitter::completeWithError, emitter::complete);
        emitter.onError(error -> stream.dispose());
        emitter.onCompletion(stream::dispose);
        return emitter;
    }

    /** What it throws when the browser has gone ends the stream, and with it the call. */
    private static void send(SseEmitter emitter, SseEvent event) {
        try {
            emitter.send(SseEmitter.event().name(event.event()).data(event.data()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
