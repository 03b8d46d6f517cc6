package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.internal.script.ArithmeticLanguage.Topic;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The built-in brain of offline samples. It really compares decimals, counts letters and does sums, asked in English or in
 * Chinese, and says plainly of everything else that it is no model.
 */
final class ArithmeticBrain implements Brain {

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
            Optional<Topic> understood = topic(earlier, topics);
            if (understood.isEmpty() && !goesOn(earlier)) {
                // It was about something else, and so may be what follows it.
                topics.clear();
            }
            understood.ifPresent(topics::add);
        }
        if (language.doubts(PlainQuestion.of(question)) && !topics.isEmpty()) {
            // The last answer once more, whatever the language it was asked for in.
            return language.again(topics.get(topics.size() - 1).in(language));
        }
        return topic(question, topics)
                .map(topic -> topic.in(language))
                .orElseGet(() -> language.greets(question) ? language.greeting() : language.nothing());
    }

    /** Whether it has no topic of its own. */
    private static boolean goesOn(String question) {
        ArithmeticLanguage language = languageOf(question);
        return language.doubts(PlainQuestion.of(question)) || language.greets(question);
    }

    private static List<String> asked(SimulatedRequest request) {
        return request.messages().stream()
                .filter(message -> message.path("role").asText().equals("user"))
                .map(RequestJson::text)
                .toList();
    }

    private static ArithmeticLanguage languageOf(String question) {
        return PlainQuestion.isChinese(question) ? IN_CHINESE : IN_ENGLISH;
    }

    /** What a question leaves unsaid is as it was in one of those before, the last that can be meant. */
    private static Optional<Topic> topic(String question, List<Topic> before) {
        ArithmeticLanguage asked = languageOf(question);
        String plain = PlainQuestion.of(question);
        Optional<Topic> whole = whole(asked, plain);
        for (int i = before.size() - 1; i >= 0 && whole.isEmpty() && PlainQuestion.hasClearNumbers(plain); i--) {
            whole = before.get(i).followedBy(plain, asked);
        }
        return whole;
    }

    private static Optional<Topic> whole(ArithmeticLanguage asked, String plain) {
        Optional<Topic> letters = asked.letters(plain).map(Topic.class::cast);
        return !PlainQuestion.hasClearNumbers(plain)
                ? letters
                : letters.or(() -> asked.comparison(plain))
                        .or(() -> asked.term(plain).flatMap(Sum::of));
    }

    /** A term that can be worked out, or would be, but for a zero. */
    private record Sum(String term) implements Topic {

        /** A number of a telephone, or a date, is no difference, nor is 0x10 a product. */
        private static final Pattern NO_SUM = Pattern.compile(
                "\\d{3,}-\\d{4,}|\\d+(?:-\\d+){2,}|\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{4}/\\d{1,2}/\\d{1,2}|(?i).*(?<![\\d.])0x\\d.*");

        private static final Pattern TERM = Pattern.compile(
                "[-(]*[\\d.][\\d.\\s+*/xX\u00d7\u00f7()-]*[-+*/xX\u00d7\u00f7][\\d.\\s+*/xX\u00d7\u00f7()-]*[\\d.)]");

        static Optional<Topic> of(String term) {
            if (!TERM.matcher(term).matches() || NO_SUM.matcher(term).matches()) {
                return Optional.empty();
            }
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
                Fraction result = sum.result();
                return result.isDecimal()
                        ? spoken.sum(term, result.decimal(), sum.steps())
                        : spoken.roughly(term, result.decimal(), sum.steps());
            } catch (ArithmeticException e) {
                return spoken.dividesByZero(term);
            }
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return Optional.empty();
        }
    }
}
