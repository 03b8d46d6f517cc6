package io.github.deepthink4j.cost;

import io.github.deepthink4j.price.BilledCall;
import java.time.Instant;

/**
 * Which moment of a call its price goes by. DeepSeek does not say so of the peak hours that it has had since August 2026. It has said it
 * once, of the discount at night in 2025: "the completion timestamp of each request determines its pricing tier".
 */
public enum BillingMoment {
    /** When the request was sent. */
    SENT {
        @Override
        Instant of(BilledCall call) {
            return call.sent();
        }
    },
    /** When the first piece of the answer came, so that the work on it had begun. */
    BEGUN {
        @Override
        Instant of(BilledCall call) {
            return call.begun();
        }
    },
    /** When the answer was over: the default. */
    FINISHED {
        @Override
        Instant of(BilledCall call) {
            return call.finished();
        }
    };

    abstract Instant of(BilledCall call);
}
