package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.math.BigDecimal;
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

    /** Signs of what is not computed here: a part of such a term must not be answered as if it were the whole. */
    private static final Pattern BEYOND =
            Pattern.compile("[\\^%√‰⁰¹²³⁴-⁹]|(?i)\\b(?:mod|sqrt|log|sin|cos)\\b|\\d\\s*!(?!\\s*$)");

    private static final Pattern TERM_BEFORE = Pattern.compile("(?:[a-zA-Z\\d.]|\\d,|[-+*/\u00d7\u00f7&|<>(]\\s*)$");
    private static final Pattern TERM_AFTER =
            Pattern.compile("[a-zA-Z(]|,\\d|\\s*[-+*/\u00d7\u00f7&|<(]\\s*[a-zA-Z\\d(<]");

    private static final ArithmeticLanguage IN_ENGLISH = new ArithmeticInEnglish();
    private static final ArithmeticLanguage IN_CHINESE = new ArithmeticInChinese();

    @Override
    public Answer answer(SimulatedRequest request) {
        String question = request.lastUserText();
        ArithmeticLanguage language = CHINESE.matcher(question).find() ? IN_CHINESE : IN_ENGLISH;
        if (request.lastMessage().path("role").asText().equals("tool")) {
            return language.toolResult(RequestJson.text(request.lastMessage()));
        }
        return worked(language, language, question)
                .or(() -> followUp(language, request))
                .or(() -> language.doubts(question) ? again(language, request) : Optional.empty())
                .orElseGet(() -> language.greets(question) ? language.greeting() : language.nothing());
    }

    /**
     * @param asked  in which language the question is read
     * @param spoken in which it is answered
     */
    private static Optional<Answer> worked(ArithmeticLanguage asked, ArithmeticLanguage spoken, String question) {
        return asked.comparison(question)
                .map(spoken::answer)
                .or(() -> asked.letters(question).map(spoken::answer))
                .or(() -> BEYOND.matcher(question).find()
                        ? Optional.empty()
                        : asked.term(question)
                                .filter(term -> isWhole(term, question))
                                .flatMap(term -> sum(spoken, term)));
    }

    /** Whether nothing that belongs to a term touches it: of {@code 2 + 3 * pi} only a part would be read. */
    private static boolean isWhole(String term, String question) {
        int at = question.indexOf(term);
        return at < 0
                || !TERM_BEFORE.matcher(question.substring(0, at)).find()
                        && !TERM_AFTER
                                .matcher(question.substring(at + term.length()))
                                .lookingAt();
    }

    private static List<String> asked(SimulatedRequest request) {
        return request.messages().stream()
                .filter(message -> message.path("role").asText().equals("user"))
                .map(RequestJson::text)
                .toList();
    }

    /** What such a question leaves unsaid is as it was in one of those before, the last that can be meant. */
    private static Optional<Answer> followUp(ArithmeticLanguage language, SimulatedRequest request) {
        String question = request.lastUserText();
        List<String> asked = asked(request);
        for (int i = asked.size() - 2; i >= 0; i--) {
            String before = asked.get(i);
            for (ArithmeticLanguage earlier : List.of(language, other(language))) {
                Optional<Answer> answer = earlier.comparison(before)
                        .flatMap(comparison -> language.followUp(question, comparison))
                        .map(language::answer)
                        .or(() -> earlier.letters(before)
                                .flatMap(letters -> language.followUp(question, letters))
                                .map(language::answer));
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    private static ArithmeticLanguage other(ArithmeticLanguage language) {
        return language == IN_ENGLISH ? IN_CHINESE : IN_ENGLISH;
    }

    /** The last question that could be answered, whatever the language it was asked in. */
    private static Optional<Answer> again(ArithmeticLanguage language, SimulatedRequest request) {
        List<Answer> before = asked(request).stream()
                .flatMap(asked ->
                        worked(language, language, asked).or(() -> worked(other(language), language, asked)).stream())
                .toList();
        return before.isEmpty() ? Optional.empty() : Optional.of(language.again(before.get(before.size() - 1)));
    }

    private static Optional<Answer> sum(ArithmeticLanguage language, String term) {
        try {
            ArithmeticTerm sum = new ArithmeticTerm(term);
            BigDecimal result = sum.result();
            return Optional.of(language.sum(term, result.toPlainString(), sum.steps()));
        } catch (ArithmeticException e) {
            return Optional.of(language.dividesByZero(term));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
