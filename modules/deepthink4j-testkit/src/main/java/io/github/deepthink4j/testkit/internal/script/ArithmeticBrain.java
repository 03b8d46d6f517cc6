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

    private static final ArithmeticLanguage IN_ENGLISH = new ArithmeticInEnglish();
    private static final ArithmeticLanguage IN_CHINESE = new ArithmeticInChinese();

    @Override
    public Answer answer(SimulatedRequest request) {
        String question = request.lastUserText();
        ArithmeticLanguage language = CHINESE.matcher(question).find() ? IN_CHINESE : IN_ENGLISH;
        if (request.lastMessage().path("role").asText().equals("tool")) {
            return language.toolResult(RequestJson.text(request.lastMessage()));
        }
        return worked(language, question)
                .or(() -> language.doubts(question) ? again(language, request) : Optional.empty())
                .orElseGet(() -> language.greets(question) ? language.greeting() : language.nothing());
    }

    private static Optional<Answer> worked(ArithmeticLanguage language, String question) {
        return language.comparison(question)
                .map(language::answer)
                .or(() -> language.letters(question).map(language::answer))
                .or(() -> language.term(question).flatMap(term -> sum(language, term)));
    }

    /** The last question that could be answered, whatever the language it was asked in. */
    private static Optional<Answer> again(ArithmeticLanguage language, SimulatedRequest request) {
        List<Answer> before = request.messages().stream()
                .filter(message -> message.path("role").asText().equals("user"))
                .map(RequestJson::text)
                .flatMap(asked ->
                        worked(language, asked)
                                .or(() -> worked(language == IN_ENGLISH ? IN_CHINESE : IN_ENGLISH, asked))
                                .stream())
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
