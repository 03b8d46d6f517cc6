package io.github.deepthink4j.guides.recipes;

import io.github.deepthink4j.reactor.ReasoningEvent;
import io.github.deepthink4j.reactor.SseEvent;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.ServerSentEventHttpMessageWriter;
import org.springframework.web.server.NotAcceptableStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes a {@code Flux<ReasoningEvent>} as server-sent events, with whichever version of Jackson, or none. */
class ReasoningEventWriter implements HttpMessageWriter<ReasoningEvent> {

    private static final ResolvableType EVENT =
            ResolvableType.forClassWithGenerics(ServerSentEvent.class, String.class);

    private final ServerSentEventHttpMessageWriter events = new ServerSentEventHttpMessageWriter();

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return List.of(MediaType.TEXT_EVENT_STREAM);
    }

    @Override
    public boolean canWrite(ResolvableType type, MediaType mediaType) {
        // Whatever the media type: otherwise Jackson would write what it can, without the kinds of events.
        return ReasoningEvent.class.isAssignableFrom(type.toClass());
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends ReasoningEvent> stream,
            ResolvableType type,
            MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        if (mediaType != null && !mediaType.isCompatibleWith(MediaType.TEXT_EVENT_STREAM)) {
            return Mono.error(new NotAcceptableStatusException(getWritableMediaTypes()));
        }
        Flux<ServerSentEvent<String>> written = Flux.from(stream)
                .map(SseEvent::of)
                .onErrorResume(error -> Mono.just(SseEvent.failed(error)))
                .map(event -> ServerSentEvent.builder(event.data())
                        .event(event.event())
                        .build());
        return events.write(written, EVENT, MediaType.TEXT_EVENT_STREAM, message, hints);
    }
}
