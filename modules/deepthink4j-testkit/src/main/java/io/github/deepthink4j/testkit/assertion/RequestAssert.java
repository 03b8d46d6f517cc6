package io.github.deepthink4j.testkit.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a request. What fails shows the request. */
public final class RequestAssert extends AbstractAssert<RequestAssert, SimulatedRequest> {

    private static final String REASONING = "reasoning_content";

    RequestAssert(@Nullable SimulatedRequest request) {
        super(request, RequestAssert.class);
    }

    /** No message carries reasoning, as R1 to V3.2-Exp demand; not even the empty one. */
    public RequestAssert hasNoReasoning() {
        List<Integer> with = places(message -> message.has(REASONING));
        return check(with.isEmpty(), "no message with reasoning", "messages " + with + " carry it");
    }

    /** Each assistant message carries its reasoning, as V4-0731 and later demand where there are tools. */
    public RequestAssert hasReasoningOnAllTurns() {
        List<Integer> without =
                places(message -> RequestJson.role(message).equals("assistant") && !message.has(REASONING));
        return check(without.isEmpty(), "reasoning on all assistant messages", "messages " + without + " lack it");
    }

    /** An assistant message carries this reasoning. */
    public RequestAssert hasReasoning(String reasoning) {
        boolean found = messages().stream()
                .anyMatch(message -> message.path(REASONING).asText().equals(reasoning));
        return check(found, "a message with the reasoning \"" + reasoning + "\"", "none has it");
    }

    /** It offers these tools, in any order, and no others. */
    public RequestAssert hasTools(String... names) {
        List<String> expected = Arrays.stream(names).sorted().toList();
        List<String> found = request().toolNames().stream().sorted().toList();
        return check(found.equals(expected), "the tools " + expected, "it has " + found);
    }

    /** It offers no tools. */
    public RequestAssert hasNoTools() {
        return hasTools();
    }

    /** It brings a tool's result with this in it. */
    public RequestAssert hasToolResult(String part) {
        List<String> results = texts("tool");
        boolean found = results.stream().anyMatch(result -> result.contains(part));
        return check(found, "a tool's result with \"" + part + "\"", "its results are " + results);
    }

    /** Tools and messages have fewer tokens than this, as {@link SimulatedRequest#promptTokens()} counts them. */
    public RequestAssert sentTokensBelow(int limit) {
        int sent = request().promptTokens();
        return check(sent < limit, "fewer than " + limit + " tokens", "it has " + sent);
    }

    /** It asks for this model. */
    public RequestAssert hasModel(String model) {
        return check(
                request().model().equals(model),
                "the model " + model,
                "it asks for " + request().model());
    }

    /** The generation thinks it over. */
    public RequestAssert isThoughtOver() {
        return check(request().thinking(), "thinking on", "it is off");
    }

    /** The generation does not think it over. */
    public RequestAssert isNotThoughtOver() {
        return check(!request().thinking(), "thinking off", "it is on");
    }

    /** Its answer is to be streamed. */
    public RequestAssert isStreamed() {
        return check(request().stream(), "\"stream\" : true", "it is not there");
    }

    /** The roles of its messages, in order. */
    public RequestAssert hasRoles(String... roles) {
        List<String> found = messages().stream().map(RequestJson::role).toList();
        return check(found.equals(List.of(roles)), "the roles " + List.of(roles), "they are " + found);
    }

    /** Its last user message has this in it. */
    public RequestAssert asks(String part) {
        String asked = request().lastUserText();
        return check(asked.contains(part), "a question with \"" + part + "\"", "it asks \"" + asked + "\"");
    }

    /** Its system message has this in it. */
    public RequestAssert hasSystemMessage(String part) {
        List<String> system = texts("system");
        boolean found = system.stream().anyMatch(text -> text.contains(part));
        return check(found, "a system message with \"" + part + "\"", "its system messages are " + system);
    }

    /**
     * A field of the body has this value.
     *
     * @param value a string, a number, a boolean or {@code null}
     */
    public RequestAssert hasParameter(String name, @Nullable Object value) {
        JsonNode found = request().body().path(name);
        return check(
                !found.isMissingNode() && String.valueOf(value).equals(found.asText()),
                name + " to be " + value,
                found.isMissingNode() ? "it is not there" : "it is " + found);
    }

    /** The body has no field of this name. */
    public RequestAssert hasNoParameter(String name) {
        JsonNode found = request().body().path(name);
        return check(found.isMissingNode(), "no " + name, "it is " + found);
    }

    /** It has a header of this value, the name in any case. */
    public RequestAssert hasHeader(String name, String value) {
        Map<String, String> headers = request().headers();
        String found = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(", "));
        return check(found.equals(value), "the header " + name + ": " + value, "it is \"" + found + "\"");
    }

    /** DeepSeek would have ignored no part of it. */
    public RequestAssert hasNoWarnings() {
        List<String> warnings = request().warnings();
        return check(warnings.isEmpty(), "nothing that DeepSeek ignores", "it has " + warnings);
    }

    /** It was answered with this HTTP status. */
    public RequestAssert wasAnsweredWith(int status) {
        int found = request().status();
        return check(found == status, "an answer with status " + status, "it is " + found);
    }

    /** Its client went away before the end of the answer; waits for that for at most 5 seconds. */
    public RequestAssert wasCancelled() {
        boolean ended = request().awaitEnd(Duration.ofSeconds(5));
        return check(
                request().cancelled(),
                "to be cancelled",
                ended ? "its answer was sent to the end" : "its answer is still being sent");
    }

    private SimulatedRequest request() {
        isNotNull();
        return actual;
    }

    private List<JsonNode> messages() {
        return request().messages();
    }

    private List<Integer> places(Predicate<JsonNode> predicate) {
        List<JsonNode> messages = messages();
        return IntStream.range(0, messages.size())
                .filter(i -> predicate.test(messages.get(i)))
                .boxed()
                .toList();
    }

    private List<String> texts(String role) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages()) {
            if (RequestJson.role(message).equals(role)) {
                texts.add(RequestJson.text(message));
            }
        }
        return texts;
    }

    private RequestAssert check(boolean holds, String expected, String but) {
        if (!holds) {
            failWithMessage("expected %s, but %s, in:%n%s", expected, but, actual.summary());
        }
        return this;
    }
}
