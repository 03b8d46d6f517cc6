package io.github.deepthink4j.reactor;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Beside Reactor's own threads, which BlockHound knows, those that events are delivered on must not be blocked by an
 * operator either. {@link ShortLocks} lets them wait for work.
 */
public final class NonBlockingThreads implements BlockHoundIntegration {

    static final String DELIVERY = "deepthink4j-delivery-";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(
                        before -> before.or(thread -> thread.getName().startsWith(DELIVERY)))
                // LangChain4j waits there for tools that run concurrently, and runs the others.
                .allowBlockingCallsInside(
                        "dev.langchain4j.service.AiServiceStreamingResponseHandler", "onCompleteResponse");
    }
}
