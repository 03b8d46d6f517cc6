package io.github.deepthink4j.settings;

/**
 * How much of an answer is read before it is taken for an attack or a fault, so that no server can exhaust memory.
 *
 * @param maxEventBytes  of one server-sent event
 * @param maxAnswerBytes of all events of an answer, or of a body that is not a stream; keep-alives do not count
 */
public record DecoderLimits(int maxEventBytes, long maxAnswerBytes) {

    /** 16 MiB and 256 MiB: more than the largest output of any model takes on the wire. */
    public static final DecoderLimits DEFAULT = new DecoderLimits(16 << 20, 256L << 20);

    /**
     * @throws IllegalArgumentException if one is not positive
     */
    public DecoderLimits {
        if (maxEventBytes <= 0 || maxAnswerBytes <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
