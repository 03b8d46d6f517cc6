package io.github.deepthink4j.samples.rag.simulator;

import io.github.deepthink4j.samples.rag.simulator.ExtractiveBrain.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that a sentence names and nobody has asked for yet, while a part of the question is not answered: where to search next.
 *
 * @param name as it stands there
 * @param open what of the question stands in no sentence so far
 */
record Lead(String name, String open) {

    /** Capitalised words that belong together, and what stands in quotation marks. */
    private static final Pattern NAME = Pattern.compile(
            "[A-Z][\\p{L}\\d'-]+(?:(?: (?:&|and|of|van|de)) ?(?= ?[A-Z])| (?=[A-Z0-9])|[\\p{L}\\d'&-])*|[“「《\"]([^”」》\"]{2,30})[”」》\"]");

    /** Of a Chinese sentence, what ends as names of firms and places do, from behind a word that introduces it. */
    private static final Pattern CHINESE_NAME =
            Pattern.compile("(?<=[由在是为于的和与向从自到给叫属归，。、：])[\\p{IsHan}&&[^由在是为于的和与向从自到给叫属归]]{2,8}?(?:公司|厂|店|局|镇|县|市|村|港)");

    private static final Pattern SHIP = Pattern.compile("[\\p{IsHan}&&[^由在是为于的和与向从自到给叫属归造]]{1,4}号");

    private static final Pattern DAY =
            Pattern.compile("day|^(?:january|february|march|april|may|june|july|august|\\w+ber)");

    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}[\\p{IsLatin}'-]+|\\d+");

    /** What any question is made of. */
    private static final Set<String> EMPTY = Set.of(
            ("in on at of to for from by with and or the an is are was were be does do did has have had can what which who"
                            + " whom whose when where why how many much long far old it its that this there one made make makes"
                            + " whats company firm name called kind someone somebody who's")
                    .split(" "));

    private static final int ALIKE = 4;

    /**
     * @param chain of sentences so far, with this one
     * @param asked the question, and what was searched for since
     */
    static Optional<Lead> in(String sentence, List<Candidate> chain, List<String> asked) {
        String open = open(asked.get(0), chain.stream().map(Candidate::sentence).toList());
        if (open.isEmpty()) {
            return Optional.empty();
        }
        String known = String.join("\n", asked).toLowerCase(Locale.ROOT);
        return names(sentence).stream()
                .filter(name -> !isKnown(name, known))
                .findFirst()
                .map(name -> new Lead(name, open));
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        NAME.matcher(text).results().forEach(match -> names.add(name(match)));
        CHINESE_NAME.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }

    /** What an answer speaks of at its end. */
    static Optional<String> lastNamed(String answer) {
        return names(answer).stream().filter(name -> !isKnown(name, "")).reduce((earlier, later) -> later);
    }

    private static String name(MatchResult match) {
        return match.group(1) == null ? match.group().strip() : match.group(1);
    }

    private static boolean isKnown(String name, String known) {
        String plain = name.toLowerCase(Locale.ROOT);
        return known.contains(plain)
                || EMPTY.contains(plain)
                || DAY.matcher(plain).find()
                || plain.length() < 3 && !plain.matches("\\p{IsHan}+");
    }

    /** What of the question stands in none of the sentences that have been found: its words, or of Chinese its characters. */
    private static String open(String question, List<String> sentences) {
        String found = String.join("\n", sentences).toLowerCase(Locale.ROOT);
        Set<String> foundWords = words(found).stream().map(Lead::stem).collect(Collectors.toSet());
        String latin = words(question).stream()
                .filter(word -> !EMPTY.contains(word.toLowerCase(Locale.ROOT)))
                .filter(word -> !foundWords.contains(stem(word)))
                .collect(Collectors.joining(" "));
        StringBuilder han = new StringBuilder();
        String plain = question.replaceAll("\\P{IsHan}|[的是在哪个什么吗呢了几多少谁]", "");
        for (int i = 0; i < plain.length(); i++) {
            boolean known = i > 0 && found.contains(plain.substring(i - 1, i + 1))
                    || i + 2 <= plain.length() && found.contains(plain.substring(i, i + 2));
            han.append(known ? "" : plain.charAt(i));
        }
        return (latin + " " + han).strip();
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String stem(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        return small.length() <= ALIKE ? small : small.substring(0, ALIKE);
    }

    String query() {
        return name + " " + open;
    }

    /**
     * Of these sentences those that speak of what is searched for by its name, the one with most of the words first: of the others one is
     * the nearest by chance. Where a question names nothing that is spoken of, all of them.
     *
     * @param first whether it is the question itself; a later search begins with a name
     */
    static List<Candidate> about(String query, boolean first, List<Candidate> nearestFirst) {
        List<String> names = first ? named(query) : List.of(beginning(query));
        List<Candidate> about = nearestFirst.stream()
                .filter(candidate -> names.stream().anyMatch(name -> speaksOf(candidate, name)))
                .sorted(Comparator.comparingLong((Candidate candidate) -> shared(query, candidate))
                        .reversed())
                .toList();
        return first && about.isEmpty() ? nearestFirst : about;
    }

    private static String beginning(String query) {
        Matcher latin = NAME.matcher(query);
        return latin.lookingAt() ? name(latin) : query.replaceFirst(" .*", "");
    }

    private static List<String> named(String question) {
        List<String> names = new ArrayList<>();
        NAME.matcher(question).results().map(Lead::name).forEach(names::add);
        SHIP.matcher(question).results().map(MatchResult::group).forEach(names::add);
        names.removeIf(name -> EMPTY.contains(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static long shared(String query, Candidate candidate) {
        Set<String> there = words(candidate.sentence()).stream().map(Lead::stem).collect(Collectors.toSet());
        return words(query).stream()
                .filter(word -> !EMPTY.contains(word.toLowerCase(Locale.ROOT)))
                .map(Lead::stem)
                .distinct()
                .filter(there::contains)
                .count();
    }

    private static boolean speaksOf(Candidate candidate, String name) {
        return (candidate.sentence() + "\n" + candidate.passage().heading()).contains(name);
    }
}
