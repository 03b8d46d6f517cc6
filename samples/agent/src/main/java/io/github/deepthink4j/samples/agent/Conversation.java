package io.github.deepthink4j.samples.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks of a model.
 *
 * @param task          what the model is told to do
 * @param before        the last question before this one that can stand alone; empty if there is none
 * @param question      of the person, without what was added to it
 * @param results       of the tools since that question
 * @param answersItself whether a tool caller writes the answer too
 */
record Conversation(Task task, String before, String question, List<Result> results, boolean answersItself) {

    enum Task {
        PLAN,
        CALL,
        ANSWER
    }

    /** What a tool has returned. */
    record Result(String tool, String text) {}

    /** R1 is told results as text. */
    private static final Pattern TOLD = Pattern.compile(
            "(?s)(?:The tool|工具) (\\w+) (?:returned:|failed:|返回：|调用失败：)\\n(.*?)"
                    + "(?=\\s*(?:(?:The tool|工具) \\w+ (?:returned:|failed:|返回：|调用失败：)\\n|The tools have been called|工具已经|\\z))");

    /** What our parts add to a question, or say after the results, in each language. */
    private static final Pattern ADDED = Pattern.compile(
            "(?s)\\s*(Do not answer this yet|Carry out this plan|Only call the tools|The tools have been called"
                    + "|先不要回答，只做计划|请用你的工具执行下面的计划|只调用需要的工具|工具已经调用完|工具已经按你的计划调用完).*");

    private static final Pattern FOR_A_PLAN = Pattern.compile("Do not answer this yet|先不要回答，只做计划");
    private static final Pattern ONLY_CALLS = Pattern.compile("the one word done|只说“完成”两个字");

    private static final Pattern FOLLOWS_UP =
            Pattern.compile("(?i)^\\W*(?:and|or|what about|how about)\\b|^\\s*那|呢[?？!！。.\\s]*$");

    /** Whether it leaves unsaid what the question before has said, as "And order 1023?" does. */
    boolean followsUp() {
        return followsUp(question);
    }

    private static boolean followsUp(String question) {
        return FOLLOWS_UP.matcher(question).find();
    }

    Conversation asking(String other) {
        return new Conversation(task, before, other, results, answersItself);
    }

    static Conversation of(SimulatedRequest request) {
        List<Result> results = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        String before = "";
        String question = "";
        for (JsonNode message : request.body().path("messages")) {
            String content = message.path("content").asText("");
            message.path("tool_calls")
                    .forEach(call -> names.put(
                            call.path("id").asText(),
                            call.path("function").path("name").asText()));
            switch (message.path("role").asText()) {
                case "tool" ->
                    results.add(new Result(
                            names.getOrDefault(message.path("tool_call_id").asText(), ""), content));
                case "user" -> {
                    List<Result> told = told(content);
                    String asked = ADDED.matcher(told.isEmpty() ? content : "").replaceFirst("");
                    if (!asked.isBlank()) {
                        before = followsUp(question) ? before : question;
                        question = asked;
                        results.clear();
                    }
                    results.addAll(told);
                }
                default -> {}
            }
        }
        String last = request.lastUserText();
        Task task = request.hasTools() ? Task.CALL : FOR_A_PLAN.matcher(last).find() ? Task.PLAN : Task.ANSWER;
        return new Conversation(
                task, before, question, results, !ONLY_CALLS.matcher(last).find());
    }

    private static List<Result> told(String content) {
        List<Result> told = new ArrayList<>();
        Matcher matcher = TOLD.matcher(content);
        while (matcher.find()) {
            told.add(new Result(matcher.group(1), matcher.group(2)));
        }
        return told;
    }
}
