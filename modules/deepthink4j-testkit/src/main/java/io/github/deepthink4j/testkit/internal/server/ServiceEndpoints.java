package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.ArrivedRequest;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.script.Service;
import io.github.deepthink4j.testkit.internal.script.Setup;
import io.github.deepthink4j.testkit.internal.shape.RequestBody;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What DeepSeek serves beside chats: enforced, scripted and faulty as chats are. */
final class ServiceEndpoints {

    private static final String SEARCH = "/v1/tools/search";
    private static final String FETCH = "/v1/tools/fetch";

    private final Setup setup;
    private final List<String> problems;

    /**
     * @param problems gets what a test must fail by
     */
    ServiceEndpoints(Setup setup, List<String> problems) {
        this.setup = setup;
        this.problems = problems;
    }

    /** What can be sent there, such as {@code GET, DELETE}; empty if it is not served. */
    String methods(String path) {
        return path.equals(SEARCH) || path.equals(FETCH) ? "POST" : "";
    }

    /** Answers a request that has a key and one of the methods. */
    void serve(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, String path) throws IOException {
        Refusal unreadable = SimulatedApi.unreadable(exchange, body);
        JsonNode json = body.object();
        if (unreadable != null) {
            refuse(exchange, request, unreadable);
        } else if (path.equals(SEARCH)) {
            Refusal refusal = WebEndpoints.refusalOfSearch(json);
            play(
                    exchange,
                    request,
                    refusal,
                    Service.SEARCH,
                    json.path("query").asText(""),
                    () -> WebEndpoints.search(json),
                    ServiceAnswer.noResults().body());
        } else {
            Refusal refusal = WebEndpoints.refusalOfFetch(json);
            play(
                    exchange,
                    request,
                    refusal,
                    Service.FETCH,
                    json.path("url").asText(""),
                    () -> WebEndpoints.fetch(json),
                    WebEndpoints.emptyPage());
        }
    }

    /** What the kit answers by itself. */
    private interface Own {
        ServiceAnswer answer();
    }

    private void play(
            LoopbackExchange exchange,
            ArrivedRequest request,
            @Nullable Refusal refusal,
            Service service,
            String said,
            Own own,
            JsonNode empty)
            throws IOException {
        if (refusal != null) {
            refuse(exchange, request, refusal);
            return;
        }
        ServiceAnswer answer = answer(request, service, said, own);
        if (answer == null) {
            refuse(exchange, request, unscripted(request, service, said));
            return;
        }
        Fault fault = setup.takeFault();
        new ServicePlayer(exchange, request, fault == null ? answer : answer.fault(fault), empty, answer.body()).play();
    }

    private @Nullable ServiceAnswer answer(ArrivedRequest request, Service service, String said, Own own) {
        Function<ServiceAnswer, ServiceAnswer> script = setup.services().next(service, said, request);
        if (script == null) {
            return null;
        }
        try {
            return script.apply(own.answer());
        } catch (RuntimeException | AssertionError e) {
            problems.add("What was set up to answer this request has thrown " + e + ":\n" + request);
            return ServiceAnswer.error(400, "the test's own code has thrown " + e);
        }
    }

    private Refusal unscripted(ArrivedRequest request, Service service, String said) {
        String problem = "Nothing was set up to answer this request:\n" + request.method() + " " + request.path()
                + " \"" + said + "\"\nThere are " + setup.services().named(service) + ".";
        problems.add(problem);
        return Refusal.invalid(problem);
    }

    private static void refuse(LoopbackExchange exchange, ArrivedRequest request, Refusal refusal) throws IOException {
        request.answered(refusal.status());
        exchange.respond(
                refusal.status(),
                Map.of("Content-Type", refusal.contentType()),
                refusal.json().toString().getBytes(StandardCharsets.UTF_8));
    }
}
