package io.github.deepthink4j.internal.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a gate hears of an attempt that has failed.
 *
 * @param hadPieces    whether some of the answer has come, so that there will be no further attempt
 * @param usageIsWhole whether the usage that the error tells, if it tells one, is that of all that was generated: some hosts say with
 *                     each chunk what there is by then, and of an answer that broke off more may be billed
 * @param retryAfter   what the server has asked for
 */
public record FailedAttempt(
        RuntimeException error,
        boolean hadPieces,
        boolean usageIsWhole,
        @Nullable Duration retryAfter) {}
