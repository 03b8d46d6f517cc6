package io.github.deepthink4j.testkit.assertion;

import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.assertj.core.api.AbstractListAssert;

/** Assertions about requests, in the order in which they have come. */
public final class RequestsAssert
        extends AbstractListAssert<RequestsAssert, List<SimulatedRequest>, SimulatedRequest, RequestAssert> {

    RequestsAssert(List<SimulatedRequest> requests) {
        super(requests, RequestsAssert.class);
    }

    /** None was refused. */
    public RequestsAssert areAllAccepted() {
        isNotNull();
        String refused = actual.stream()
                .filter(request -> request.status() >= 400)
                .map(SimulatedRequest::summary)
                .collect(Collectors.joining("\n"));
        if (!refused.isEmpty()) {
            failWithMessage("expected all requests to be accepted, but these were refused:%n%s", refused);
        }
        return this;
    }

    /** DeepSeek would have ignored no part of any. */
    public RequestsAssert haveNoWarnings() {
        isNotNull();
        actual.forEach(request -> new RequestAssert(request).hasNoWarnings());
        return this;
    }

    @Override
    protected RequestAssert toAssert(SimulatedRequest value, String description) {
        return new RequestAssert(value).as(description);
    }

    @Override
    protected RequestsAssert newAbstractIterableAssert(Iterable<? extends SimulatedRequest> iterable) {
        List<SimulatedRequest> requests = new ArrayList<>();
        StreamSupport.stream(iterable.spliterator(), false).forEach(requests::add);
        return new RequestsAssert(requests);
    }
}
