package io.github.deepthink4j.samples.rag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.agent.routing.RoutingPrompts;
import io.github.deepthink4j.samples.rag.research.ResearchPrompts;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request of a research asks of a model.
 *
 * @param task     what to do now
 * @param question without what was added to it
 * @param before   the question before; empty if there is none
 * @param answer   to that
 * @param found    what the tools have returned since the question, in order
 */
record ResearchRequest(Task task, String question, String before, String answer, List<Found> found) {

    enum Task {
        PLAN,
        CALL,
        ANSWER
    }

    /** What one search has found, read before or not. */
    record Found(String query, List<ReadPassage> passages) {}

    /** Also where a model without tools is told of it in words. */
    private static final Pattern SEARCH =
            Pattern.compile("<(search|search_web) query=\"([^\"]*)\">\n(.*?)</\\1>", Pattern.DOTALL);

    private static final Pattern THERE = Pattern.compile("(?i)\\bthere\\b|那里|那儿|那边");

    private static final Pattern NUMBER = Pattern.compile("<passage number=\"(\\d+)\"");

    static boolean isOne(SimulatedRequest request) {
        return request.messages().stream()
                .anyMatch(message -> message.path("role").asText().equals("system")
                        && ResearchPrompts.areInstructions(text(message)));
    }

    static ResearchRequest of(SimulatedRequest request) {
        String question = "";
        String before = "";
        String answer = "";
        List<Found> found = new ArrayList<>();
        Map<Integer, ReadPassage> read = new LinkedHashMap<>();
        String said = "";
        boolean plan = false;
        for (JsonNode message : request.messages()) {
            String text = text(message);
            boolean asksToPlan = text.contains(firstLine(RoutingPrompts.DEFAULT.plan()))
                    || text.contains(firstLine(RoutingPrompts.CHINESE.plan()));
            if (message.path("role").asText().equals("user")) {
                String own = withoutAdditions(text);
                boolean isQuestion = !own.isBlank()
                        && !ResearchPrompts.isOver(text)
                        && !SEARCH.matcher(text).find();
                before = isQuestion ? question : before;
                answer = isQuestion ? said : answer;
                question = isQuestion ? own : question;
                plan = asksToPlan;
            }
            said = message.path("role").asText().equals("assistant") ? text : said;
            if (!message.path("role").asText().equals("system")) {
                addFound(text, read, found);
            }
        }
        Task task = request.hasTools() ? Task.CALL : plan ? Task.PLAN : Task.ANSWER;
        return new ResearchRequest(task, question, before, answer, found);
    }

    /** As it can be searched for: with what a question that leans on the one before leaves unsaid. */
    String wholeQuestion() {
        return (THERE.matcher(question).find() ? Lead.lastNamed(answer) : Optional.<String>empty())
                .map(place -> place + " " + question)
                .orElseGet(() -> FollowUp.whole(before, question));
    }

    private static void addFound(String text, Map<Integer, ReadPassage> read, List<Found> found) {
        Matcher search = SEARCH.matcher(text);
        while (search.find()) {
            ReadPassage.in(search.group(3)).forEach(passage -> read.put(passage.number(), passage));
            List<ReadPassage> passages = NUMBER.matcher(search.group(3))
                    .results()
                    .map(number -> read.get(Integer.parseInt(number.group(1))))
                    .filter(passage -> passage != null)
                    .toList();
            found.add(new Found(ReadPassage.plain(search.group(2)), passages));
        }
    }

    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return content.asText();
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part.path("text").asText()));
        return String.join("\n", parts);
    }

    /** A part of the routing adds to the question what it is to do with it. */
    private static String withoutAdditions(String text) {
        String own = text;
        for (String addition : Stream.of(RoutingPrompts.DEFAULT, RoutingPrompts.CHINESE)
                .flatMap(prompts -> Stream.of(
                        prompts.plan(),
                        prompts.carryOut(),
                        prompts.onlyCall(),
                        prompts.answer(),
                        prompts.answerByPlan()))
                .toList()) {
            int at = own.indexOf(firstLine(addition));
            own = at < 0 ? own : own.substring(0, at);
        }
        return own.strip();
    }

    private static String firstLine(String prompt) {
        return prompt.lines().findFirst().orElseThrow();
    }
}
