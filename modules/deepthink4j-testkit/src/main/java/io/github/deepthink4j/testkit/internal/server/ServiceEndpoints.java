package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DeepSeek serves beside chats: enforced, scripted and faulty as chats are. */
final class ServiceEndpoints {

    private static final String SEARCH = "/v1/tools/search";
    private static final String FETCH = "/v1/tools/fetch";
    private static final String OCR = "/v1/tools/ocr";
    private static final Pattern FILES = Pattern.compile("(?:/v1)?/files");
    private static final Pattern FILE = Pattern.compile("(?:/v1)?/files/([^/]+)");

    private final Setup setup;
    private final List<String> problems;
    private final StoredFiles files;

    /**
     * @param problems gets what a test must fail by
     */
    ServiceEndpoints(Setup setup, List<String> problems, StoredFiles files) {
        this.setup = setup;
        this.problems = problems;
        this.files = files;
    }

    /** What can be sent there, such as {@code GET, DELETE}; empty if it is not served. */
    String methods(String path) {
        if (path.equals(SEARCH) || path.equals(FETCH) || path.equals(OCR)) {
            return "POST";
        }
        if (FILES.matcher(path).matches()) {
            return "GET, POST";
        }
        return FILE.matcher(path).matches() ? "GET, DELETE" : "";
    }

    /** Answers a request that has a key and one of the methods. */
    void serve(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, String path) throws IOException {
        if (path.equals(OCR)) {
            ocr(exchange, request);
        } else if (FILES.matcher(path).matches()) {
            files(exchange, request);
        } else if (FILE.matcher(path).matches()) {
            file(exchange, request, path.substring(path.lastIndexOf('/') + 1));
        } else {
            web(exchange, request, body, path);
        }
    }

    private void web(LoopbackExchange exchange, ArrivedRequest request, RequestBody body, String path)
            throws IOException {
        Refusal unreadable = SimulatedApi.unreadable(exchange, body);
        JsonNode json = body.object();
        if (unreadable != null) {
            refuse(exchange, request, unreadable);
        } else if (path.equals(SEARCH)) {
            Asked asked = new Asked(
                    Service.SEARCH,
                    json.path("query").asText(""),
                    WebEndpoints.refusalOfSearch(json),
                    () -> WebEndpoints.search(json));
            play(exchange, request, asked, ServiceAnswer.noResults().body());
        } else {
            Asked asked = new Asked(
                    Service.FETCH,
                    json.path("url").asText(""),
                    WebEndpoints.refusalOfFetch(json),
                    () -> WebEndpoints.fetch(json));
            play(exchange, request, asked, WebEndpoints.emptyPage());
        }
    }

    private void ocr(LoopbackExchange exchange, ArrivedRequest request) throws IOException {
        FormData form = FormData.read(exchange.headers().get("content-type"), exchange.body());
        FormData sent = form == null ? new FormData(List.of()) : form;
        Asked asked = new Asked(
                Service.OCR,
                FileEndpoints.fileName(sent),
                FileEndpoints.refusalOfOcr(form),
                () -> FileEndpoints.ocr(sent));
        play(exchange, request, asked, FileEndpoints.noPages());
    }

    private void files(LoopbackExchange exchange, ArrivedRequest request) throws IOException {
        if (exchange.method().equals("GET")) {
            Refusal refusal = FileEndpoints.refusalOfList(exchange.path());
            if (refusal != null) {
                refuse(exchange, request, refusal);
                return;
            }
            playPlain(exchange, request, ServiceAnswer.of(FileEndpoints.list(files, exchange.path())));
            return;
        }
        FormData form = FormData.read(exchange.headers().get("content-type"), exchange.body());
        FormData sent = form == null ? new FormData(List.of()) : form;
        Asked asked =
                new Asked(Service.UPLOAD, FileEndpoints.fileName(sent), FileEndpoints.refusalOfUpload(form), () -> {
                    ServiceAnswer stored = FileEndpoints.store(files, sent);
                    return stored == null ? ServiceAnswer.error(400, "file storage quota exceeded") : stored;
                });
        play(exchange, request, asked, JsonNodeFactory.instance.objectNode());
    }

    private void file(LoopbackExchange exchange, ArrivedRequest request, String id) throws IOException {
        boolean delete = exchange.method().equals("DELETE");
        JsonNode found = files.get(id);
        boolean there = delete ? files.remove(id) : found != null;
        if (!there || found == null) {
            refuse(exchange, request, Refusal.of(404, "No such File object: " + id));
        } else {
            playPlain(exchange, request, ServiceAnswer.of(delete ? FileEndpoints.deleted(id) : found));
        }
    }

    /** What has no script, and meets the next fault all the same. */
    private void playPlain(LoopbackExchange exchange, ArrivedRequest request, ServiceAnswer answer) throws IOException {
        new ServicePlayer(
                        exchange,
                        request,
                        answer.fault(setup.takeFault()),
                        JsonNodeFactory.instance.objectNode(),
                        answer.body())
                .play();
    }

    /**
     * What is asked for.
     *
     * @param said    what scripts go by
     * @param refusal why it is refused; {@code null} if it is not
     */
    private record Asked(
            Service service, String said, @Nullable Refusal refusal, Own own) {}

    /** What the kit answers by itself. */
    private interface Own {
        ServiceAnswer answer();
    }

    private void play(LoopbackExchange exchange, ArrivedRequest request, Asked asked, JsonNode empty)
            throws IOException {
        if (asked.refusal() != null) {
            refuse(exchange, request, asked.refusal());
            return;
        }
        ServiceAnswer answer = answer(request, asked);
        if (answer == null) {
            refuse(exchange, request, unscripted(request, asked));
            return;
        }
        Fault fault = setup.takeFault();
        ServiceAnswer faulty = fault == null ? answer : answer.fault(fault);
        JsonNode cutShort = FileEndpoints.cutShort(answer.body());
        new ServicePlayer(exchange, request, faulty, empty, cutShort).play();
    }

    private @Nullable ServiceAnswer answer(ArrivedRequest request, Asked asked) {
        Function<ServiceAnswer, ServiceAnswer> script = setup.services().next(asked.service(), asked.said(), request);
        if (script == null) {
            return null;
        }
        try {
            ServiceAnswer own = asked.own().answer();
            ServiceAnswer answer = script.apply(own);
            if (answer.status() != 200) {
                // What could not be parsed is not kept.
                files.remove(own.body().path("id").asText(""));
            }
            return answer;
        } catch (RuntimeException | AssertionError e) {
            problems.add("What was set up to answer this request has thrown " + e + ":\n" + request);
            return ServiceAnswer.error(400, "the test's own code has thrown " + e);
        }
    }

    private Refusal unscripted(ArrivedRequest request, Asked asked) {
        String problem = "Nothing was set up to answer this request:\n" + request.method() + " " + request.path()
                + " \"" + asked.said() + "\"\nThere are " + setup.services().named(asked.service()) + ".";
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
