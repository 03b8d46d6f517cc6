package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it will be sent: cut to {@code max_tokens} and at the stop sequences, with its usage.
 *
 * @param thinking in pieces
 * @param text     in pieces
 * @param fields   of the message beside those that it always has
 */
public record PlannedAnswer(
        List<String> thinking,
        List<String> text,
        List<Answer.Call> calls,
        Map<String, JsonNode> fields,
        boolean piecedFields,
        String finish,
        Usage usage,
        int charactersPerPiece) {

    /** What an answer has cost, in tokens; the completion's include the reasoning's. */
    public record Usage(int prompt, int cached, int completion, int reasoning) {}

    /**
     * @param prompt the tokens of the prompt
     * @param cached how many of them were in the cache
     */
    public static PlannedAnswer of(Answer answer, RequestFacts facts, int prompt, int cached) {
        JsonNode body = facts.body();
        int limit = Math.max(0, body.path("max_tokens").asInt(Integer.MAX_VALUE));
        List<String> wholeThought = facts.thinking() ? SimpleTokenizer.tokens(orEmpty(answer.thinking())) : List.of();
        List<String> text = SimpleTokenizer.tokens(untilStop(orEmpty(answer.text()), body.path("stop")));
        // R1 alone does not count the thought (docs/protocol.md, section 1.2).
        boolean counted = facts.generation() != Generation.R1;
        List<String> thought = counted ? upTo(limit, wholeThought) : wholeThought;
        int left = counted ? limit - thought.size() : limit;
        boolean cut = thought.size() < wholeThought.size();
        List<String> said = cut ? List.of() : upTo(left, text);
        cut |= said.size() < text.size();
        left -= said.size();
        CutCalls calls = cut || facts.fim() ? CutCalls.NONE : CutCalls.of(answer.toolCalls(), left);
        cut |= calls.cut();
        String finish = cut ? "length" : finish(answer, calls.calls());
        Usage usage = new Usage(prompt, cached, thought.size() + said.size() + calls.tokens(), thought.size());
        boolean echo = facts.fim() && body.path("echo").asBoolean(false);
        List<String> shown = new ArrayList<>(echo ? SimpleTokenizer.tokens(RequestJson.prompt(body)) : List.of());
        shown.addAll(said);
        return new PlannedAnswer(
                pieces(thought, answer.charactersPerPiece()),
                pieces(shown, answer.charactersPerPiece()),
                calls.calls(),
                cut ? Map.of() : answer.fields(),
                answer.piecedFields(),
                finish,
                usage,
                answer.charactersPerPiece());
    }

    /** The same with nothing in it. */
    public PlannedAnswer emptied() {
        return new PlannedAnswer(List.of(), List.of(), List.of(), Map.of(), false, "stop", usage, charactersPerPiece);
    }

    /** The same where the thought has eaten {@code max_tokens}. */
    public PlannedAnswer outOfBudget() {
        return new PlannedAnswer(thinking, List.of(), List.of(), Map.of(), false, "length", usage, charactersPerPiece);
    }

    /** The arguments of a call, in pieces. */
    List<String> arguments(Answer.Call call) {
        return pieces(SimpleTokenizer.tokens(call.argumentsJson()), charactersPerPiece);
    }

    private static List<String> upTo(int most, List<String> tokens) {
        return tokens.subList(0, Math.min(most, tokens.size()));
    }

    private static String finish(Answer answer, List<Answer.Call> calls) {
        if (answer.finishReason() != null) {
            return answer.finishReason();
        }
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String untilStop(String text, JsonNode stop) {
        List<String> stops = new ArrayList<>();
        if (stop.isTextual()) {
            stops.add(stop.asText());
        }
        stop.forEach(one -> stops.add(one.asText()));
        int end = text.length();
        for (String one : stops) {
            int found = one.isEmpty() ? -1 : text.indexOf(one);
            end = found >= 0 ? Math.min(end, found) : end;
        }
        return text.substring(0, end);
    }

    private static List<String> pieces(List<String> tokens, int characters) {
        if (characters <= 0) {
            return tokens;
        }
        String all = String.join("", tokens);
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < all.length(); start += characters) {
            pieces.add(all.substring(start, Math.min(all.length(), start + characters)));
        }
        return pieces;
    }

    public String wholeThinking() {
        return String.join("", thinking);
    }

    public String wholeText() {
        return String.join("", text);
    }
}
