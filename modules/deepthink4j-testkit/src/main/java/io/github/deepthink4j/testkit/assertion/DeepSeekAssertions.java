package io.github.deepthink4j.testkit.assertion;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.List;

/**
 * The entry to the assertions about requests. It can be imported beside AssertJ's own {@code assertThat}:
 *
 * <pre>{@code
 * assertThat(deepSeek.requests()).last().hasNoReasoning().hasTools("getWeather").sentTokensBelow(500);
 * }</pre>
 */
public final class DeepSeekAssertions {

    private DeepSeekAssertions() {}

    /** About {@link DeepSeekSimulator#requests()}. */
    public static RequestsAssert assertThat(List<SimulatedRequest> requests) {
        return new RequestsAssert(requests);
    }

    /** About one request. */
    public static RequestAssert assertThat(SimulatedRequest request) {
        return new RequestAssert(request);
    }
}
