package example;

import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Asks the AI service of docs/spring-boot.md over HTTP, and one that streams. */
@RestController
class Page {

    interface Streaming {
        TokenStream stream(@MemoryId String user, @UserMessage String question);
    }

    private final Application.Assistant assistant;
    private final Streaming streaming;

    Page(Application.Assistant assistant, StreamingChatModel model, ChatMemoryProvider memories) {
        this.assistant = assistant;
        this.streaming = AiServices.builder(Streaming.class)
                .streamingChatModel(model)
                .chatMemoryProvider(memories)
                .tools(new Application.Orders())
                .build();
    }

    @GetMapping("/chat/{user}")
    String chat(@PathVariable("user") String user, @RequestParam("question") String question) {
        return assistant.chat(user, question);
    }

    @GetMapping("/stream/{user}")
    SseEmitter stream(@PathVariable("user") String user, @RequestParam("question") String question) {
        SseEmitter events = new SseEmitter();
        streaming
                .stream(user, question)
                .onPartialThinking(thought -> send(events, "thinking", thought.text()))
                .onPartialResponse(text -> send(events, "answer", text))
                .onCompleteResponse(response -> events.complete())
                .onError(events::completeWithError)
                .start();
        return events;
    }

    private static void send(SseEmitter events, String name, String text) {
        try {
            events.send(SseEmitter.event().name(name).data(text));
        } catch (IOException e) {
            throw new IllegalStateException("the reader is gone", e);
        }
    }
}
