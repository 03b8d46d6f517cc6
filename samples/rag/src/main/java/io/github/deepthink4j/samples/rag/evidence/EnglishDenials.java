package io.github.deepthink4j.samples.rag.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By the words around {@code not}, {@code no}, {@code never} and the like: what is denied, and of what. */
final class EnglishDenials implements Denials {

    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=[.!?;:])[\"”’')]*\\s+|\\n\\s*\\n|\\n(?=\\s*(?:[-*|#]|\\d+[.)]))|(?<=\\|)\\n");
    private static final Pattern CLAUSE_END = Pattern.compile(
            "[,;:()–—]|\\b(?:and|but|or|because|since|so|while|although|though|which|that|if|when|unless|until|as|than)\\b");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}.%°/-]*");

    private static final Pattern NOT_DENYING = Pattern.compile(
            "(?i)\\b(?:not|no|nor)\\s+(?:only|just|more|less|later|longer than|earlier|fewer|until|necessarily|always|all|every|need)\\b"
                    + "|\\bno\\.\\s*\\d|\\bwhether or not\\b");
    private static final Pattern ANSWER = Pattern.compile("(?i)^\\s*[-*>]*\\s*(?:yes|no)\\b[,.:;!–—-]*");
    private static final Pattern DENYING =
            Pattern.compile("(?i)\\b(?:not|never|no|cannot|nor|neither|without|none|nobody|nothing)\\b|n't\\b");

    /** What may deny in its own way: where one of these stands nothing is said to be asserted. */
    private static final Pattern NEGATIVE = Pattern.compile(
            "(?i)" + DENYING.pattern().substring(4)
                    + "|\\b(?:impossible|unable|refus\\w*|forb\\w*|prohibit\\w*|exclu\\w*|lack\\w*|fail\\w*|except\\w*|instead|rather|unlike|hardly"
                    + "|barely|rarely|seldom|avoid\\w*|prevent\\w*|remov\\w*|off|only|los[st]\\w*|miss\\w*|absent|stop\\w*|den[iy]\\w*|too|away|longer"
                    + "|un\\w{5,}|in(?:valid|correct|capable|ability|sufficient|accurate)|non-?\\w+|\\w{3,}less|little|few|against|dis\\w{5,}|nowhere)\\b");

    private static final Pattern CONDITION = Pattern.compile(
            "(?i)\\b(?:below|above|under|over|before|after|until|unless|if|when|while|during|within|less|more|at|from|between|outside|inside"
                    + "|as long as|once|except|otherwise|by itself|alone|yet|still|already|later|earlier|again|anymore|currently|now)\\b");

    private static final Set<String> EMPTY = Set.of(
            ("a an the this that these those it its they them their he she his her we us our you your i is are was were be been being am do does did"
                            + " has have had having can could may might must shall should will would need to of in on at by for with from into onto as"
                            + " and or but not no never cannot nor neither without none nobody nothing any all some each every only also even just"
                            + " there here so such very much many more most than then too again yet still already ever which who whom whose what"
                            + " when where how why if while during about over under up down out off both either own same other another one")
                    .split(" "));

    /** Whatever the documents are about. */
    private static final Set<String> ANYTHING = Set.of(
            "instrument",
            "device",
            "product",
            "unit",
            "machine",
            "model",
            "system",
            "thing",
            "software",
            "tool",
            "appliance");

    /**
     * What a sentence denies.
     *
     * @param words      that say what; of them one may say of what
     * @param conditions under which
     */
    private record Denial(String by, List<String> words, Set<String> conditions) {}

    @Override
    public Optional<Contradiction> between(String claim, List<String> passages) {
        List<String> said = new ArrayList<>();
        passages.forEach(passage -> said.addAll(sentences(passage)));
        boolean denies = NEGATIVE.matcher(plain(claim)).find()
                || ANSWER.matcher(claim).find() && claim.strip().matches("(?is)[-*>\\s]*no\\b.*");
        return denies ? deniedWhatIsSaid(claim, said) : saidWhatIsDenied(claim, said, String.join("\n", passages));
    }

    private static Optional<Contradiction> saidWhatIsDenied(String claim, List<String> said, String passages) {
        List<String> claimed = content(ANSWER.matcher(claim).replaceFirst(""));
        Set<String> conditions = conditions(claim);
        for (int i = 0; i < said.size(); i++) {
            for (Denial denial : denials(said.get(i))) {
                String context = (i > 0 ? said.get(i - 1) : "") + "\n" + said.get(i);
                if (conditions.containsAll(denial.conditions())
                        && hasAll(claimed, denial.words())
                        && isOfTheSame(claimed, denial, content(context), content(passages))
                        && said.stream().noneMatch(other -> asserts(other, denial.words()))) {
                    return Optional.of(new Contradiction(denial.by(), false));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Contradiction> deniedWhatIsSaid(String claim, List<String> said) {
        List<String> claimed = content(ANSWER.matcher(claim).replaceFirst(""));
        for (Denial denial : denials(ANSWER.matcher(claim).replaceFirst(""))) {
            boolean denied = said.stream()
                    .anyMatch(other -> NEGATIVE.matcher(other).find()
                            && has(content(other), denial.words().get(0)));
            for (int i = 0; i < said.size() && !denied; i++) {
                String sentence = said.get(i);
                List<String> context = content((i > 0 ? said.get(i - 1) : "") + "\n" + sentence);
                long known = claimed.stream()
                        .filter(word -> has(context, word) || ANYTHING.contains(word))
                        .count();
                if (asserts(sentence, denial.words())
                        && conditions(sentence).containsAll(denial.conditions())
                        && known * 10 >= claimed.size() * 7L) {
                    return Optional.of(new Contradiction(denial.by(), true));
                }
            }
        }
        return Optional.empty();
    }

    /** What stands before the words in the claim is what the denial is about, or stands nowhere in the passages. */
    private static boolean isOfTheSame(
            List<String> claimed, Denial denial, List<String> context, List<String> passages) {
        for (String word : claimed) {
            if (has(denial.words(), word)) {
                return true;
            }
            if (!ANYTHING.contains(word) && !has(context, word) && has(passages, word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean asserts(String sentence, List<String> words) {
        return !NEGATIVE.matcher(sentence).find() && hasAll(content(sentence), words);
    }

    private static List<Denial> denials(String sentence) {
        List<Denial> denials = new ArrayList<>();
        String plain = plain(sentence);
        if (plain.chars().filter(character -> character == '|').count() > 3) {
            return denials;
        }
        Matcher denying = DENYING.matcher(plain);
        while (denying.find()) {
            List<String> words = content(upToClauseEnd(plain.substring(denying.end())));
            List<String> before = content(sinceClauseEnd(plain.substring(0, denying.start())));
            List<String> scope = new ArrayList<>(words.subList(0, Math.min(2, words.size())));
            words.stream()
                    .skip(2)
                    .filter(word -> Character.isDigit(word.charAt(0)))
                    .forEach(scope::add);
            if (!before.isEmpty()) {
                scope.add(before.get(before.size() - 1));
            }
            if (!words.isEmpty()) {
                denials.add(new Denial(denying.group().toLowerCase(Locale.ROOT), scope, conditions(plain)));
            }
        }
        return denials;
    }

    private static String plain(String sentence) {
        return NOT_DENYING.matcher(sentence).replaceAll(" ");
    }

    private static String upToClauseEnd(String text) {
        Matcher end = CLAUSE_END.matcher(text);
        return end.find() ? text.substring(0, end.start()) : text;
    }

    private static String sinceClauseEnd(String text) {
        Matcher end = CLAUSE_END.matcher(text);
        int last = 0;
        while (end.find()) {
            last = end.end();
        }
        return text.substring(last);
    }

    private static List<String> sentences(String passage) {
        return SENTENCE_END
                .splitAsStream(passage)
                .map(text -> text.replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static Set<String> conditions(String sentence) {
        Set<String> conditions = new HashSet<>();
        Matcher condition = CONDITION.matcher(sentence);
        while (condition.find()) {
            conditions.add(condition.group().toLowerCase(Locale.ROOT));
        }
        return conditions;
    }

    /** Names are what a text is about, mostly, and left out. */
    private static List<String> content(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String found = word.group().replaceFirst("[.%°/-]+$", "").toLowerCase(Locale.ROOT);
            boolean name = Character.isUpperCase(word.group().charAt(0)) && !isFirst(text, word.start());
            if (!EMPTY.contains(found) && !name && !found.isEmpty()) {
                words.add(found);
            }
        }
        return words;
    }

    private static boolean isFirst(String text, int at) {
        return text.substring(0, at).matches("(?s)(?:.*[.!?:|\\n])?[\\s\"'*_#>-]*");
    }

    private static boolean hasAll(List<String> words, List<String> wanted) {
        return wanted.stream().allMatch(word -> has(words, word));
    }

    private static boolean has(List<String> words, String wanted) {
        return words.stream().anyMatch(word -> isAlike(word, wanted));
    }

    static boolean isEmptyWord(String word) {
        return EMPTY.contains(word.toLowerCase(Locale.ROOT));
    }

    /** But for its ending. */
    static boolean isAlike(String one, String two) {
        String shorter = one.length() <= two.length() ? one : two;
        String longer = one.length() <= two.length() ? two : one;
        if (shorter.length() < 4 || Character.isDigit(shorter.charAt(0))) {
            return longer.equals(shorter) || longer.equals(shorter + "s");
        }
        int common = 0;
        while (common < shorter.length() && shorter.charAt(common) == longer.charAt(common)) {
            common++;
        }
        return common >= 4 && common >= shorter.length() - 2 && longer.length() - common <= 4;
    }
}
