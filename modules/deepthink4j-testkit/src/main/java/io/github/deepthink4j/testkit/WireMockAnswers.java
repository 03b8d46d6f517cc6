package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.github.deepthink4j.testkit.RuleCheck.Facts;
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
final class WireMockAnswers {

    static final String STREAM = "text/event-stream; charset=utf-8";

    private WireMockAnswers() {}

    static ResponseDefinitionBuilder of(Refusal refusal) {
        // The real one labels the JSON of a 400 like this (docs/protocol.md, section 3).
        String type = refusal.status() == 400 ? "application/octet-stream" : "application/json";
        return DeepSeekWireMock.response(refusal.status(), type, refusal.json().toString());
    }

    static ResponseDefinitionBuilder of(Answer answer) {
        if (answer.fault() != null) {
            return WireMockFaults.of(answer.fault(), answer);
        }
        ResponseDefinitionBuilder response;
        if (answer.status() == 200) {
            Facts facts = unasked(answer);
            response = DeepSeekWireMock.response(
                    200, STREAM, EventStream.of(AnswerJson.answering("deepseek-flash", facts), plan(answer, facts)));
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
    static Facts unasked(Answer answer) {
        JsonNode body = Json.MAPPER.createObjectNode().put("stream", true);
        return new Facts(Generation.V4_1, null, body, List.of(), answer.thinking() != null, false);
    }

    static PlannedAnswer plan(Answer answer, Facts facts) {
        String prompt = facts.messages().isEmpty()
                ? ""
                : facts.body().path("tools").toString() + facts.body().path("messages");
        return PlannedAnswer.of(answer, facts.body(), facts.thinking(), facts.generation(), Tokens.count(prompt), 0);
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
    static ResponseDefinition rendered(
            ResponseDefinition given, Parameters parameters, Facts facts, boolean generationKnown) {
        if (!parameters.containsKey("thinking")
                && !parameters.containsKey("text")
                && !parameters.containsKey("toolCalls")) {
            return given;
        }
        Answer answer = answer(Json.MAPPER.valueToTree(parameters));
        Facts known = generationKnown
                ? facts
                : new Facts(
                        facts.generation(),
                        facts.model(),
                        facts.body(),
                        facts.messages(),
                        answer.thinking() != null,
                        facts.beta());
        ServedModel model = facts.model();
        String name = model == null ? facts.body().path("model").asText("") : model.servedAs();
        AnswerJson json = AnswerJson.answering(name, known);
        PlannedAnswer plan = plan(answer, known);
        boolean stream = facts.body().path("stream").asBoolean(false);
        String body = stream
                ? EventStream.of(json, plan)
                : json.whole(plan.wholeThinking(), plan.wholeText(), plan.calls(), plan.finish(), plan.usage())
                        .toString();
        return ResponseDefinitionBuilder.like(given)
                .but()
                .withHeader("Content-Type", stream ? STREAM : "application/json")
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

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
