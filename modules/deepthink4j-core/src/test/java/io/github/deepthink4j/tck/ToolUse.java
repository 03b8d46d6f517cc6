package io.github.deepthink4j.tck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which tools to call: those whose name the question speaks of, with arguments taken from it by their schema. */
final class ToolUse {

    private static final Pattern SUM = Pattern.compile("How much is (\\d+) plus (\\d+)");
    private static final Pattern FURTHER = Pattern.compile("add (\\d+) to the previous result");
    private static final Pattern TWO_STEPS =
            Pattern.compile("First add (\\d+) and (\\d+).*multiply the result by (\\d+)");
    private static final Set<String> SAYS_NOTHING = Set.of("get", "current", "from", "take", "two", "numbers", "add");

    private final SimulatedRequest request;
    private final Turn turn;

    ToolUse(SimulatedRequest request, Turn turn) {
        this.request = request;
        this.turn = turn;
    }

    List<Answer.Call> calls() {
        if (!request.hasTools()) {
            return List.of();
        }
        Matcher steps = TWO_STEPS.matcher(turn.text());
        if (steps.find()) {
            return switch (turn.results().size()) {
                case 0 -> List.of(twoNumbers("add", steps.group(1), steps.group(2)));
                case 1 -> List.of(twoNumbers("multiply", turn.results().get(0), steps.group(3)));
                default -> List.of();
            };
        }
        if (!turn.results().isEmpty()) {
            return List.of();
        }
        if (request.toolNames().contains("add")) {
            return sums();
        }
        List<Answer.Call> calls = new ArrayList<>();
        boolean forced = request.body().path("tool_choice").asText().equals("required");
        for (JsonNode tool : request.body().path("tools")) {
            JsonNode function = tool.path("function");
            if (fits(function.path("name").asText()) || (forced && calls.isEmpty())) {
                ObjectNode arguments = (ObjectNode) Extraction.fill(function.path("parameters"), turn);
                calls.add(new Answer.Call(function.path("name").asText(), arguments.toString()));
            }
        }
        return calls;
    }

    private List<Answer.Call> sums() {
        List<Answer.Call> calls = new ArrayList<>();
        Matcher further = FURTHER.matcher(turn.text());
        if (further.find()) {
            calls.add(twoNumbers("add", turn.lastResult(), further.group(1)));
        }
        Matcher sum = SUM.matcher(turn.text());
        while (sum.find()) {
            calls.add(twoNumbers("add", sum.group(1), sum.group(2)));
        }
        return calls;
    }

    private static Answer.Call twoNumbers(String name, String first, String second) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("arg0", Integer.parseInt(first.trim()));
        arguments.put("arg1", Integer.parseInt(second.trim()));
        return new Answer.Call(name, arguments.toString());
    }

    private boolean fits(String toolName) {
        String question = turn.text().toLowerCase(Locale.ROOT);
        for (String word : toolName.split("(?=[A-Z])|_")) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (!SAYS_NOTHING.contains(lower) && lower.length() > 3 && question.contains(lower)) {
                return true;
            }
        }
        return false;
    }
}
