package io.github.deepthink4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.internal.script.Service;
import io.github.deepthink4j.testkit.internal.script.Setup;
import io.github.deepthink4j.testkit.internal.server.LoopbackServer;
import io.github.deepthink4j.testkit.internal.server.SimulatedApi;
import io.github.deepthink4j.testkit.recording.Equivalence;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.recording.RecordingFiles;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.Script;
import io.github.deepthink4j.testkit.script.ServiceScript;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A local DeepSeek. It speaks the protocol of a generation and enforces it: what that generation refuses, it refuses, in
 * the same words. It listens on the loopback address only, on a port of its own, and starts in milliseconds.
 *
 * <pre>{@code
 * try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
 *     deepSeek.onMessage(containing("capital")).think("Capital of Germany...").answer("Berlin");
 *     // build a model with .baseUrl(deepSeek.baseUrl()).apiKey("any")
 * }
 * }</pre>
 *
 * <p>In tests with JUnit Jupiter use {@link DeepSeekExtension}, or {@link DeepSeekTest} for a parameter: the simulator then
 * starts and stops with the tests, is reset between them, and fails a test that has sent a request which nothing was set up to
 * answer.
 *
 * <p>A request is answered by the first of these that has an answer: {@link #respond}, the scripts (the latest first),
 * {@link #replay}, {@link #brain}. Where none of them was set up, a built-in brain that compares decimals, counts letters and
 * does sums answers. Where one was and has no answer, the request is refused with a 400 that names the nearest script, and
 * {@link #verify()} throws.
 */
public class DeepSeekSimulator implements AutoCloseable {

    private final int port;
    private final Setup setup;
    private final SimulatedApi api;
    private @Nullable LoopbackServer server;

    DeepSeekSimulator(Builder builder) {
        this.port = builder.port;
        this.setup = new Setup(builder.brain);
        this.setup.strict(builder.strict);
        this.api = new SimulatedApi(builder.generation, setup, builder.pace);
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

    /** A script for requests whose last user message is like this. */
    public Script onMessage(TextMatch text) {
        return setup.onMessage(requireNonNull(text, "text"));
    }

    /** A script for all requests that no other script answers; set it up before the others. */
    public Script onAnyMessage() {
        return onMessage(TextMatch.anything());
    }

    /** A script for requests that bring the result of a tool that is like this. */
    public Script onToolResult(TextMatch text) {
        return setup.onToolResult(requireNonNull(text, "text"));
    }

    /** A script for requests that this is true of. */
    public Script onRequest(Predicate<SimulatedRequest> predicate) {
        return setup.onRequest(requireNonNull(predicate, "predicate"));
    }

    /** A script for web searches whose query is like this. */
    public ServiceScript onSearch(TextMatch query) {
        return setup.services().add(Service.SEARCH, requireNonNull(query, "query"));
    }

    /** A script for pages whose url is like this. */
    public ServiceScript onFetch(TextMatch url) {
        return setup.services().add(Service.FETCH, requireNonNull(url, "url"));
    }

    /** A script for uploads of files whose name is like this; the file is kept all the same, unless the upload is refused by a rule. */
    public ServiceScript onUpload(TextMatch fileName) {
        return setup.services().add(Service.UPLOAD, requireNonNull(fileName, "fileName"));
    }

    /** A script for the recognition of files whose name is like this. Without one the text of a text file is a page of it. */
    public ServiceScript onOcr(TextMatch fileName) {
        return setup.services().add(Service.OCR, requireNonNull(fileName, "fileName"));
    }

    /** The ids of the files that were uploaded and are there still, in their order. */
    public List<String> files() {
        return api.files().ids();
    }

    /** Has room for so many files and bytes, until {@link #reset()}; 10,000 and 25 GiB by default, as one key of DeepSeek's. */
    public DeepSeekSimulator fileQuota(int files, long bytes) {
        api.files().quota(files, bytes);
        return this;
    }

    /** The next requests get these answers, in this order, if they are within the rules. */
    public DeepSeekSimulator respond(Answer... answers) {
        setup.queue(List.of(answers));
        return this;
    }

    /** Answers with the recordings in a folder, to requests of the same conversation. */
    public DeepSeekSimulator replay(Path folder) {
        return replay(new RecordingFiles(folder).read(), Equivalence.sameConversation());
    }

    /** Answers with recordings; of several that match, in their order. */
    public DeepSeekSimulator replay(List<RecordedExchange> exchanges, Equivalence equivalence) {
        setup.replay(exchanges, equivalence);
        return this;
    }

    /** The next request meets this fault, with whatever it would have been answered. */
    public DeepSeekSimulator fault(Fault fault) {
        setup.fault(fault);
        return this;
    }

    /** Who answers when nothing else does. */
    public DeepSeekSimulator brain(Brain brain) {
        setup.brain(requireNonNull(brain, "brain"));
        return this;
    }

    /** Which rules are enforced; all but {@link Rule#REASONING_NOT_EMPTY} by default. */
    public DeepSeekSimulator rules(Set<Rule> rules) {
        setup.rules(rules);
        return this;
    }

    /** Enforces a rule, or no longer does. */
    public DeepSeekSimulator enforcing(Rule rule, boolean on) {
        setup.enforce(rule, on);
        return this;
    }

    /**
     * Says this of a breach of a rule, with this status, in place of the kit's own words. For those which you have seen
     * yourself: {@link Rule} says of which rules the server's words are not known.
     */
    public DeepSeekSimulator words(Rule rule, int status, String message) {
        setup.words(requireNonNull(rule, "rule"), status, requireNonNull(message, "message"));
        return this;
    }

    /**
     * Refuses prompts that have more tokens than this, {@code max_tokens} included, as {@link SimulatedRequest#promptTokens()}
     * counts them.
     *
     * @param tokens 0 for the generation's own limit, from 65,536 on R1 to 1,048,565 on V4.1
     */
    public DeepSeekSimulator contextLimit(int tokens) {
        setup.contextLimit(tokens);
        return this;
    }

    /**
     * Answers no more chat requests than this at a time, from the whole request's coming to the end of its answer, and refuses what comes
     * beyond with a 429 in DeepSeek's words, without {@code Retry-After}, as DeepSeek does.
     *
     * @param requests 0 for no limit, as by default
     */
    public DeepSeekSimulator concurrencyLimit(int requests) {
        setup.concurrencyLimit(requests);
        return this;
    }

    /** Refuses what DeepSeek would ignore as well, such as a temperature while thinking; {@link #verify()} throws then. */
    public DeepSeekSimulator strict() {
        setup.strict(true);
        return this;
    }

    /** The chat requests so far, the refused ones included. */
    public List<SimulatedRequest> requests() {
        return api.requests().stream()
                .filter(request -> request.path().replaceFirst("\\?.*$", "").endsWith("/chat/completions"))
                .toList();
    }

    /** The requests for a completion in the middle so far, the refused ones included. */
    public List<SimulatedRequest> completions() {
        return api.requests().stream()
                .filter(request -> RequestFacts.isFim(request.path()))
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

    /**
     * Waits until so many chat requests have come, answered or not, and returns the last of them.
     *
     * @throws AssertionError        if they have not come in time
     * @throws IllegalStateException if the thread is interrupted
     */
    public SimulatedRequest awaitRequests(int count, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (requests().size() < count) {
                if (!api.awaitArrival(deadline - System.nanoTime())) {
                    throw new AssertionError("waited " + atMost + " for " + count + " chat requests, but only "
                            + requests().size() + " have come");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for requests", e);
        }
        return requests().get(count - 1);
    }

    /** Connections that are open, whether in use or kept alive. */
    public synchronized int openConnections() {
        return server == null ? 0 : server.openConnections();
    }

    /** Answers that are being sent. */
    public int runningAnswers() {
        return api.runningAnswers();
    }

    /**
     * Passes if each request so far could be answered, and if nothing of them was ignored under {@link #strict()}. The JUnit
     * extension calls it after each test.
     *
     * @throws AssertionError if not; it shows the requests, and the script that came nearest
     */
    public void verify() {
        List<String> problems = api.problems();
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n\n", problems));
        }
    }

    /** Forgets requests, answers that were set up, scripts, recordings, faults and the cache; rules, words, limits and brain stay. */
    public void reset() {
        setup.clear();
        api.forget();
    }

    Setup setup() {
        return setup;
    }

    /** Forgets the requests. */
    void forget() {
        api.forget();
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
        private @Nullable Brain brain;
        private boolean strict;
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

        /** Who answers when nothing else does. */
        public Builder brain(Brain brain) {
            this.brain = requireNonNull(brain, "brain");
            return this;
        }

        /** Whether to refuse what DeepSeek would ignore; not by default. */
        public Builder strict(boolean strict) {
            this.strict = strict;
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
