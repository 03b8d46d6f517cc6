package io.github.deepthink4j.testkit.internal.wiremock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.deepthink4j.testkit.internal.answer.AnswerJson;
import io.github.deepthink4j.testkit.internal.answer.EventStream;
import io.github.deepthink4j.testkit.internal.answer.PlannedAnswer;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The faults that WireMock can play: those of what is sent, not those of when. */
final class WireMockFaults {

    private WireMockFaults() {}

    static ResponseDefinitionBuilder of(Fault fault, Answer answer) {
        RequestFacts facts = WireMockAnswers.unasked(answer);
        AnswerJson json = AnswerJson.answering("deepseek-flash", facts);
        PlannedAnswer plan = WireMockAnswers.plan(answer, facts);
        List<ObjectNode> pieces = json.chunks(plan);
        int before = answer.faultAfter() < 0 ? pieces.size() / 2 : Math.min(answer.faultAfter(), pieces.size());
        String begun = EventStream.event(json.firstChunk()) + EventStream.events(pieces.subList(0, before));
        String all =
                answer.faultAfter() < 0 ? EventStream.event(json.firstChunk()) + EventStream.events(pieces) : begun;
        return switch (fault) {
            case CUT_BEFORE_DONE -> stream(all);
            case NO_DONE -> stream(all + EventStream.event(json.lastChunk(plan)));
            case ERROR_IN_STREAM_DATA ->
                stream(begun
                        + EventStream.event(
                                Refusal.of(503, "The server is overloaded").json()));
            case ERROR_IN_STREAM_EVENT ->
                stream(begun
                        + EventStream.errorEvent(
                                Refusal.of(500, "Internal error").json()));
            case GARBAGE_JSON -> stream(begun + EventStream.NO_JSON + EventStream.DONE);
            case HALF_UTF8 -> halfACharacter(begun, json);
            case EMPTY_ANSWER -> stream(EventStream.event(json.lastChunk(plan.emptied())) + EventStream.DONE);
            case BUDGET_EATEN ->
                stream(EventStream.event(json.firstChunk())
                        + EventStream.events(json.thinkingChunks(plan))
                        + EventStream.event(json.lastChunk(plan.outOfBudget()))
                        + EventStream.DONE);
            case HTML_WITH_200 ->
                WireMockAnswers.response(
                        200, "text/html", "<!DOCTYPE html><html><body>Welcome to the proxy</body></html>");
            case BLANK_BODY -> stream("");
            case RESET -> aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
            case CUT_BEFORE_FIRST_PIECE ->
                aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE);
            case REDIRECT_ELSEWHERE ->
                aResponse().withStatus(302).withHeader("Location", "http://elsewhere.invalid/chat/completions");
            default ->
                throw new IllegalArgumentException(
                        "WireMock can't play " + fault + ": use DeepSeekSimulator with fault(Fault." + fault + ")");
        };
    }

    private static ResponseDefinitionBuilder halfACharacter(String begun, AnswerJson json) {
        byte[] bytes = (begun + "data: " + json.textChunk("\u00fc")).getBytes(StandardCharsets.UTF_8);
        int end = begun.getBytes(StandardCharsets.UTF_8).length;
        while (bytes[end] >= 0) {
            end++;
        }
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", EventStream.TYPE)
                .withBody(Arrays.copyOf(bytes, end + 1));
    }

    private static ResponseDefinitionBuilder stream(String body) {
        return WireMockAnswers.response(200, EventStream.TYPE, body);
    }
}
