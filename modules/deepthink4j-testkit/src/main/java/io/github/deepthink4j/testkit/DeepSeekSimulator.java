package io.github.deepthink4j.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A local DeepSeek. It speaks the protocol of a generation and enforces it: what that generation refuses, it refuses, in
 * the same words. It listens on the loopback address only, on a port of its own, and starts in milliseconds.
 *
 * <pre>{@code
 * try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
 *     deepSeek.respond(Answer.thinking("Capital of Germany...").thenText("Berlin"));
 *     // build a model with .baseUrl(deepSeek.baseUrl()).apiKey("any")
 * }
 * }</pre>
 */
public final class DeepSeekSimulator implements AutoCloseable {

    private final int port;
    private final SimulatedApi api;
    private @Nullable LoopbackServer server;

    private DeepSeekSimulator(Builder builder) {
        this.port = builder.port;
        this.api = new SimulatedApi(builder.generation, builder.brain, builder.pace);
    }

    /** A simulator of this generation; it starts by itself when its {@link #baseUrl()} is asked for. */
    public static DeepSeekSimulator as(Generation generation) {
        return builder().generation(generation).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts to listen, if it does not yet. */
    public synchronized DeepSeekSimulator start() {
        if (server == null) {
            server = new LoopbackServer(port, api).start();
        }
        return this;
    }

    /** What a model's builder wants, such as {@code http://127.0.0.1:41234}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** The port it listens on. */
    public synchronized int port() {
        start();
        return requireNonNull(server).port();
    }

    /** The next requests get these answers, in this order, if they are within the rules; after them the brain answers. */
    public DeepSeekSimulator respond(Answer... answers) {
        api.script(List.of(answers));
        return this;
    }

    /** The next request meets this fault, with whatever it would have been answered. */
    public DeepSeekSimulator fault(Fault fault) {
        api.fault(fault);
        return this;
    }

    /** Who answers when nothing was set up. */
    public DeepSeekSimulator brain(Brain brain) {
        api.brain(requireNonNull(brain, "brain"));
        return this;
    }

    /** Which rules are enforced; all that are not marked otherwise by default. */
    public DeepSeekSimulator rules(Set<Rule> rules) {
        api.rules(rules);
        return this;
    }

    /** Enforces a rule, or no longer does. */
    public DeepSeekSimulator enforcing(Rule rule, boolean on) {
        api.enforce(rule, on);
        return this;
    }

    /** The chat requests so far, the refused ones included. */
    public List<SimulatedRequest> requests() {
        return api.requests().stream()
                .filter(request -> request.path().endsWith("/chat/completions"))
                .toList();
    }

    /** All requests so far. */
    public List<SimulatedRequest> allRequests() {
        return api.requests();
    }

    /**
     * The last chat request.
     *
     * @throws IllegalStateException if there was none
     */
    public SimulatedRequest lastRequest() {
        List<SimulatedRequest> requests = requests();
        if (requests.isEmpty()) {
            throw new IllegalStateException("no chat request has come yet");
        }
        return requests.get(requests.size() - 1);
    }

    /** Connections that are open, whether in use or kept alive. */
    public synchronized int openConnections() {
        return server == null ? 0 : server.openConnections();
    }

    /** Answers that are being sent. */
    public int runningAnswers() {
        return api.runningAnswers();
    }

    /** Forgets requests, answers that were set up, faults and the cache; rules and brain stay. */
    public void reset() {
        api.reset();
    }

    /** Stops listening and closes all connections. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Builds a simulator. */
    public static final class Builder {

        private Generation generation = Generation.V4_1;
        private int port;
        private Brain brain = new ArithmeticBrain();
        private Duration pace = Duration.ZERO;

        private Builder() {}

        /** {@link Generation#V4_1} by default. */
        public Builder generation(Generation generation) {
            this.generation = requireNonNull(generation, "generation");
            return this;
        }

        /** Any free port by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** By default one that compares decimals, counts letters and does sums. */
        public Builder brain(Brain brain) {
            this.brain = requireNonNull(brain, "brain");
            return this;
        }

        /** The pause between the pieces of answers that have none of their own, so that a person can watch; none by default. */
        public Builder pace(Duration betweenPieces) {
            this.pace = requireNonNull(betweenPieces, "betweenPieces");
            return this;
        }

        public DeepSeekSimulator build() {
            return new DeepSeekSimulator(this);
        }
    }
}
