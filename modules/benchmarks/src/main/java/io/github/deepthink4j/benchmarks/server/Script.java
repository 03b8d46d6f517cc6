package io.github.deepthink4j.benchmarks.server;

/**
 * What the server does with a request, told by the first folder of its path, so that every library can say it with its
 * base URL.
 *
 * @param chunks how many, half of them thought
 * @param perSecond of each stream; 0 for as fast as they can be taken
 * @param chinese whether the words are Chinese
 * @param bytes of a body that is not streamed; 0 for a stream
 * @param hold where the answer stops until the client goes away, or null
 */
public record Script(int chunks, int perSecond, boolean chinese, int bytes, Hold hold) {

    /** How far an answer goes that is never brought to its end. */
    public enum Hold {
        BEFORE_HEAD,
        AFTER_HEAD,
        IN_THOUGHT,
        IN_TEXT,
        AT_END
    }

    public static Script atOnce(int chunks, boolean chinese) {
        return new Script(chunks, 0, chinese, 0, null);
    }

    /** Each chunk's text holds the time at which it was sent: see {@link Stamp}. */
    public static Script paced(int chunks, int perSecond) {
        return new Script(chunks, perSecond, false, 0, null);
    }

    public static Script body(int bytes) {
        return new Script(0, 0, false, bytes, null);
    }

    public static Script held(Hold hold) {
        return new Script(0, 0, false, 0, hold);
    }

    /** The folder. */
    public String path() {
        return chunks + "-" + perSecond + "-" + chinese + "-" + bytes + "-" + (hold == null ? "NONE" : hold);
    }

    static Script ofUri(String uri) {
        String[] parts = uri.substring(1, uri.indexOf('/', 1)).split("-");
        return new Script(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Boolean.parseBoolean(parts[2]),
                Integer.parseInt(parts[3]),
                parts[4].equals("NONE") ? null : Hold.valueOf(parts[4]));
    }
}
