package io.github.deepthink4j.reactor;

import dev.langchain4j.service.TokenStream;
import dev.langchain4j.spi.services.TokenStreamAdapter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;

/**
 * Lets a method of an AI service return {@code Flux<ReasoningEvent>}; found by LangChain4j through its service file. A
 * {@code Flux<String>} is left to LangChain4j's own module.
 *
 * <p>The Flux begins when it is subscribed to, and only once: LangChain4j has put the user message into the memory when the
 * method was called, and a second run would answer it again. A further subscription is an {@code IllegalStateException};
 * for {@code retry} and the like call the method anew each time: {@code Flux.defer(() -> assistant.chat("..."))}.
 *
 * <p>Cancel stops the answer in progress at once, and between answers the next one; a tool that runs is not interrupted, but
 * no further one is begun. Demand holds up the answer in progress. Both reach the socket where the model is a
 * {@code DeepSeekStreamingChatModel}; for others see {@link Reasoning#flux}.
 */
public final class ReasoningTokenStreamAdapter implements TokenStreamAdapter {

    @Override
    public boolean canAdaptTokenStreamTo(Type type) {
        return type instanceof ParameterizedType parameterized
                && parameterized.getRawType() == Flux.class
                && parameterized.getActualTypeArguments()[0] == ReasoningEvent.class;
    }

    @Override
    public Object adapt(TokenStream tokenStream) {
        AtomicBoolean begun = new AtomicBoolean();
        return EventPipe.flux(pipe -> {
            if (begun.getAndSet(true)) {
                throw new IllegalStateException(
                        "The Flux of an AI service can be subscribed to only once: the user message"
                                + " is in the memory already. Call the method again, as in"
                                + " Flux.defer(() -> assistant.chat(message)).");
            }
            ServiceRounds.start(tokenStream, pipe);
        });
    }
}
