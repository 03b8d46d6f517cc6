package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the questions that {@link ArithmeticBrain} understands are asked in a language, and how they are answered in it. A question is
 * understood if all of it is: of a part there is no right answer. It comes as {@link PlainQuestion} makes it.
 */
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
     * @param all     the numbers that were named, of which these are two
     */
    record Comparison(BigDecimal a, BigDecimal b, boolean smaller, List<String> all) implements Topic {

        private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

        static Comparison of(String a, String b, boolean smaller) {
            return new Comparison(new BigDecimal(a), new BigDecimal(b), smaller, List.of(a, b));
        }

        /**
         * Of several numbers: the one that is asked for, and the one next to it.
         *
         * @param numbers two at least
         */
        static Comparison of(List<String> numbers, boolean smaller) {
            TreeSet<BigDecimal> different =
                    numbers.stream().map(BigDecimal::new).collect(Collectors.toCollection(TreeSet::new));
            if (numbers.size() == 2 || different.size() == 1) {
                return of(numbers.get(0), numbers.get(1), smaller);
            }
            List<BigDecimal> sorted = List.copyOf(smaller ? different : different.descendingSet());
            return new Comparison(sorted.get(1), sorted.get(0), smaller, numbers);
        }

        @Override
        public Answer in(ArithmeticLanguage spoken) {
            return spoken.answer(this);
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return asked.asksForTheDifference(question)
                    ? Optional.of(new Difference(this))
                    : asked.followUp(question, this).map(Topic.class::cast);
        }

        /** The same numbers, of which the smallest or the greatest is asked for now. */
        Comparison askedFor(boolean other) {
            return of(all, other);
        }

        /** What was asked for, and another number. */
        Comparison with(String number, boolean other) {
            return of(wanted(), number, other);
        }

        /** The numbers of a list. */
        static List<String> listed(String list) {
            return NUMBER.matcher(list).results().map(MatchResult::group).toList();
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

        String other() {
            return (smaller ? a.max(b) : a.min(b)).toPlainString();
        }

        String difference() {
            BigDecimal difference = a.subtract(b).abs().stripTrailingZeros();
            return difference.setScale(Math.max(difference.scale(), 0)).toPlainString();
        }

        /** One of the two with as many decimals as the longer one has. */
        String aligned(BigDecimal number) {
            return number.setScale(Math.max(a.scale(), b.scale())).toPlainString();
        }
    }

    /** By how much the numbers of a comparison differ. */
    record Difference(Comparison comparison) implements Topic {

        @Override
        public Answer in(ArithmeticLanguage spoken) {
            return spoken.answer(this);
        }

        @Override
        public Optional<Topic> followedBy(String question, ArithmeticLanguage asked) {
            return comparison.followedBy(question, asked);
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

        /** Of the letters only: in a word of two parts neither a hyphen nor a blank has a place. */
        private List<String> letters() {
            return word.codePoints()
                    .filter(Character::isLetter)
                    .mapToObj(Character::toString)
                    .toList();
        }

        List<Integer> places() {
            List<String> letters = letters();
            return IntStream.range(0, letters.size())
                    .filter(i -> letters.get(i).toLowerCase(Locale.ROOT).equals(letter))
                    .mapToObj(i -> i + 1)
                    .toList();
        }

        String places(String separator) {
            return places().stream().map(String::valueOf).collect(Collectors.joining(separator));
        }

        String spelled() {
            return String.join("-", letters());
        }
    }

    /** Empty if not all of the question is one. */
    Optional<Comparison> comparison(String plain);

    Answer answer(Comparison comparison);

    /** Whether it asks by how much the numbers differ that were compared before. */
    boolean asksForTheDifference(String plain);

    Answer answer(Difference difference);

    /** Empty if not all of the question is one. */
    Optional<LetterCount> letters(String plain);

    Answer answer(LetterCount letters);

    /** What may be a term of {@link ArithmeticTerm}'s, with nothing else in the question but what asks for its result. */
    Optional<String> term(String plain);

    Answer sum(String term, String result, List<String> steps);

    /** A sum whose result no decimal can say. */
    Answer roughly(String term, String result, List<String> steps);

    Answer dividesByZero(String term);

    Answer toolResult(String result);

    /** Whether it asks about the answer before it: why, or whether that is sure. */
    boolean doubts(String plain);

    /** The same answer, with the way to it told. */
    Answer again(Answer before);

    boolean greets(String question);

    Answer greeting();

    /** To everything else. */
    Answer nothing();

    /** "And 9.2 and 9.11?": compared as the two before were; "Which is smaller?": the two before, asked for anew. */
    Optional<Comparison> followUp(String plain, Comparison before);

    /** "And in blueberry?": counted as before, but for what the question names. */
    Optional<LetterCount> followUp(String plain, LetterCount before);
}
