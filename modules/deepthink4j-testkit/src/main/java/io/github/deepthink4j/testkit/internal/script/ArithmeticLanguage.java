package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the questions that {@link ArithmeticBrain} understands are asked in a language, and how they are answered in it. */
interface ArithmeticLanguage {

    /** What a question is about. */
    interface Topic {

        Answer in(ArithmeticLanguage spoken);

        /** What a question is about that leaves unsaid what was said before; empty if it is none. */
        Optional<Topic> followedBy(String question, ArithmeticLanguage asked);
    }

    /**
     * Two numbers, one of which is asked for.
     *
     * @param smaller whether it is the smaller one
     */
    record Comparison(BigDecimal a, BigDecimal b, boolean smaller) implements Topic {

        private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

        static Comparison of(String a, String b, boolean smaller) {
            return new Comparison(new BigDecimal(a), new BigDecimal(b), smaller);
        }

        /**
         * Of several numbers: the one that is asked for, and the one next to it.
         *
         * @param numbers two at least
         */
        static Comparison of(List<String> numbers, boolean smaller) {
            if (numbers.size() == 2) {
                return of(numbers.get(0), numbers.get(1), smaller);
            }
            List<BigDecimal> sorted = numbers.stream()
                    .map(BigDecimal::new)
                    .sorted(smaller ? Comparator.naturalOrder() : Comparator.reverseOrder())
                    .toList();
            return new Comparison(sorted.get(1), sorted.get(0), smaller);
        }

        @Override
        public Answer in(ArithmeticLanguage spoken) {
            return spoken.answer(this);
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return asked.followUp(question, this).map(Topic.class::cast);
        }

        /** What was asked for, and the one number that the question names. */
        Optional<Comparison> with(String question, boolean smaller) {
            List<String> numbers =
                    NUMBER.matcher(question).results().map(MatchResult::group).toList();
            return numbers.size() == 1 ? Optional.of(of(wanted(), numbers.get(0), smaller)) : Optional.empty();
        }

        /** All numbers of a list, of which a pattern has found the first two. */
        static List<String> listed(Matcher firstTwo, Pattern another, String question) {
            List<String> numbers = new ArrayList<>(List.of(firstTwo.group(1), firstTwo.group(2)));
            Matcher more = another.matcher(question).region(firstTwo.end(2), question.length());
            while (more.lookingAt()) {
                numbers.add(more.group(1));
                more.region(more.end(1), question.length());
            }
            // A number that stands apart belongs to the question as well: none may be lost.
            List<String> all =
                    NUMBER.matcher(question).results().map(MatchResult::group).toList();
            boolean isComplete = all.stream()
                    .map(BigDecimal::new)
                    .allMatch(number ->
                            numbers.stream().anyMatch(listed -> new BigDecimal(listed).compareTo(number) == 0));
            return isComplete ? numbers : all;
        }

        boolean areEqual() {
            return a.compareTo(b) == 0;
        }

        String first() {
            return a.toPlainString();
        }

        String second() {
            return b.toPlainString();
        }

        String wanted() {
            return (smaller ? a.min(b) : a.max(b)).toPlainString();
        }

        String difference() {
            return a.subtract(b).abs().toPlainString();
        }

        /** One of the two with as many decimals as the longer one has. */
        String aligned(BigDecimal number) {
            return number.setScale(Math.max(a.scale(), b.scale())).toPlainString();
        }
    }

    /** Letters of a kind in a word, in any case. */
    record LetterCount(String letter, String word) implements Topic {

        public LetterCount {
            letter = letter.toLowerCase(Locale.ROOT);
        }

        @Override
        public Answer in(ArithmeticLanguage spoken) {
            return spoken.answer(this);
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return asked.followUp(question, this).map(Topic.class::cast);
        }

        /** Of another letter, or in another word, whichever the question names. */
        Optional<LetterCount> with(String question, Pattern oneLetter, Pattern oneWord) {
            Matcher letterNamed = oneLetter.matcher(question);
            if (letterNamed.find()) {
                return Optional.of(new LetterCount(letterNamed.group(1), word));
            }
            Matcher wordNamed = oneWord.matcher(question);
            return wordNamed.find() ? Optional.of(new LetterCount(letter, wordNamed.group(1))) : Optional.empty();
        }

        List<Integer> places() {
            return IntStream.range(0, word.length())
                    .filter(i ->
                            word.substring(i, i + 1).toLowerCase(Locale.ROOT).equals(letter))
                    .mapToObj(i -> i + 1)
                    .toList();
        }

        String places(String separator) {
            return places().stream().map(String::valueOf).collect(Collectors.joining(separator));
        }

        String spelled() {
            return word.chars().mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining("-"));
        }
    }

    Optional<Comparison> comparison(String question);

    Answer answer(Comparison comparison);

    Optional<LetterCount> letters(String question);

    Answer answer(LetterCount letters);

    /** The question with the digits and signs of {@link ArithmeticTerm}. */
    String spelled(String question);

    /** What looks like a term of {@link ArithmeticTerm}'s in a question so spelled, as it stands there, and need not be one. */
    Optional<String> term(String spelled);

    Answer sum(String term, String result, List<String> steps);

    Answer dividesByZero(String term);

    Answer toolResult(String result);

    /** Whether it asks about the answer before it: why, or whether that is sure. */
    boolean doubts(String question);

    /** The same answer, with the way to it told. */
    Answer again(Answer before);

    boolean greets(String question);

    Answer greeting();

    /** To everything else. */
    Answer nothing();

    /** "And 9.2 and 9.11?": compared as the two before were. */
    Optional<Comparison> followUp(String question, Comparison before);

    /** "And in blueberry?": counted as before, but for what the question names. */
    Optional<LetterCount> followUp(String question, LetterCount before);
}
