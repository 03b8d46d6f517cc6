package io.github.deepthink4j.benchmarks.subject;

/** What every subject says to the server. */
final class Credentials {

    static final String KEY = "sk-benchmark";
    static final String MODEL = "deepseek-v4-flash";

    private Credentials() {}
}
