package io.github.deepthink4j.benchmarks.scenario;

/** The names of the figures, as in the report and the goals. */
public final class Figure {

    public static final String CPU_PER_CHUNK = "CPU per chunk, us";
    public static final String GARBAGE_PER_CHUNK = "garbage per chunk, B";
    public static final String CHUNKS_PER_SECOND = "chunks per second";
    public static final String DELAY_P50 = "delay p50, ms";
    public static final String DELAY_P99 = "delay p99, ms";
    public static final String DELAY_MAX = "delay max, ms";
    public static final String DELIVERED = "delivered, share";
    public static final String THREADS = "threads at most";
    public static final String SERVER_LAG = "server late at most, ms";
    public static final String ERRORS = "errors";
    public static final String FIRST_PIECE_P50 = "first piece p50, us";
    public static final String FIRST_PIECE_P99 = "first piece p99, us";
    public static final String FIRST_ANSWER = "first answer, ms";
    public static final String CLASSES = "classes loaded";
    public static final String CLOSED_MEDIAN = "closed, median, ms";
    public static final String CLOSED_MAX = "closed, max, ms";
    public static final String NOT_CLOSED = "not closed";
    public static final String KEPT = "kept, KB";
    public static final String TIME_PER_BODY = "time per body, us";
    public static final String GARBAGE_PER_BODY = "garbage per body, KB";
    public static final String OTHERS = "others, cores";

    private Figure() {}
}
