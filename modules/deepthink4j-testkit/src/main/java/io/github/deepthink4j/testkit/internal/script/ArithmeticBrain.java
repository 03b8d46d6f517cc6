package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.script.ArithmeticLanguage.Topic;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The built-in brain of offline samples. It really compares decimals, counts letters and does sums, asked in English or in
 * Chinese, and says plainly of everything else that it is no model.
 */
final class ArithmeticBrain implements Brain {

    /** Of a sum in digits only the punctuation may be Chinese. */
    private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}\u3001\u3002\uff01-\uff5e]");

    /** What is not computed here: a part of it must not be answered as if it were the whole. */
    private static final Pattern BEYOND = Pattern.compile("[\\^%√‰½¼¾⅓⅔⁰¹²³⁴-⁹]|\\d\\s*!(?!\\s*$)|\\d[eE]\\d|\\*\\*"
            + "|\\b\\d{1,3},\\d{3}\\b|\\d\\.\\d+\\.\\d"
            + "|(?i)\\b(?:mod|sqrt|log|ln|sin|cos|tan|abs|plus|minus|times|divided?|multiplied|squared?|cubed?|power|root"
            + "|percent|half|twice|doubled?|tripled?|factorial|average|quarter|third)\\b"
            + "|平方|立方|次方|开方|根号|百分|倍|一半|阶乘|余数|平均");

    /** Numbers that are parts of a term are not compared. */
    private static final Pattern OPERATION = Pattern.compile("[\\d)]\\s*[-+*/\u00d7\u00f7]\\s*[\\d(]");

    private static final Pattern TERM_BEFORE = Pattern.compile("(?:[a-zA-Z\\d.]|[-+*/\u00d7\u00f7&|<>(]\\s*)$");
    private static final Pattern TERM_AFTER = Pattern.compile("[a-zA-Z(]|\\s*[-+*/\u00d7\u00f7&|<(]\\s*[\\p{L}\\d(<]");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    private static final ArithmeticLanguage IN_ENGLISH = new ArithmeticInEnglish();
    private static final ArithmeticLanguage IN_CHINESE = new ArithmeticInChinese();

    @Override
    public Answer answer(SimulatedRequest request) {
        String question = request.lastUserText();
        ArithmeticLanguage language = languageOf(question);
        if (request.lastMessage().path("role").asText().equals("tool")) {
            return language.toolResult(RequestJson.text(request.lastMessage()));
        }
        List<Topic> topics = new ArrayList<>();
        List<String> asked = asked(request);
        for (String earlier : asked.subList(0, Math.max(0, asked.size() - 1))) {
            topic(earlier, topics).ifPresent(topics::add);
        }
        return topic(question, topics)
                .map(topic -> topic.in(language))
                .or(() -> language.doubts(question) ? again(language, topics) : Optional.empty())
                .orElseGet(() -> language.greets(question) ? language.greeting() : language.nothing());
    }

    private static List<String> asked(SimulatedRequest request) {
        return request.messages().stream()
                .filter(message -> message.path("role").asText().equals("user"))
                .map(RequestJson::text)
                .toList();
    }

    private static ArithmeticLanguage languageOf(String question) {
        return CHINESE.matcher(question).find() ? IN_CHINESE : IN_ENGLISH;
    }

    /** What a question leaves unsaid is as it was in one of those before, the last that can be meant. */
    private static Optional<Topic> topic(String question, List<Topic> before) {
        ArithmeticLanguage asked = languageOf(question);
        Optional<Topic> whole = whole(asked, question);
        for (int i = before.size() - 1; i >= 0 && whole.isEmpty(); i--) {
            whole = before.get(i).followedBy(question, asked);
        }
        return whole;
    }

    private static Optional<Topic> whole(ArithmeticLanguage asked, String question) {
        String spelled = asked.spelled(question);
        boolean beyond = BEYOND.matcher(spelled).find();
        Optional<Topic> compared = beyond || OPERATION.matcher(spelled).find()
                ? Optional.empty()
                : asked.comparison(question).map(Topic.class::cast);
        return compared.or(() -> asked.letters(question))
                .or(() -> beyond
                        ? Optional.empty()
                        : asked.term(spelled)
                                .filter(term -> isWhole(term, spelled))
                                .flatMap(Sum::of));
    }

    /** Whether nothing that may belong to it stands beside a term: of {@code 2 + 3 * pi} only a part would be read. */
    private static boolean isWhole(String term, String question) {
        int at = question.indexOf(term);
        String before = question.substring(0, at);
        String after = question.substring(at + term.length());
        return !TERM_BEFORE.matcher(before).find()
                && !TERM_AFTER.matcher(after).lookingAt()
                && !DIGIT.matcher(before + after).find();
    }

    /** The last answer once more, whatever the language it was asked for in. */
    private static Optional<Answer> again(ArithmeticLanguage language, List<Topic> topics) {
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of(language.again(topics.get(topics.size() - 1).in(language)));
    }

    /** A term that can be worked out, or would be, but for a zero. */
    private record Sum(String term) implements Topic {

        static Optional<Topic> of(String term) {
            try {
                new ArithmeticTerm(term).result();
            } catch (ArithmeticException e) {
                // To say so is an answer.
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            return Optional.of(new Sum(term));
        }

        @Override
        public Answer in(ArithmeticLanguage spoken) {
            ArithmeticTerm sum = new ArithmeticTerm(term);
            try {
                BigDecimal result = sum.result();
                return spoken.sum(term.replaceAll("\\s+", " "), result.toPlainString(), sum.steps());
            } catch (ArithmeticException e) {
                return spoken.dividesByZero(term.replaceAll("\\s+", " "));
            }
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return Optional.empty();
        }
    }
}
