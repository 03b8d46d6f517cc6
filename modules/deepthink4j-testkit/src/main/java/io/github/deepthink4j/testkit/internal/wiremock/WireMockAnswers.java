package io.github.deepthink4j.testkit.internal.wiremock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.EventStream;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as WireMock's responses. The answer travels in the stub's transformer parameters, as JSON that a mapping file can
 * have as well: {@code "transformerParameters" : { "thinking" : "...", "text" : "...", "toolCalls" : [ { "name" : "...",
 * "arguments" : { } } ] }}.
 */
public final class WireMockAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WireMockAnswers() {}

    public static ResponseDefinitionBuilder of(Refusal refusal) {
        return response(refusal.status(), refusal.contentType(), refusal.json().toString());
    }

    public static ResponseDefinitionBuilder of(Answer answer) {
        if (answer.fault() != null) {
            return WireMockFaults.of(answer.fault(), answer);
        }
        ResponseDefinitionBuilder response;
        if (answer.status() == 200) {
            RequestFacts facts = unasked(answer);
            response = response(
                    200,
                    EventStream.TYPE,
                    EventStream.of(AnswerJson.answering("deepseek-flash", facts), plan(answer, facts)));
            parameters(answer).forEach(response::withTransformerParameter);
        } else {
            response = of(Refusal.of(answer.status(), answer.text() == null ? "" : answer.text()));
        }
        answer.headers().forEach(response::withHeader);
        return answer.delay().isZero()
                ? response
                : response.withFixedDelay((int) answer.delay().toMillis());
    }

    /** What is known without a request: whether there is a thought. */
    static RequestFacts unasked(Answer answer) {
        JsonNode body = JSON.createObjectNode().put("stream", true);
        return RequestFacts.without(body, answer.thinking() != null);
    }

    static PlannedAnswer plan(Answer answer, RequestFacts facts) {
        return PlannedAnswer.of(answer, facts, SimpleTokenizer.count(RequestJson.prompt(facts.body())), 0);
    }

    private static Map<String, Object> parameters(Answer answer) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        put(parameters, "thinking", answer.thinking());
        put(parameters, "text", answer.text());
        put(parameters, "finishReason", answer.finishReason());
        put(parameters, "pieces", answer.charactersPerPiece() == 0 ? null : answer.charactersPerPiece());
        List<Object> calls = new ArrayList<>();
        answer.toolCalls().forEach(call -> calls.add(Map.of("name", call.name(), "arguments", call.argumentsJson())));
        put(parameters, "toolCalls", calls.isEmpty() ? null : calls);
        return parameters;
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /** The stub's answer as this request wants it; the response as it is where it is no answer. */
    public static ResponseDefinition rendered(
            ResponseDefinition given, Parameters parameters, RequestFacts facts, boolean generationKnown) {
        if (!parameters.containsKey("thinking")
                && !parameters.containsKey("text")
                && !parameters.containsKey("toolCalls")) {
            return given;
        }
        Answer answer = answer(JSON.valueToTree(parameters));
        RequestFacts known = generationKnown ? facts : facts.thinking(answer.thinking() != null);
        AnswerJson json = AnswerJson.answering(facts.servedAs(), known);
        PlannedAnswer plan = plan(answer, known);
        boolean stream = facts.body().path("stream").asBoolean(false);
        String body = stream ? EventStream.of(json, plan) : EventStream.text(json.whole(plan));
        return ResponseDefinitionBuilder.like(given)
                .but()
                .withHeader("Content-Type", stream ? EventStream.TYPE : "application/json")
                .withBody(body)
                .build();
    }

    private static Answer answer(JsonNode parameters) {
        Answer answer = Answer.nothing()
                .withThinking(textOrNull(parameters.path("thinking")))
                .thenText(textOrNull(parameters.path("text")))
                .finishReason(textOrNull(parameters.path("finishReason")))
                .pieces(parameters.path("pieces").asInt(0));
        for (JsonNode call : parameters.path("toolCalls")) {
            JsonNode arguments = call.path("arguments");
            answer = answer.andToolCall(
                    call.path("name").asText(), arguments.isTextual() ? arguments.asText() : arguments.toString());
        }
        return answer;
    }

    static ResponseDefinitionBuilder response(int status, String contentType, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", contentType)
                .withBody(body);
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
