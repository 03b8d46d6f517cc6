package io.github.deepthink4j.benchmarks.server;

/** Where a {@link LoadServer} is reached, as a client's process is told on its command line. */
public record ServerAddress(int plainPort, int securePort, int controlPort, long pid) {

    public String url(Script script) {
        return "http://127.0.0.1:" + plainPort + "/" + script.path();
    }

    public String secureUrl(Script script) {
        return "https://127.0.0.1:" + securePort + "/" + script.path();
    }

    /** As {@link #of} reads it. */
    public String argument() {
        return plainPort + "," + securePort + "," + controlPort + "," + pid;
    }

    public static ServerAddress of(String argument) {
        String[] parts = argument.split(",");
        return new ServerAddress(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]));
    }
}
