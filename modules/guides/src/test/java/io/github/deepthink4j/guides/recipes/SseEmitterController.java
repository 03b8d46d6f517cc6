package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.reactor.SseEvent;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

@RestController
class SseEmitterController {

    private static final Logger LOG = LoggerFactory.getLogger(SseEmitterController.class);

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
                .takeWhile(event -> sent(emitter, event))
                .subscribe(event -> {}, emitter::completeWithError, emitter::complete);
        emitter.onError(error -> stream.dispose());
        emitter.onCompletion(stream::dispose);
        return emitter;
    }

    /** When the browser has gone, or the emitter is over, the stream ends, and with it the call. */
    private static boolean sent(SseEmitter emitter, SseEvent event) {
        try {
            emitter.send(SseEmitter.event().name(event.event()).data(event.data()));
            return true;
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The browser has gone: {}", e.toString());
            return false;
        }
    }
}
