package io.github.deepthink4j.samples.rag.evidence;

import io.github.deepthink4j.samples.rag.model.Language;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds a claim against the passages that it cites, by rule: its numbers and names must stand there, and it must not deny what they say.
 * A mark at a right sentence would cost more trust than one that is missing, so in doubt there is none.
 */
public final class RuleCheck {

    private static final Pattern CITATION = Pattern.compile("[\\[【](?:citation:)? ?\\d[^\\]】]{0,40}[\\]】]");
    private static final Pattern ABOUT = Pattern.compile(
            "(?i)(?:\\b(?:about|around|roughly|approx\\w*|nearly|almost|some|over|more than|less than|under|at least|up to)\\b|约|近|超过|大概|不到|至少|[~≈])[^\\d,;.、，。]{0,6}$");
    private static final Pattern OR_SO = Pattern.compile("^.{0,3}(?:左右|上下|以上|以下|多[年个]|or so)");
    private static final Pattern SUM_BEFORE = Pattern.compile(
            "(?i)(?:\\b(?:difference|total|together|combined|altogether|sum|extra|another|by)\\b[^,;.]{0,12}|[多少高低重轻长短晚早共差][^\\d、，。]{0,4})$");
    private static final Pattern SUM_AFTER = Pattern.compile(
            "(?i)^.{0,3}(?:\\w+ )?(?:more|less|fewer|heavier|lighter|longer|shorter|later|earlier|higher|lower|in total|together|altogether|apart|difference)\\b|^.{0,4}(?:的差|之差)");
    private static final Pattern DENIED =
            Pattern.compile("(?i)\\b(?:not|no|never|cannot|only|instead|rather)\\b|n't\\b|[不没未无非]|只|而是");
    private static final Pattern NAMED_NUMBER = Pattern.compile("(\\p{Lu}[\\p{L}]+) (\\d+(?:\\.\\d+)*)(?![\\d.]*\\d)");

    private static final Pattern DENYING_WHAT_FOLLOWS = Pattern.compile(
            "(?i)(?:\\b(?:not|never|cannot|instead of|rather than)\\b|n't\\b|[不没未非])(?:(?!\\bbut\\b|而是)[^,;:.、。；：])*$");

    private static final Pattern NOWHERE = Pattern.compile("(?!)");
    private static final int LONGEST_SENTENCE = 3_000;

    private final String question;
    private final List<Passage> passages;

    /**
     * @param question what it is an answer to: it names what the answer is about
     * @param passages all that were read
     */
    public RuleCheck(String question, List<Passage> passages) {
        this.question = question;
        this.passages = List.copyOf(passages);
    }

    /**
     * Why a sentence does not hold, in a few words for its reader; empty if nothing speaks against it.
     *
     * @param cited the numbers of passages there are
     */
    public Optional<String> objection(String sentence, Set<Integer> cited) {
        try {
            return sentence.length() > LONGEST_SENTENCE ? Optional.empty() : objectionTo(sentence, cited);
        } catch (StackOverflowError e) {
            // A text made to be too much for a pattern is no reason to lose the answer.
            return Optional.empty();
        }
    }

    private Optional<String> objectionTo(String sentence, Set<Integer> cited) {
        String claim = CITATION.matcher(sentence).replaceAll("").strip();
        List<Passage> sources = passages.stream()
                .filter(passage -> cited.contains(passage.number()))
                .toList();
        if (sources.isEmpty() || claim.isEmpty()) {
            return Optional.empty();
        }
        String numbers =
                sources.stream().map(source -> String.valueOf(source.number())).collect(Collectors.joining(", "));
        String read = sources.stream().map(RuleCheck::read).collect(Collectors.joining("\n\n"));
        List<String> texts = sources.stream().map(Passage::text).toList();
        Optional<String> missing = missing(claim, read, String.join("\n", texts));
        if (missing.isPresent()) {
            return missing.map(text ->
                    Words.of("\"" + text + "\" is not in passage " + numbers, "段落 " + numbers + " 里没有“" + text + "”"));
        }
        return Denials.in(claim)
                .between(claim, texts)
                .map(found -> found.denied()
                        ? Words.of(
                                "it says \"" + found.word() + "\", passage " + numbers + " does not",
                                "这里说“" + found.word() + "”，段落 " + numbers + " 没有")
                        : Words.of(
                                "passage " + numbers + " says \"" + found.word() + "\"",
                                "段落 " + numbers + " 说的是“" + found.word() + "”"));
    }

    private static String read(Passage passage) {
        return passage.file() + "\n" + passage.heading() + "\n" + passage.text();
    }

    private Optional<String> missing(String claim, String read, String texts) {
        List<String> missing = new ArrayList<>();
        missing.addAll(missingNumbers(claim, read));
        missing.addAll(missingNames(claim, read, texts));
        return missing.stream().findFirst();
    }

    private List<String> missingNumbers(String claim, String read) {
        List<Quantity> there = Quantities.in(read);
        List<Quantity> asked = Quantities.in(question);
        List<Quantity> claimed = Quantities.claimed(claim, read);
        boolean oneIsThere = claimed.stream().anyMatch(quantity -> quantity.isAmong(there));
        boolean denied = DENIED.matcher(claim).find();
        List<String> missing = new ArrayList<>();
        for (Quantity quantity : claimed) {
            boolean holds = quantity.isAmong(there)
                    || (oneIsThere || denied) && quantity.isAmong(asked)
                    || oneIsThere && isDenied(quantity, claim)
                    || stands(quantity, claim, ABOUT, OR_SO) && quantity.isRoundOf(there)
                    || stands(quantity, claim, SUM_BEFORE, SUM_AFTER) && quantity.isSumOrDifferenceIn(there)
                    || isPartOfAKnownName(quantity, claim);
            if (!holds) {
                missing.add(quantity.text());
            }
        }
        missing.addAll(otherModels(claim, read));
        return missing;
    }

    /** {@code not three hours but 2}. */
    private static boolean isDenied(Quantity quantity, String claim) {
        return stands(quantity, claim, DENYING_WHAT_FOLLOWS, NOWHERE);
    }

    /** Whether this stands before it, or that behind it. */
    private static boolean stands(Quantity quantity, String claim, Pattern before, Pattern behind) {
        String text = Quantities.normalized(claim);
        int at = text.indexOf(quantity.text());
        return at >= 0
                && (before.matcher(text.substring(0, at)).find()
                        || behind.matcher(text.substring(at + quantity.text().length()))
                                .find());
    }

    /** {@code Ostro 2}, where only the question or other passages say which. */
    private boolean isPartOfAKnownName(Quantity quantity, String claim) {
        return NAMED_NUMBER
                .matcher(claim)
                .results()
                .filter(name -> name.group(2).equals(quantity.text()))
                .anyMatch(name -> isKnown(name.group()));
    }

    /** {@code Ostro 3} where the passage has a number behind each {@code Ostro}, and another one. */
    private List<String> otherModels(String claim, String read) {
        List<String> others = new ArrayList<>();
        NAMED_NUMBER.matcher(claim).results().forEach(name -> {
            Set<String> numbers = new TreeSet<>();
            NAMED_NUMBER
                    .matcher(read)
                    .results()
                    .filter(other -> other.group(1).equals(name.group(1)))
                    .forEach(other -> numbers.add(other.group(2)));
            boolean dated = English.month(name.group(1)) > 0;
            if (!numbers.isEmpty() && !numbers.contains(name.group(2)) && !dated && !isKnown(name.group())) {
                others.add(name.group());
            }
        });
        return others;
    }

    private List<String> missingNames(String claim, String read, String texts) {
        List<String> names = new ArrayList<>(Names.codes(claim));
        Set<Language> languages = Language.of(claim);
        if (languages.equals(Language.of(texts))) {
            names.addAll(languages.equals(Set.of(Language.ENGLISH)) ? Names.capitalised(claim) : Names.titles(claim));
        } else {
            names.removeIf(name -> name.matches("\\D*\\d"));
        }
        names.removeIf(name -> Names.isIn(read, name) || isKnown(name));
        return names;
    }

    /** The question names it, or it is what several passages are about. */
    private boolean isKnown(String name) {
        return Names.isIn(question, name)
                || passages.stream()
                                .filter(passage -> Names.isIn(read(passage), name))
                                .count()
                        > 1;
    }
}
