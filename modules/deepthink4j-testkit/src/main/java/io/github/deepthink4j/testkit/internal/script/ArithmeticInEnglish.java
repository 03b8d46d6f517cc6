package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

final class ArithmeticInEnglish implements ArithmeticLanguage {

    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final String LIST =
            NUMBER + "(?:\\s*(?:[,;]\\s*(?:and|or)?|and|or|vs\\.?|versus|with|to)\\s*" + NUMBER + ")+";
    private static final String ONE = "(?:\\s+(?:one|number|value))?";
    private static final String MORE =
            "(?:(?:greater|bigger|larger|higher|more|greatest|biggest|largest|highest|maximum|max)"
                    + "|(?<smaller>smaller|less|lower|lesser|smallest|least|lowest|minimum|min))";

    /** Each holds the numbers, and whether the smaller one is wanted. */
    private static final List<Pattern> COMPARISONS = patterns(
            // 9.11 and 9.8, which is greater
            "LIST\\s*[,:;.?-]?\\s*(?:which|what)ONE(?:\\s+of\\s+(?:them|these|those|the\\s+two))?(?:\\s+(?:is|has)|'s)?(?:\\s+the)?\\s+MOREONE",
            // which is the greater one, 9.11 or 9.8
            "(?:which|what)ONE(?:\\s+of\\s+(?:them|these))?(?:\\s+is|'s)?(?:\\s+the)?\\s+MOREONE\\s*[,:;?-]?\\s*(?:(?:of|among|between|is\\s+it)\\s+)?LIST",
            "(?:which|what)ONE\\s+(?:of|among|between)\\s+LIST\\s*,?\\s*is(?:\\s+the)?\\s+MOREONE",
            "is\\s+LIST\\s*,?(?:\\s+the)?\\s+MOREONE",
            "is\\s+NUMBER(?:\\s+the)?\\s+MORE\\s*,?\\s*or\\s+(?:is\\s+)?(?:LIST|NUMBER)",
            // is 9.11 greater than 9.8, why is it, and 9.11 > 9.8
            "(?:(?:why\\s+)?is\\s+)?NUMBER(?:\\s+is)?(?:\\s+(?:really|actually))?\\s+MORE\\s+than\\s+NUMBER(?:\\s+or\\s+not)?",
            "(?:is\\s+)?NUMBER\\s*(?:>|(?<smaller><))\\s*NUMBER",
            "compare\\s+LIST|NUMBER\\s+compared\\s+(?:to|with)\\s+NUMBER",
            "(?:(?:what\\s+is\\s+|what's\\s+)?the\\s+)?MOREONE\\s*(?:of|among|between|:)\\s*LIST(?:\\s+is)?");

    /** Two letters s may be the plural of one. */
    private static final String LETTER = "(?!ss\\b)[\"'`“‘]?(?<letter>\\p{L})[\"'`”’]?(?:['’]?s)?(?![\\p{L}\\d])";

    private static final String WORD = "(?:[\"“'‘`](?<quoted>\\p{L}[\\p{L} '’-]*\\p{L})[\"”'’`]"
            + "|(?!(?:it|this|that|them|these|those|here|there|total|all|english|you|me|him|her|us|then|now|today)\\b)(?<word>\\p{L}+(?:[-'’]\\p{L}+)*(?<=\\p{L}{2})))";
    private static final String THE_WORD = "(?:(?:the\\s+)?(?:english\\s+)?(?:word|name|term)\\s+)?WORD";
    private static final List<Pattern> LETTERS = patterns(
            "how\\s+many\\s+(?:times\\s+)?(?:(?:letters?|characters?)\\s+)?LETTER(?:\\s+(?:letters?|characters?))?"
                    + "(?:\\s+(?:are|is|do|does|there|you|we|i|see|find|count|have|appear|occur))*\\s+in\\s+THE_WORD",
            "how\\s+many\\s+times\\s+(?:does|do|is)\\s+(?:the\\s+)?(?:(?:letter|character)\\s+)?LETTER(?:\\s+(?:appear|occur|show\\s+up|used))?\\s+in\\s+THE_WORD",
            "how\\s+many\\s+(?:(?:letters?|characters?)\\s+)?LETTER\\s+does\\s+THE_WORD\\s+(?:have|contain)",
            "(?:count|(?:what\\s+is\\s+|what's\\s+|count\\s+)?the\\s+number\\s+of)\\s+(?:all\\s+)?(?:the\\s+)?(?:letters?\\s+)?LETTER\\s+in\\s+THE_WORD");

    private static final String TERM = "(?<term>[-(\\d.][\\d.\\s+*/x×÷()-]*[\\d.)])";
    private static final List<Pattern> TERMS = patterns(
            "(?:(?:(?:what|how\\s+much)(?:\\s+(?:is|are|does|do)|'s)?(?:\\s+the\\s+(?:result|value)\\s+of)?|calculate|compute|work\\s+out|evaluate|solve)\\s+)?"
                    + "TERM\\s*(?:=|equals?|equal|is|makes?|gives?)?(?:\\s*what)?");
    private static final List<Pattern> SUMS = patterns("(?:(?:what\\s+is\\s+|what's\\s+)?the\\s+)?sum\\s+of\\s+LIST");
    private static final List<Pattern> DIFFERENCES = patterns(
            "(?:by\\s+)?how\\s+much\\s+MORE\\s+is\\s+NUMBER\\s+than\\s+NUMBER",
            "by\\s+how\\s+much\\s+is\\s+NUMBER\\s+MORE\\s+than\\s+NUMBER");

    private static final Pattern DOUBTS = Pattern.compile(
            "(?i)(?:(?:but|and|so)\\s+)?(?:why(?:\\s+(?:is\\s+(?:that|it|this)(?:\\s+so)?|so))?|how\\s+come|how\\s+so"
                    + "|how\\s+(?:do|did)\\s+you\\s+(?:know|get|work|find|come)(?:\\s+(?:that|it|this|to\\s+(?:that|it|this)|out|that\\s+out|it\\s+out))?"
                    + "|explain(?:\\s+(?:it|that|this|why|yourself|your\\s+(?:answer|reasoning)))?"
                    + "|are\\s+you\\s+(?:really\\s+|quite\\s+|absolutely\\s+)?(?:sure|certain)(?:\\s+(?:about|of)\\s+(?:that|it|this))?|really"
                    + "|is\\s+(?:that|it|this)\\s+(?:really\\s+)?(?:right|true|correct|so)|check\\s+(?:it|that|this)?\\s*(?:again)?"
                    + "|show\\s+your\\s+(?:work|working|steps|reasoning))");
    private static final Pattern GREETS = Pattern.compile(
            "(?i)^\\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|who are you|what are you|what can you do|help|thanks?|thank you)\\b.{0,40}$");

    private static final String AND = "(?:(?:and|or|but|now|then|what\\s+about|how\\s+about)[\\s,]*)+";
    private static final Pattern LEAD = Pattern.compile("(?i)^" + AND);
    private static final List<Pattern> OTHER_NUMBERS = patterns("(?:(?:if|with|of)\\s+)?LIST(?:\\s+then)?");
    private static final List<Pattern> OTHER_NUMBER = patterns(
            "(?:AND)?(?:(?:is|with|than|to|vs\\.?|versus|against|the\\s+number)\\s+)*NUMBER(?:\\s+then)?",
            "(?:AND)?(?:is\\s+)?NUMBER\\s+(?:is\\s+)?(?:the\\s+)?MOREONE");
    private static final List<Pattern> OTHER_END = patterns(
            "(?:AND)?whichONE(?:\\s+of\\s+(?:them|these|those|the\\s+two))?(?:\\s+is|'s)?(?:\\s+the)?\\s+MOREONE",
            "(?:AND)?(?:(?:what\\s+is|what's)\\s+)?the\\s+MOREONE");
    private static final List<Pattern> BY_HOW_MUCH = patterns(
            "(?:AND)?(?:by\\s+)?how\\s+much(?:\\s+MORE(?:\\s+is\\s+(?:it|that))?)?",
            "(?:AND)?(?:(?:what\\s+is|what's|how\\s+(?:big|large|great)\\s+is)\\s+)?the\\s+difference(?:\\s+between\\s+(?:them|the\\s+two))?");
    private static final List<Pattern> OTHER_LETTER = patterns(
            "(?:AND)?how\\s+many\\s+(?:letters?\\s+)?LETTER(?:\\s+(?:are|is)\\s+there|\\s+in\\s+it)?",
            "AND(?:the\\s+letter\\s+)?(?![ai]\\b)LETTER");
    private static final List<Pattern> OTHER_WORD = patterns(
            "(?:AND)?(?:how\\s+many\\s+)?(?:are\\s+(?:there\\s+)?)?in\\s+THE_WORD",
            "(?:(?:and|but)\\s+)?(?:what|how)\\s+about\\s+THE_WORD",
            "(?:and|or)\\s+the\\s+word\\s+WORD");

    private static List<Pattern> patterns(String... texts) {
        return Stream.of(texts)
                .map(text -> text.replace("THE_WORD", THE_WORD)
                        .replace("WORD", WORD)
                        .replace("LETTER", LETTER)
                        .replace("LIST", LIST)
                        .replace("NUMBER", NUMBER)
                        .replace("MORE", MORE)
                        .replace("ONE", ONE)
                        .replace("TERM", TERM)
                        .replace("AND", AND))
                .map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE))
                .toList();
    }

    private static Optional<Matcher> whole(List<Pattern> patterns, String text) {
        return patterns.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::matches)
                .findFirst();
    }

    private static boolean compares(Matcher matcher) {
        return matcher.pattern().pattern().contains("<smaller>");
    }

    private static boolean asksForTheSmaller(Matcher matcher) {
        return compares(matcher) && matcher.group("smaller") != null;
    }

    @Override
    public Optional<Comparison> comparison(String plain) {
        return whole(COMPARISONS, plain)
                .map(found -> Comparison.of(Comparison.listed(plain), asksForTheSmaller(found)));
    }

    @Override
    public Optional<Comparison> followUp(String plain, Comparison before) {
        Matcher lead = LEAD.matcher(plain);
        if (lead.find()) {
            String rest = plain.substring(lead.end());
            Optional<Comparison> other = comparison(rest)
                    .or(() -> whole(OTHER_NUMBERS, rest)
                            .map(found -> Comparison.of(Comparison.listed(rest), before.smaller())));
            if (other.isPresent()) {
                return other;
            }
        }
        Optional<Comparison> otherEnd = whole(OTHER_END, plain).map(found -> before.askedFor(asksForTheSmaller(found)));
        return otherEnd.or(() -> whole(OTHER_NUMBER, plain)
                .map(found -> before.with(
                        Comparison.listed(plain).get(0),
                        compares(found) ? asksForTheSmaller(found) : before.smaller())));
    }

    @Override
    public boolean asksForTheDifference(String plain) {
        return whole(BY_HOW_MUCH, plain).isPresent();
    }

    @Override
    public Optional<LetterCount> letters(String plain) {
        return whole(LETTERS, plain).map(found -> new LetterCount(found.group("letter"), word(found)));
    }

    private static String word(Matcher found) {
        return found.group("quoted") == null ? found.group("word") : found.group("quoted");
    }

    @Override
    public Optional<LetterCount> followUp(String plain, LetterCount before) {
        return whole(OTHER_LETTER, plain)
                .map(found -> new LetterCount(found.group("letter"), before.word()))
                .or(() -> whole(OTHER_WORD, plain).map(found -> new LetterCount(before.letter(), word(found))));
    }

    @Override
    public Optional<String> term(String plain) {
        return whole(DIFFERENCES, plain)
                .map(found -> {
                    List<String> numbers = Comparison.listed(plain);
                    boolean less = asksForTheSmaller(found);
                    return numbers.get(less ? 1 : 0) + " - " + numbers.get(less ? 0 : 1);
                })
                .or(() -> whole(SUMS, plain).map(found -> String.join(" + ", Comparison.listed(plain))))
                .or(() -> whole(TERMS, plain).map(found -> found.group("term").strip()));
    }

    @Override
    public Answer answer(Comparison comparison) {
        String thought = "The question is about " + comparison.first() + " and " + comparison.second()
                + ". With the same number of decimals they are " + comparison.aligned(comparison.a()) + " and "
                + comparison.aligned(comparison.b()) + ". ";
        if (comparison.areEqual()) {
            return Answer.thinking(thought + "They are the same.")
                    .thenText(comparison.first() + " and " + comparison.second() + " are equal.");
        }
        String word = comparison.smaller() ? "smaller" : "greater";
        return Answer.thinking(thought + "Their difference is " + comparison.difference() + ", so "
                        + comparison.wanted() + " is the " + word + " one.")
                .thenText(comparison.wanted() + " is " + word + ".");
    }

    @Override
    public Answer answer(Difference difference) {
        Comparison compared = difference.comparison();
        if (compared.areEqual()) {
            return Answer.thinking(compared.first() + " and " + compared.second() + " are the same number.")
                    .thenText(compared.first() + " and " + compared.second() + " do not differ.");
        }
        return Answer.thinking("One taken from the other: the numbers compared before were " + compared.first()
                        + " and " + compared.second() + ".")
                .thenText(compared.wanted() + " is " + (compared.smaller() ? "smaller" : "greater") + " than "
                        + compared.other() + " by " + compared.difference() + ".");
    }

    @Override
    public Answer answer(LetterCount letters) {
        int count = letters.places().size();
        String where = count == 0
                ? "None of them is " + letters.letter() + "."
                : "The letter " + letters.letter() + " stands at " + letters.places(", ") + ".";
        return Answer.thinking("Spelled out: " + letters.spelled() + ". " + where)
                .thenText("There " + (count == 1 ? "is " : "are ") + count + " \"" + letters.letter() + "\" in \""
                        + letters.word() + "\".");
    }

    @Override
    public Answer sum(String term, String result, List<String> steps) {
        return Answer.thinking("Step by step: " + String.join("; ", steps) + ".")
                .thenText(term + " = " + result);
    }

    @Override
    public Answer roughly(String term, String result, List<String> steps) {
        return Answer.thinking("Step by step: " + String.join("; ", steps) + ". No decimal says that exactly.")
                .thenText(term + " is about " + result);
    }

    @Override
    public Answer dividesByZero(String term) {
        return Answer.thinking("Something is divided by zero here.")
                .thenText(term + " has no result: it divides by zero.");
    }

    @Override
    public Answer toolResult(String result) {
        return Answer.thinking("The tool has answered.").thenText("The tool returned: " + result);
    }

    @Override
    public boolean doubts(String plain) {
        return DOUBTS.matcher(plain).matches();
    }

    @Override
    public Answer again(Answer before) {
        return Answer.thinking("I work it out once more.").thenText(before.thinking() + " So: " + before.text());
    }

    @Override
    public boolean greets(String question) {
        return GREETS.matcher(question.strip()).matches();
    }

    @Override
    public Answer greeting() {
        return Answer.thinking("Somebody says hello or asks who I am.")
                .thenText(
                        "Hello! I am deepthink4j's simulator, not a model. Ask me \"9.11 and 9.8, which is greater?\" or how"
                                + " many r's there are in a word. To talk to a model, set DEEPSEEK_API_KEY, or DEEPSEEK_BASE_URL.");
    }

    @Override
    public Answer nothing() {
        return Answer.thinking("This is neither a comparison, nor letters to count, nor a sum.")
                .thenText("I am deepthink4j's simulator, not a model: I can compare decimals, count letters"
                        + " and do sums. To talk to a model, set DEEPSEEK_API_KEY, or DEEPSEEK_BASE_URL and"
                        + " DEEPSEEK_MODEL for another server.");
    }
}
