package io.github.deepthink4j.benchmarks.server;

/**
 * What the server has seen so far.
 *
 * @param requests heard
 * @param held answers that have come as far as they will
 * @param closes connections that the client has ended within an answer
 * @param lastClose when it last saw that, in nanoseconds of the machine's monotonic clock
 * @param worstLag by how much a paced chunk was late in being sent, at worst, in nanoseconds
 */
public record Counts(long requests, long held, long closes, long lastClose, long worstLag) {

    String line() {
        return requests + " " + held + " " + closes + " " + lastClose + " " + worstLag;
    }

    static Counts of(String line) {
        String[] parts = line.split(" ");
        return new Counts(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
