package io.github.deepthink4j.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that understands what the parts are told: it plans when asked to, and answers from the results in the request, whether
 * they came as tool messages or as text. Everything else is for another brain.
 */
public record RoleBrain(Brain others) implements Brain {

    public static final String THOUGHT = "I know what I am to do.";
    public static final String PLAN = "Do what was asked for, one step after the other.";

    private static final Pattern TOLD = Pattern.compile("(?:The tool \\w+ returned:|工具 \\w+ 返回：)\\n(.*)");

    @Override
    public Answer answer(SimulatedRequest request) {
        if (isForPlan(request)) {
            return Answer.thinking(THOUGHT).thenText(PLAN);
        }
        if (isForAnswer(request)) {
            return Answer.thinking(THOUGHT).thenText("The result is: " + String.join(", then ", results(request)));
        }
        return others.answer(request);
    }

    public static boolean isForPlan(SimulatedRequest request) {
        String asked = request.lastUserText();
        return asked.contains("Do not answer this yet") || asked.contains("先不要回答，只做计划");
    }

    public static boolean isForAnswer(SimulatedRequest request) {
        String asked = request.lastUserText();
        return asked.contains("their results are above") || asked.contains("结果在上面");
    }

    /** What the turn in progress began with. */
    public static String question(SimulatedRequest request) {
        String question = "";
        JsonNode messages = request.body().path("messages");
        for (int i = 0; i < messages.size() - 1; i++) {
            String content = messages.get(i).path("content").asText();
            if (messages.get(i).path("role").asText().equals("user")
                    && !content.isEmpty()
                    && !TOLD.matcher(content).find()) {
                question = content;
            }
        }
        return question;
    }

    /** Of the turn in progress, of which the request for the answer is the end. */
    public static List<String> results(SimulatedRequest request) {
        List<String> results = new ArrayList<>();
        JsonNode messages = request.body().path("messages");
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).path("role").asText();
            String content = messages.get(i).path("content").asText();
            Matcher told = TOLD.matcher(content);
            if (role.equals("tool")) {
                results.add(content);
            } else if (role.equals("user") && told.find()) {
                do {
                    results.add(told.group(1));
                } while (told.find());
            } else if (role.equals("user") && !content.isEmpty() && i < messages.size() - 1) {
                results.clear();
            }
        }
        return results;
    }
}
