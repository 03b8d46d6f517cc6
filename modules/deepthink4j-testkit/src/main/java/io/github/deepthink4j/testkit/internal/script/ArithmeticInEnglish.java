package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class ArithmeticInEnglish implements ArithmeticLanguage {

    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
    private static final Pattern NUMBERS =
            Pattern.compile(NUMBER + "\\s*(?:and|or|,|vs\\.?|versus|with|to)\\s*" + NUMBER);
    private static final Pattern ANOTHER = Pattern.compile("\\s*(?:,\\s*(?:and|or)|and|or|,)\\s*" + NUMBER);
    /** 9.11 is greater than 9.8; 9.11 > 9.8; 9.8 compared to 9.11. */
    private static final Pattern ONE_THAN_OTHER = Pattern.compile("(?i)" + NUMBER
            + "\\s*(?:is|be|really|actually)?\\s*(?:(?:greater|bigger|larger|higher|more|smaller|less|lower|lesser)\\s+than|compared\\s+(?:to|with)|[<>])\\s*"
            + NUMBER);

    private static final Pattern COMPARING = Pattern.compile(
            "(?i)\\b(greater|bigger|larger|higher|more|smaller|less|lower|lesser|greatest|biggest|largest|highest|smallest|least|lowest|max|maximum|min|minimum|compare)\\b|[<>]");
    private static final Pattern SMALLER =
            Pattern.compile("(?i)\\b(smaller|less|lower|lesser|smallest|least|lowest|min|minimum)\\b");
    private static final Pattern DOUBTS = Pattern.compile(
            "(?i)^\\W*(?:but |and |so )?(?:why|how come|how (?:do|did) you|how so|explain|are you (?:really )?(?:sure|certain)|really\\b|is that (?:right|true|correct)|check (?:it|that|again)|show your)");
    private static final Pattern GREETS = Pattern.compile(
            "(?i)^\\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|who are you|what are you|what can you do|help|thanks?|thank you)\\b.{0,40}$");
    private static final Pattern LETTERS = Pattern.compile(
            "(?i)how"
                    + " many\\s+(?:letters?\\s+)?[\"'`]?(\\p{L})[\"'`]?(?:'?s)?\\b(?:(?!\\b(?:and|or)\\b).)*?\\bin\\b\\s+(?:the\\s+word\\s+)?[\"'`]?(\\p{L}{2,})");
    private static final Pattern SUM = Pattern.compile(
            "[-+(]*\\d[\\d.\\s+*/x\u00d7\u00f7()-]*[-+*/x\u00d7\u00f7][\\d.\\s+*/x\u00d7\u00f7()-]*[\\d)]");

    private static final Pattern FOLLOWS_UP =
            Pattern.compile("(?i)^\\W*(?:(?:and|or|but|what about|how about|now)\\b|\\d+(?:\\.\\d+)?\\W*$)");
    /** "And 5 apples?" is about something else. */
    private static final Pattern NAMES_A_NUMBER_ONLY = Pattern.compile(
            "(?i)(?:[^a-z]|(?<![a-z])(?:and|or|but|what|about|how|now|then|if|is|it|are|the|number|with|to|than|which|one|of|vs|against"
                    + "|compared|greater|bigger|larger|higher|more|smaller|less|lower|greatest|biggest|largest|smallest)(?![a-z]))*+");

    private static final Pattern ONE_LETTER = Pattern.compile("(?i)(?<![\\w'])([b-z])(?:'?s)?(?=\\W*$)");
    private static final Pattern ONE_WORD = Pattern.compile(
            "(?i)\\b(?:in|about|and)\\s+(?:the\\s+word\\s+)?[\"'`]?(?!in\\b|the\\b)([a-z]{2,})[\"'`]?\\W*$");

    @Override
    public Optional<Comparison> followUp(String question, Comparison before) {
        return FOLLOWS_UP.matcher(question).find()
                ? comparison(question + (before.smaller() ? " smaller" : " greater"))
                        .or(() -> NAMES_A_NUMBER_ONLY.matcher(question).matches()
                                ? before.with(
                                        question,
                                        COMPARING.matcher(question).find()
                                                ? SMALLER.matcher(question).find()
                                                : before.smaller())
                                : Optional.empty())
                : Optional.empty();
    }

    @Override
    public Optional<LetterCount> followUp(String question, LetterCount before) {
        return FOLLOWS_UP.matcher(question).find() ? before.with(question, ONE_LETTER, ONE_WORD) : Optional.empty();
    }

    @Override
    public Optional<Comparison> comparison(String question) {
        Matcher numbers = NUMBERS.matcher(question);
        if (!COMPARING.matcher(question).find()) {
            return Optional.empty();
        }
        if (!numbers.find()) {
            numbers = ONE_THAN_OTHER.matcher(question);
            if (!numbers.find()) {
                return Optional.empty();
            }
        }
        boolean smaller = SMALLER.matcher(question).find();
        return Optional.of(Comparison.of(Comparison.listed(numbers, ANOTHER, question), smaller));
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
    public Optional<LetterCount> letters(String question) {
        Matcher matcher = LETTERS.matcher(question);
        return matcher.find() ? Optional.of(new LetterCount(matcher.group(1), matcher.group(2))) : Optional.empty();
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
    public String spelled(String question) {
        return question;
    }

    @Override
    public Optional<String> term(String spelled) {
        Matcher matcher = SUM.matcher(spelled);
        return matcher.find() ? Optional.of(matcher.group().trim()) : Optional.empty();
    }

    @Override
    public Answer sum(String term, String result, List<String> steps) {
        return Answer.thinking("Step by step: " + String.join("; ", steps) + ".")
                .thenText(term + " = " + result);
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
    public boolean doubts(String question) {
        return DOUBTS.matcher(question).find();
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
