package io.github.deepthink4j.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;

/**
 * What web frameworks take for the browser having gone, so that they answer nothing and log nothing: types and words as in Spring's
 * {@code DisconnectedClientHelper} of 6.2 and 7.0, and as in Micronaut's {@code RouteExecutor}.
 */
final class GoneClients {

    private GoneClients() {}

    static void assertNotTakenForOne(Throwable error) {
        assertThat(error.getCause() instanceof ClosedChannelException).isFalse();
        for (Throwable each = error; each != null; each = each.getCause()) {
            for (Class<?> type = each.getClass(); type != null; type = type.getSuperclass()) {
                assertThat(type.getSimpleName())
                        .isNotIn(
                                "AbortedException",
                                "ClientAbortException",
                                "EOFException",
                                "EofException",
                                "AsyncRequestNotUsableException");
            }
            assertThat(String.valueOf(each.getMessage())).doesNotContainIgnoringCase("broken pipe");
            assertThat(String.valueOf(each.getMessage())).doesNotContainIgnoringCase("connection reset by peer");
        }
    }
}
