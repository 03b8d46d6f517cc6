package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.internal.script.Setup;
import io.github.deepthink4j.testkit.internal.shape.RequestBody;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** DeepSeek's endpoints, by the rules of a generation. */
public final class SimulatedApi implements LoopbackServer.Handler {

    /** The one key that is refused, so that a wrong key can be tried out. */
    static final String WRONG_KEY = "wrong-key";

    private static final String CHAT = "/chat/completions";
    private static final String FIM = "/completions";
    private static final String JSON_TYPE = "application/json";

    private final Generation generation;
    private final Setup setup;
    private final Duration pace;
    private final CatalogEndpoints catalog;
    private final ServiceEndpoints services;
    private final List<SimulatedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final StoredFiles files = new StoredFiles();
    private final ContextCache cache = new ContextCache();
    private final SentFields sentFields = new SentFields();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger chats = new AtomicInteger();
    private final Semaphore arrivals = new Semaphore(0);

    public SimulatedApi(Generation generation, Setup setup, Duration pace) {
        this.generation = generation;
        this.setup = setup;
        this.pace = pace;
        this.catalog = new CatalogEndpoints(generation);
        this.services = new ServiceEndpoints(setup, problems, files);
    }

    /** Forgets what has come. */
    public void forget() {
        requests.clear();
        problems.clear();
        arrivals.drainPermits();
        cache.clear();
        sentFields.clear();
        files.clear();
    }

    public List<SimulatedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Waits for one request more than were waited for before. */
    public boolean awaitArrival(long nanos) throws InterruptedException {
        return arrivals.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    /** Why a test that has sent these requests must fail. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What was uploaded and is there still. */
    public StoredFiles files() {
        return files;
    }

    public int runningAnswers() {
        return running.get();
    }

    @Override
    public void handle(LoopbackExchange exchange) throws IOException {
        running.incrementAndGet();
        RequestBody body = RequestBody.read(exchange.body());
        RequestFacts facts = setup.within(RequestFacts.of(generation, body, exchange.path(), sentFields::isPart));
        ArrivedRequest request = request(exchange, facts);
        requests.add(request);
        arrivals.release();
        try {
            route(exchange, request, body, facts);
        } finally {
            running.decrementAndGet();
            request.ended();
        }
    }

    private static ArrivedRequest request(LoopbackExchange exchange, RequestFacts facts) {
        Map<String, String> shown = new LinkedHashMap<>(exchange.headers());
        shown.computeIfPresent("authorization", (name, value) -> "Bearer ***");
        return new ArrivedRequest(
                exchange.method(), exchange.path(), shown, exchange.body(), facts.body(), facts.thinking());
    }

    private void route(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, RequestFacts facts)
            throws IOException {
        String path = exchange.path().replaceFirst("\\?.*$", "");
        String endpoint = path.replaceFirst("^/(beta|v1)(?=/)", "");
        boolean asks = endpoint.equals(CHAT) || endpoint.equals(FIM);
        String methods = asks ? "POST" : catalog.has(endpoint) ? "GET, HEAD" : services.methods(path);
        if (exchange.method().equals("OPTIONS") && !methods.isEmpty()) {
            // A browser asks this before it sends the key.
            respond(exchange, request, 204, Map.of("Allow", methods + ", OPTIONS"), "");
            return;
        }
        Refusal unauthorized = authorization(exchange.headers().get("authorization"));
        if (unauthorized != null) {
            refuse(exchange, request, unauthorized);
        } else if (asks && exchange.method().equals("POST")) {
            limited(exchange, request, body, facts);
        } else {
            side(exchange, request, body, methods);
        }
    }

    private void side(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, String methods)
            throws IOException {
        String path = exchange.path().replaceFirst("\\?.*$", "");
        RecordedExchange recorded = setup.recorded(request);
        if (recorded != null) {
            new RecordingPlayer(exchange, request, recorded.response(), pace).play();
        } else if (methods.isEmpty()) {
            refuse(exchange, request, Refusal.of(404, "Not found"));
        } else if (!List.of(methods.split(", ")).contains(exchange.method())) {
            refuse(exchange, request, Refusal.of(405, "Method Not Allowed"), Map.of("Allow", methods));
        } else if (!services.methods(path).isEmpty()) {
            services.serve(exchange, request, body, path);
        } else {
            JsonNode found = catalog.get(path.replaceFirst("^/(beta|v1)(?=/)", ""));
            if (found == null) {
                refuse(exchange, request, Refusal.of(404, "Model Not Exist"));
            } else {
                respond(exchange, request, 200, Map.of("Content-Type", JSON_TYPE), found.toString());
            }
        }
    }

    private void limited(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, RequestFacts facts)
            throws IOException {
        int limit = setup.concurrencyLimit();
        int now = chats.incrementAndGet();
        AtomicBoolean counts = new AtomicBoolean(true);
        Runnable ending = () -> {
            if (counts.compareAndSet(true, false)) {
                chats.decrementAndGet();
            }
        };
        exchange.onEnding(ending);
        try {
            if (limit > 0 && now > limit) {
                // docs/protocol.md, section 3: as it was seen, the account's balance included.
                refuse(
                        exchange,
                        request,
                        Refusal.of(
                                429,
                                "Your current concurrency is " + now + ", which exceeds your concurrency limit of "
                                        + limit
                                        + " based on your remaining balance. Please top up your balance to restore your"
                                        + " concurrency."));
            } else {
                chat(exchange, request, body, facts);
            }
        } finally {
            ending.run();
        }
    }

    private void chat(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, RequestFacts facts)
            throws IOException {
        Refusal unreadable = unreadable(exchange, body);
        if (unreadable != null) {
            refuse(exchange, request, unreadable);
            return;
        }
        Refusal breach = breach(request, facts);
        if (breach != null) {
            refuse(exchange, request, breach);
            return;
        }
        Setup.Source source;
        Answer answer;
        try {
            source = setup.next(request);
            answer = source.brain() == null ? null : source.brain().answer(request);
        } catch (RuntimeException | AssertionError e) {
            problems.add("What was set up to answer this request has thrown " + e + ":\n" + request.summary());
            refuse(exchange, request, Refusal.invalid("the test's own code has thrown " + e));
            return;
        }
        RecordedExchange recorded = source.recorded();
        if (recorded != null && source.fault() != null) {
            answer = RecordedAnswer.of(recorded.response());
        }
        if (answer != null) {
            answer(exchange, request, facts, source.fault() == null ? answer : answer.fault(source.fault()));
        } else if (recorded != null) {
            new RecordingPlayer(exchange, request, recorded.response(), pace).play();
        } else {
            refuse(exchange, request, unscripted(request));
        }
    }

    static @Nullable Refusal unreadable(LoopbackExchange exchange, RequestBody body) {
        String type = exchange.headers().getOrDefault("content-type", JSON_TYPE);
        if (!type.toLowerCase(Locale.ROOT).contains("json")) {
            // By the words of its errors the server is one that says this; it was not seen to.
            return Refusal.of(415, "Expected request with `Content-Type: application/json`");
        }
        String syntaxError = body.syntaxError();
        return syntaxError == null ? null : Refusal.unreadable(syntaxError);
    }

    private @Nullable Refusal breach(ArrivedRequest request, RequestFacts facts) {
        List<Refusal> errors = setup.refusals(facts, Rule.Severity.ERROR);
        List<Refusal> warnings = setup.refusals(facts, Rule.Severity.WARNING);
        request.warned(warnings.stream().map(Refusal::message).toList());
        if (!errors.isEmpty()) {
            return errors.get(0);
        }
        Refusal lost = sentFields.breach(facts);
        if (lost == null) {
            lost = files.breach(facts.messages());
        }
        if (lost != null) {
            return lost;
        }
        if (warnings.isEmpty() || !setup.isStrict()) {
            return null;
        }
        problems.add("DeepSeek would ignore a part of this request:\n" + request.summary());
        return Refusal.invalid("strict: " + String.join("; ", request.warnings()));
    }

    private Refusal unscripted(ArrivedRequest request) {
        String problem =
                "Nothing was set up to answer this request:\n" + request.summary() + "\n" + setup.nearest(request);
        problems.add(problem);
        return Refusal.invalid(problem);
    }

    private void answer(LoopbackExchange exchange, ArrivedRequest request, RequestFacts facts, Answer given)
            throws IOException {
        if (given.status() != 200) {
            exchange.pause(given.delay());
            Refusal refusal = Refusal.of(given.status(), given.text() == null ? "" : given.text());
            refuse(exchange, request, refusal, given.headers());
            return;
        }
        Answer answer = given.pause().isZero() ? given.pause(pace) : given;
        ContextCache.PromptTokens prompt = cache.read(RequestJson.prompt(facts.body()));
        PlannedAnswer plan = PlannedAnswer.of(answer, facts, prompt.all(), prompt.cached());
        AnswerJson json = AnswerJson.answering(facts.servedAs(), facts);
        sentFields.add(plan, json);
        new AnswerPlayer(exchange, request, answer, json, plan).play();
    }

    private static @Nullable Refusal authorization(@Nullable String header) {
        if (header == null) {
            return Refusal.of(401, "Authentication Fails (auth header format should be Bearer sk-...)");
        }
        if (!header.startsWith("Bearer ") || header.substring(7).isBlank()) {
            return Refusal.of(401, "Authentication Fails (auth header format should be Bearer sk-...)");
        }
        String key = header.substring(7).trim();
        return key.equals(WRONG_KEY)
                ? Refusal.of(
                        401,
                        "Authentication Fails, Your api key: ****" + key.substring(key.length() - 4) + " is invalid")
                : null;
    }

    private static void refuse(LoopbackExchange exchange, ArrivedRequest request, Refusal refusal) throws IOException {
        refuse(exchange, request, refusal, Map.of());
    }

    private static void refuse(
            LoopbackExchange exchange, ArrivedRequest request, Refusal refusal, Map<String, String> more)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", refusal.contentType());
        headers.putAll(more);
        respond(exchange, request, refusal.status(), headers, refusal.json().toString());
    }

    private static void respond(
            LoopbackExchange exchange, ArrivedRequest request, int status, Map<String, String> headers, String body)
            throws IOException {
        request.answered(status);
        exchange.respond(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
