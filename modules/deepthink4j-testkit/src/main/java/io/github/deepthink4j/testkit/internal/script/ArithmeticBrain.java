package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The built-in brain of offline samples. It really compares decimals, counts letters and does sums, and says plainly of
 * everything else that it is no model.
 */
final class ArithmeticBrain implements Brain {

    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
    private static final Pattern COMPARISON = Pattern.compile(NUMBER + "\\s*(?:and|or|,|vs\\.?|versus)\\s*" + NUMBER);
    private static final Pattern COMPARING =
            Pattern.compile("(?i)\\b(greater|bigger|larger|higher|more|smaller|less|lower|lesser)\\b");
    private static final Pattern SMALLER = Pattern.compile("(?i)\\b(smaller|less|lower|lesser)\\b");
    private static final Pattern LETTERS = Pattern.compile(
            "(?i)how many\\s+(?:letters?\\s+)?[\"'`]?(\\p{L})[\"'`]?(?:'?s)?\\b.*?\\bin\\b\\s+(?:the\\s+word\\s+)?[\"'`]?(\\p{L}{2,})");
    private static final Pattern SUM = Pattern.compile(
            "[-+(]*\\d[\\d.\\s+*/x\u00d7\u00f7()-]*[-+*/x\u00d7\u00f7][\\d.\\s+*/x\u00d7\u00f7()-]*[\\d)]");

    @Override
    public Answer answer(SimulatedRequest request) {
        if (request.lastMessage().path("role").asText().equals("tool")) {
            return toolResult(request);
        }
        String question = request.lastUserText();
        return comparison(question)
                .or(() -> letters(question))
                .or(() -> sum(question))
                .orElseGet(() -> Answer.thinking("This is neither a comparison, nor letters to count, nor a sum.")
                        .thenText("I am deepthink4j's simulator, not a model: I can compare decimals, count letters"
                                + " and do sums. To talk to a model, set DEEPSEEK_API_KEY, or DEEPSEEK_BASE_URL and"
                                + " DEEPSEEK_MODEL for another server."));
    }

    private static Answer toolResult(SimulatedRequest request) {
        String result = RequestJson.text(request.lastMessage());
        return Answer.thinking("The tool has answered.").thenText("The tool returned: " + result);
    }

    private static Optional<Answer> comparison(String question) {
        Matcher numbers = COMPARISON.matcher(question);
        if (!COMPARING.matcher(question).find() || !numbers.find()) {
            return Optional.empty();
        }
        BigDecimal a = new BigDecimal(numbers.group(1));
        BigDecimal b = new BigDecimal(numbers.group(2));
        int scale = Math.max(a.scale(), b.scale());
        String aligned =
                a.setScale(scale).toPlainString() + " and " + b.setScale(scale).toPlainString();
        String thought = "The question is about " + a.toPlainString() + " and " + b.toPlainString()
                + ". With the same number of decimals they are " + aligned + ". ";
        if (a.compareTo(b) == 0) {
            return Optional.of(Answer.thinking(thought + "They are the same.")
                    .thenText(a.toPlainString() + " and " + b.toPlainString() + " are equal."));
        }
        boolean smaller = SMALLER.matcher(question).find();
        BigDecimal wanted = smaller ? a.min(b) : a.max(b);
        String word = smaller ? "smaller" : "greater";
        String difference = a.subtract(b).abs().toPlainString();
        return Optional.of(Answer.thinking(thought + "Their difference is " + difference + ", so "
                        + wanted.toPlainString() + " is the " + word + " one.")
                .thenText(wanted.toPlainString() + " is " + word + "."));
    }

    private static Optional<Answer> letters(String question) {
        Matcher matcher = LETTERS.matcher(question);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String letter = matcher.group(1).toLowerCase(Locale.ROOT);
        String word = matcher.group(2);
        List<Integer> places = IntStream.range(0, word.length())
                .filter(i -> word.substring(i, i + 1).toLowerCase(Locale.ROOT).equals(letter))
                .mapToObj(i -> i + 1)
                .toList();
        String spelled = word.chars().mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining("-"));
        String where = places.isEmpty()
                ? "None of them is " + letter + "."
                : "The letter " + letter + " stands at "
                        + places.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".";
        return Optional.of(Answer.thinking("Spelled out: " + spelled + ". " + where)
                .thenText("There " + (places.size() == 1 ? "is " : "are ") + places.size() + " \"" + letter + "\" in \""
                        + word + "\"."));
    }

    private static Optional<Answer> sum(String question) {
        Matcher matcher = SUM.matcher(question);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String term = matcher.group().replaceAll("\\s+", " ").trim();
        try {
            ArithmeticTerm sum = new ArithmeticTerm(term);
            BigDecimal result = sum.result();
            return Optional.of(Answer.thinking("Step by step: " + String.join("; ", sum.steps()) + ".")
                    .thenText(term + " = " + result.toPlainString()));
        } catch (ArithmeticException e) {
            return Optional.of(Answer.thinking("Something is divided by zero here.")
                    .thenText(term + " has no result: it divides by zero."));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
