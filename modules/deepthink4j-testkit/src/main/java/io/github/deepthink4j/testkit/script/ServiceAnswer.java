package io.github.deepthink4j.testkit.script;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator answers beside chats, such as to a search. Immutable: each method returns a new one.
 *
 * @param body       the JSON of the answer; of an error what it says stands in {@code message}
 * @param keepAlives how many blank lines come before the body
 * @param delay      before the head of the response
 * @param status     of the response
 * @param headers    of the response, beside the usual ones
 * @param fault      what goes wrong; {@code null} for nothing. Faults within a stream hit the body in its midst
 */
public record ServiceAnswer(
        JsonNode body,
        int keepAlives,
        Duration delay,
        int status,
        Map<String, String> headers,
        @Nullable Fault fault) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULTS = "results";

    public ServiceAnswer {
        requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }

    /** An answer with this body, be it of the right form or not. */
    public static ServiceAnswer of(JsonNode body) {
        return new ServiceAnswer(body, 0, Duration.ZERO, 200, Map.of(), null);
    }

    /**
     * An answer with this body, be it of the right form or not.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static ServiceAnswer json(String body) {
        try {
            return of(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + body, e);
        }
    }

    /** A search that has found nothing; {@link #andResult} adds to it. */
    public static ServiceAnswer noResults() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray(RESULTS);
        return of(body);
    }

    /** A page that was fetched. */
    public static ServiceAnswer page(String title, String markdown) {
        return of(JsonNodeFactory.instance.objectNode().put("title", title).put("content", markdown));
    }

    /** The pages of a document that was recognized, all of them whole. */
    public static ServiceAnswer pages(String... texts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", "ocr-simulated").put("object", "ocr.result").put("created", 1_790_000_000L);
        body.put("purpose", "text_recognition").put("page_count", texts.length);
        body.putArray("pages");
        for (int i = 0; i < texts.length; i++) {
            ObjectNode page = body.withArray("pages").addObject();
            page.put("index", i).put("text", texts[i]).put("finish_reason", "stop");
        }
        int tokens = 100 * texts.length;
        body.putObject("usage")
                .put("input_tokens", tokens)
                .put("output_tokens", tokens)
                .put("total_tokens", 2 * tokens);
        return of(body);
    }

    /** A refusal with this status, in DeepSeek's format. */
    public static ServiceAnswer error(int status, String message) {
        ServiceAnswer answer = of(JsonNodeFactory.instance.objectNode().put("message", message));
        return new ServiceAnswer(answer.body, 0, Duration.ZERO, status, Map.of(), null);
    }

    /** With one result of a search more. */
    public ServiceAnswer andResult(String title, String url, String summary) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("title", title).put("url", url);
        result.put("snippet", summary.substring(0, Math.min(summary.length(), 150)));
        result.put("summary", summary).put("content", "");
        result.put("rerank_score", 2.1).put("authority", 3);
        result.put("date", "2026-10-20T08:00:00Z").put("site_name", "A site").put("site_icon", "");
        return andResult(result);
    }

    /** With one result of a search more, as it stands here. */
    public ServiceAnswer andResult(JsonNode result) {
        ObjectNode changed = body.isObject() ? body.deepCopy() : JsonNodeFactory.instance.objectNode();
        changed.withArray(RESULTS).add(result);
        return withBody(changed);
    }

    /** With this field in its body, in place of another of the same name. */
    public ServiceAnswer withField(String name, Object value) {
        ObjectNode changed = body.isObject() ? body.deepCopy() : JsonNodeFactory.instance.objectNode();
        changed.set(name, JSON.valueToTree(value));
        return withBody(changed);
    }

    /** With another body. */
    public ServiceAnswer withBody(JsonNode newBody) {
        return new ServiceAnswer(newBody, keepAlives, delay, status, headers, fault);
    }

    /** After so many blank lines. */
    public ServiceAnswer keepAlives(int count) {
        return new ServiceAnswer(body, count, delay, status, headers, fault);
    }

    /** After so long. */
    public ServiceAnswer delay(Duration newDelay) {
        return new ServiceAnswer(body, keepAlives, requireNonNull(newDelay, "delay"), status, headers, fault);
    }

    /** With this header. */
    public ServiceAnswer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServiceAnswer(body, keepAlives, delay, status, more, fault);
    }

    /** With something that goes wrong; {@code null} for nothing. */
    public ServiceAnswer fault(@Nullable Fault newFault) {
        return new ServiceAnswer(body, keepAlives, delay, status, headers, newFault);
    }
}
