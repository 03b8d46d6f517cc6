package io.github.deepthink4j.reactor;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Beside Reactor's own threads, which BlockHound knows, those that events are delivered on must not be blocked by an
 * operator either. {@link ShortLocks} lets them wait for work; what they do for the JDK's HTTP client is its own matter.
 */
public final class NonBlockingThreads implements BlockHoundIntegration {

    static final String DELIVERY = "deepthink4j-delivery-";

    private static final String TRANSPORT = "io.github.deepthink4j.internal.http.";
    private static final String KIT = "org.reactivestreams.tck.TestEnvironment";

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.nonBlockingThreadPredicate(
                        before -> before.or(thread -> thread.getName().startsWith(DELIVERY)))
                .allowBlockingCallsInside(TRANSPORT + "DeliveryThreads$DeliveryThread", "runNext")
                .disallowBlockingCallsInside(TRANSPORT + "Delivery", "tell")
                .disallowBlockingCallsInside(TRANSPORT + "Delivery", "end")
                // LangChain4j waits there for tools that run concurrently, and runs the others.
                .allowBlockingCallsInside(
                        "dev.langchain4j.service.AiServiceStreamingResponseHandler", "onCompleteResponse")
                // The kit's subscriber puts signals into a queue whose lock the waiting test may hold for an instant:
                // forbidden
                // to wait there, a delivery left that lock behind unusable, and the kit heard nothing any more.
                .allowBlockingCallsInside(KIT + "$Receptacle", "add")
                .allowBlockingCallsInside(KIT + "$Receptacle", "complete");
    }
}
