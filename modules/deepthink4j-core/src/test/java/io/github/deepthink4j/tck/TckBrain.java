package io.github.deepthink4j.tck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a competent model in LangChain4j's compatibility kits: it reads nothing but the request that arrived at
 * the server, so a tool, a schema or a message that the adapter loses is missing from its answer.
 */
public final class TckBrain implements Brain {

    /** Ten tokens of the simulator's, so that the kits' limits on output tokens can leave room for an answer. */
    public static final String THOUGHT = "I read the question and answer it. So";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCHEMA_FOLLOWS = "JSON schema:\n";
    private static final Pattern PLUS = Pattern.compile("How much is (\\d+) plus (\\d+)");

    private final Function<SimulatedRequest, Turn> reader;

    public TckBrain() {
        this(Turn::of);
    }

    /**
     * @param reader finds the question and the results in a request, where they do not stand in their usual places
     */
    public TckBrain(Function<SimulatedRequest, Turn> reader) {
        this.reader = reader;
    }

    @Override
    public Answer answer(SimulatedRequest request) {
        Turn turn = reader.apply(request);
        List<Answer.Call> calls = new ToolUse(request, turn).calls();
        Answer answer = Answer.thinking(THOUGHT);
        if (!calls.isEmpty()) {
            for (Answer.Call call : calls) {
                answer = answer.andToolCall(call.name(), call.argumentsJson());
            }
            return answer;
        }
        JsonNode schema = schema(request);
        return answer.thenText(schema != null ? Extraction.fill(schema, turn).toString() : words(request, turn));
    }

    private static JsonNode schema(SimulatedRequest request) {
        for (JsonNode message : request.body().path("messages")) {
            String content = message.path("content").asText("");
            int start = content.indexOf(SCHEMA_FOLLOWS);
            if (start >= 0) {
                try {
                    return MAPPER.readTree(content.substring(start + SCHEMA_FOLLOWS.length()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return null;
    }

    private static String words(SimulatedRequest request, Turn turn) {
        String text = turn.text();
        String all = request.body().path("messages").toString();
        if (request.body().path("response_format").path("type").asText().equals("json_object")) {
            return "{\"city\": \"Berlin\"}";
        }
        if (!turn.results().isEmpty()) {
            return "The result is: " + String.join(", then ", turn.results()) + describe(all) + ".";
        }
        if (all.contains("image_url")) {
            return "I can see" + describe(all) + ".";
        }
        if (text.contains("capital of Germany")) {
            return "The capital of Germany is Berlin, a city on the river Spree."
                    + (text.contains("2 + 2") ? " And 2 + 2 is 4, as everybody knows." : "");
        }
        if (all.contains("into German")) {
            return "Ich liebe dich";
        }
        if (text.contains("favorite color")) {
            Matcher color = Pattern.compile("favorite color is (\\w+)").matcher(all);
            return color.find() ? "Your favorite color is " + color.group(1) : "I do not know it";
        }
        if (text.contains("Say 'Hello World'")) {
            return "Hello World";
        }
        if (text.contains("story")) {
            return "Once upon a time there was a cat that met a dog and a horse. ".repeat(40);
        }
        Matcher sum = PLUS.matcher(text);
        if (sum.find()) {
            return "It is " + (Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2)));
        }
        return "Hello, how can I help you today with whatever it is?";
    }

    /** What a model would see: the stand-in knows pictures by the beginning of their data or by their names. */
    private static String describe(String messages) {
        List<String> seen = new ArrayList<>();
        int pictures = messages.split("image_url\":\\{", -1).length - 1;
        if (pictures >= 1) {
            seen.add("a cat");
        }
        if (pictures >= 2) {
            seen.add("dice");
        }
        return seen.isEmpty() ? "" : " " + String.join(" and ", seen);
    }
}
