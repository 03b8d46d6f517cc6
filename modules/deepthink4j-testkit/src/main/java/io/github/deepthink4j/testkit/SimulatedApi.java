package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.RuleCheck.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** DeepSeek's endpoints, by the rules of a generation. */
final class SimulatedApi implements LoopbackServer.Handler {

    /** The one key that is refused, so that a wrong key can be tried out. */
    static final String WRONG_KEY = "wrong-key";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Generation generation;
    private final Duration pace;
    private final List<SimulatedRequest> requests = new CopyOnWriteArrayList<>();
    private final Deque<Answer> script = new ArrayDeque<>();
    private final ContextCache cache = new ContextCache();
    private final AtomicInteger running = new AtomicInteger();
    private final Set<Rule> rules = EnumSet.copyOf(Rule.byDefault());
    private volatile Brain brain;
    private @Nullable Fault nextFault;

    SimulatedApi(Generation generation, Brain brain, Duration pace) {
        this.generation = generation;
        this.brain = brain;
        this.pace = pace;
    }

    void brain(Brain newBrain) {
        brain = newBrain;
    }

    synchronized void script(List<Answer> answers) {
        script.addAll(answers);
    }

    synchronized void fault(Fault fault) {
        nextFault = fault;
    }

    synchronized void rules(Collection<Rule> enforced) {
        rules.clear();
        rules.addAll(enforced);
    }

    synchronized void enforce(Rule rule, boolean on) {
        if (on) {
            rules.add(rule);
        } else {
            rules.remove(rule);
        }
    }

    synchronized void reset() {
        requests.clear();
        script.clear();
        nextFault = null;
        cache.clear();
    }

    List<SimulatedRequest> requests() {
        return List.copyOf(requests);
    }

    int runningAnswers() {
        return running.get();
    }

    @Override
    public void handle(LoopbackExchange exchange) throws IOException {
        running.incrementAndGet();
        try {
            route(exchange);
        } finally {
            running.decrementAndGet();
        }
    }

    private void route(LoopbackExchange exchange) throws IOException {
        String path = exchange.path();
        boolean beta = path.startsWith("/beta/");
        String endpoint = path.replaceFirst("^/(beta|v1)(?=/)", "");
        JsonNode body = parse(exchange.body());
        ServedModel model = model(body);
        boolean thinking = model != null && model.thinks(body, generation);
        SimulatedRequest request = new SimulatedRequest(
                exchange.method(), path, shown(exchange.headers()), exchange.body(), body, thinking);
        requests.add(request);
        Refusal unauthorized = authorization(exchange.headers().get("authorization"));
        if (unauthorized != null) {
            refuse(exchange, request, unauthorized);
        } else if (endpoint.equals("/chat/completions") && exchange.method().equals("POST")) {
            chat(exchange, request, new Facts(generation, model, body, Messages.of(body), thinking, beta));
        } else if (endpoint.startsWith("/models") && exchange.method().equals("GET")) {
            models(exchange, request, endpoint);
        } else if (endpoint.equals("/user/balance") && exchange.method().equals("GET")) {
            respond(exchange, request, balance());
        } else {
            refuse(exchange, request, Refusal.of(404, "Not found"));
        }
    }

    private void chat(LoopbackExchange exchange, SimulatedRequest request, Facts facts) throws IOException {
        if (facts.body().isMissingNode()) {
            refuse(exchange, request, Refusal.invalid("Failed to parse the request body as JSON"));
            return;
        }
        Refusal breach = breach(facts);
        if (breach != null) {
            refuse(exchange, request, breach);
            return;
        }
        Answer answer = answer(request);
        if (answer.status() != 200) {
            exchange.pause(answer.delay());
            refuse(
                    exchange,
                    request,
                    Refusal.of(answer.status(), answer.text() == null ? "" : answer.text()),
                    answer.headers());
            return;
        }
        ServedModel model = facts.model();
        String servedAs = model == null ? request.model() : model.servedAs();
        String prompt = facts.body().path("tools").toString() + facts.body().path("messages");
        PlannedAnswer plan = PlannedAnswer.of(
                answer, facts.body(), facts.thinking(), generation, Tokens.count(prompt), cache.hit(prompt));
        AnswerJson json = new AnswerJson(
                servedAs,
                facts.thinking(),
                facts.body().path("stream_options").path("include_usage").asBoolean(false),
                facts.body().path("logprobs").asBoolean(false));
        new AnswerPlayer(exchange, request, answer, json, plan).play();
    }

    private synchronized @Nullable Refusal breach(Facts facts) {
        for (Rule rule : rules) {
            Refusal refusal = rule.check().breach(facts);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private Answer answer(SimulatedRequest request) {
        Answer scripted;
        Fault fault;
        synchronized (this) {
            scripted = script.poll();
            fault = nextFault;
            nextFault = null;
        }
        Answer answer = scripted != null ? scripted : brain.answer(request);
        if (answer.pause().isZero()) {
            answer = answer.pause(pace);
        }
        return fault != null ? answer.fault(fault) : answer;
    }

    private @Nullable ServedModel model(JsonNode body) {
        String name = body.path("model").asText("");
        return generation.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json == null || !json.isObject() ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, String> shown(Map<String, String> headers) {
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.computeIfPresent("authorization", (name, value) -> "Bearer ***");
        return shown;
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

    private void models(LoopbackExchange exchange, SimulatedRequest request, String endpoint) throws IOException {
        if (endpoint.equals("/models")) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
            generation.models().forEach(model -> list.withArray("data").add(description(model)));
            respond(exchange, request, list);
            return;
        }
        String id = endpoint.substring(endpoint.lastIndexOf('/') + 1);
        for (ServedModel model : generation.models()) {
            if (model.name().equals(id)) {
                respond(exchange, request, description(model));
                return;
            }
        }
        refuse(exchange, request, Refusal.of(404, "Model Not Exist"));
    }

    private ObjectNode description(ServedModel model) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", model.name());
        entry.put("object", "model");
        entry.put("owned_by", "deepseek");
        if (generation == Generation.V4_1) {
            entry.put("name", model.name());
            entry.put("context_window", 1_048_576);
            entry.put("max_output_tokens", generation.maxTokens(true));
        }
        return entry;
    }

    private static ObjectNode balance() {
        ObjectNode balance = JsonNodeFactory.instance.objectNode().put("is_available", true);
        balance.putArray("balance_infos")
                .addObject()
                .put("currency", "CNY")
                .put("total_balance", "110.00")
                .put("granted_balance", "10.00")
                .put("topped_up_balance", "100.00");
        return balance;
    }

    private static void respond(LoopbackExchange exchange, SimulatedRequest request, JsonNode body) throws IOException {
        request.answered(200);
        exchange.respond(
                200, Map.of("Content-Type", "application/json"), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(LoopbackExchange exchange, SimulatedRequest request, Refusal refusal)
            throws IOException {
        refuse(exchange, request, refusal, Map.of());
    }

    private static void refuse(
            LoopbackExchange exchange, SimulatedRequest request, Refusal refusal, Map<String, String> more)
            throws IOException {
        request.answered(refusal.status());
        Map<String, String> headers = new LinkedHashMap<>();
        // The real one labels the JSON of a 400 like this (protocol notes, section 3).
        headers.put("Content-Type", refusal.status() == 400 ? "application/octet-stream" : "application/json");
        headers.putAll(more);
        exchange.respond(refusal.status(), headers, refusal.json().toString().getBytes(StandardCharsets.UTF_8));
    }
}
