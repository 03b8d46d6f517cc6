package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Digits and signs may be of full width, and signs may be words. */
final class ArithmeticInChinese implements ArithmeticLanguage {

    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final String LIST =
            NUMBER + "(?:\\s*(?:和|与|跟|同|及|或者?|还是|对比|比|、|,\\s*(?:还是|和|或者?)?|vs\\.?|and|or)\\s*" + NUMBER + ")+";
    private static final String MORE = "(?:比较|更|最|要)?\\s*(?:大|高|多|(?<smaller>小|低|少))(?:一?[些点]|的)?(?:是哪个|是谁)?";
    private static final String WHICH = "(?:哪\\s*一?\\s*个|哪\\s*一|谁)(?:数字?)?\\s*(?:是)?";

    /** Each holds the numbers, and whether the smaller one is wanted. */
    private static final List<Pattern> COMPARISONS = patterns(
            "(?:数字?)?\\s*LIST\\s*,?\\s*(?:这?[两几三]个数字?)?(?:中间?|里面?|之中|之间|当中|相比|比较)?\\s*,?\\s*WHICH\\s*MORE",
            "WHICH\\s*MORE\\s*[,:]?\\s*(?:是)?\\s*LIST",
            "(?:是)?\\s*LIST\\s*MORE",
            "NUMBER\\s*大\\s*还是\\s*NUMBER\\s*大|NUMBER\\s*高\\s*还是\\s*NUMBER\\s*高|NUMBER\\s*多\\s*还是\\s*NUMBER\\s*多",
            "NUMBER\\s*小\\s*还是\\s*NUMBER\\s*(?<smaller>小)|NUMBER\\s*低\\s*还是\\s*NUMBER\\s*低",
            "(?:比较|对比|比一?比)\\s*(?:一下)?\\s*LIST(?:\\s*的?大小)?|LIST\\s*的?大小(?:比较|关系)?(?:是什么|如何|怎样)?",
            "(?:为什么|是)?\\s*NUMBER\\s*(?:是不是|是否|真的|会)?\\s*(?:大于|高于|等于|>|(?<smaller>小于|低于|<))\\s*NUMBER",
            "(?:为什么|是)?\\s*NUMBER\\s*(?:是不是|是否|真的|会)?\\s*比\\s*NUMBER\\s*MORE");

    private static final Pattern DOUBTS =
            Pattern.compile("(?:那|但是?|可是)?\\s*(?:这是?)?(?:为什么|为啥|怎么(?:算|得|知道|来)(?:出来)?的?|你?确定|真的|对|解释(?:一下)?"
                    + "|再(?:想|算|检查)(?:一下|一遍|一想|一算)?)(?:是?这样|会这样)?(?:的)?");
    private static final Pattern GREETS =
            Pattern.compile("(?:你好|您好|嗨|哈喽|早上好|下午好|晚上好|谢谢|你是谁|你是什么|你能做什么|你会什么|帮助).{0,20}");

    private static final String QUOTE = "[\"'`“”‘’「」『』]?";
    private static final String LETTER =
            "(?:英文)?(?:字母|字符)?\\s*" + QUOTE + "(?<letter>(?<![a-zA-Z])[a-zA-Z](?![a-zA-Z]))" + QUOTE;
    private static final String WORD =
            "(?:\\p{IsHan}{1,4}的)?(?:英文)?(?:单词|词语?)?\\s*(?:[\"'`“‘「『](?<quoted>[a-zA-Z][a-zA-Z '’-]*[a-zA-Z])[\"'`”’」』]"
                    + "|(?<word>[a-zA-Z]+(?:[-'’][a-zA-Z]+)*(?<=[a-zA-Z]{2})))\\s*(?:这一?个)?(?:英文)?(?:单词|词语?)?";
    private static final String IN = "\\s*(?:里面?|里头|中|之中|当中)?\\s*";
    private static final String THERE_ARE = "(?:一共|总共|共|到底)?\\s*(?:有|含有?|包含|出现)?了?\\s*";
    private static final String HOW_MANY = "(?:几|多少)\\s*[个次]?\\s*";
    private static final String COUNTING = "(?:(?:数一?数|数一下|统计(?:一下)?)\\s*)?";
    /** As it is asked: strawberry 里有几个 r; 数一下 strawberry 里 r 的个数; 有几个 r 在 strawberry 里; r 在 strawberry 里出现几次. */
    private static final List<Pattern> LETTERS = patterns(
            "COUNTING(?:在\\s*)?WORDINTHERE_AREHOW_MANYLETTER",
            "COUNTING(?:在\\s*)?WORDIN的?\\s*LETTER\\s*THERE_AREHOW_MANY",
            "COUNTING(?:在\\s*)?WORDIN的?\\s*LETTER\\s*的?(?:个数|数量|次数)(?:是多少)?",
            "(?:有\\s*)?HOW_MANYLETTER\\s*在\\s*WORDIN",
            "LETTER\\s*在\\s*WORDINTHERE_AREHOW_MANY",
            "[\"“「『](?<quoted>\\p{IsHan}{2,})[\"”」』](?:这个词|这句话|这个成语)?INTHERE_AREHOW_MANY[\"“「『]?(?<letter>\\p{IsHan})(?:[\"”」』]字?|字)");

    private static final Map<String, String> SIGNS = Map.of("加上?", "+", "减去?", "-", "乘以?", "*", "除以", "/");
    private static final String TERM = "(?<term>[-(\\d.][\\d.\\s+*/xX×÷()-]*[\\d.)])";
    private static final String RESULT = "\\s*(?:=|等于|是|得|结果是)?\\s*(?:几|多少|什么)?";
    private static final List<Pattern> TERMS = patterns("(?:(?:计算|算)(?:一下|一算)?|求)?\\s*TERM(?:\\s*的(?:结果|值))?RESULT");
    private static final List<Pattern> SUMS = patterns("LIST\\s*(?:相加|[的之]?(?:总和|和))RESULT");
    private static final List<Pattern> DIFFERENCES =
            patterns("NUMBER\\s*比\\s*NUMBER\\s*(?:大|高|多|(?<smaller>小|低|少))\\s*(?:了)?(?:多少|几)");

    private static final Pattern LEAD = Pattern.compile("^(?:(?:那么?|还有|如果是?|换成)\\s*)+");
    private static final List<Pattern> OTHER_NUMBERS = patterns("LIST");
    private static final List<Pattern> OTHER_NUMBER = patterns("NUMBER", "NUMBER\\s*(?:WHICH)?\\s*MORE");
    private static final List<Pattern> OTHER_END = patterns(
            "(?:(?:它们|(?:这)?两个(?:数字?)?)(?:之中|当中|里面?|中)?)?\\s*WHICH\\s*MORE",
            "(?:更|最|较)?(?:大|高|多|(?<smaller>小|低|少))的(?:那个|那一个|数字?)?(?:是(?:哪一?个|谁|多少|什么))?");
    private static final List<Pattern> BY_HOW_MUCH = patterns("(?:(?:它们|(?:这)?两(?:个(?:数字?)?|者)|两个数)(?:之间)?)?\\s*(?:到底)?"
            + "(?:相?差|差距|差值|它?\\s*(?:大|高|多|小|低|少))\\s*(?:了|是|有)?\\s*(?:多少|几|多大)");
    private static final List<Pattern> OTHER_LETTER = patterns("(?:有HOW_MANY)?LETTER");
    private static final List<Pattern> OTHER_WORD = patterns("(?:在\\s*)?WORDIN");

    private static List<Pattern> patterns(String... texts) {
        return Stream.of(texts)
                .map(text -> text.replace("COUNTING", COUNTING)
                        .replace("THERE_ARE", THERE_ARE)
                        .replace("HOW_MANY", HOW_MANY)
                        .replace("WORD", WORD)
                        .replace("LETTER", LETTER)
                        .replace("IN", IN)
                        .replace("LIST", LIST)
                        .replace("NUMBER", NUMBER)
                        .replace("WHICH", WHICH)
                        .replace("MORE", MORE)
                        .replace("TERM", TERM)
                        .replace("RESULT", RESULT))
                .map(text -> Pattern.compile("(?:" + text + ")\\s*(?:呢|吗|么|啊|呀|吧|嘛)?", Pattern.CASE_INSENSITIVE))
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

    /** What a follow-up names; empty if it is none, which has a word for it before or behind. */
    private static Optional<String> named(String plain) {
        Matcher lead = LEAD.matcher(plain);
        return lead.find() || plain.endsWith("呢")
                ? Optional.of(LEAD.matcher(plain).replaceFirst(""))
                : Optional.empty();
    }

    @Override
    public Optional<Comparison> followUp(String plain, Comparison before) {
        Optional<Comparison> otherEnd = whole(OTHER_END, LEAD.matcher(plain).replaceFirst(""))
                .map(found -> before.askedFor(asksForTheSmaller(found)));
        return otherEnd.or(() -> named(plain)
                .flatMap(rest -> comparison(rest)
                        .or(() -> whole(OTHER_NUMBERS, rest)
                                .map(found -> Comparison.of(Comparison.listed(rest), before.smaller())))
                        .or(() -> whole(OTHER_NUMBER, rest)
                                .map(found -> before.with(
                                        Comparison.listed(rest).get(0),
                                        compares(found) ? asksForTheSmaller(found) : before.smaller())))));
    }

    @Override
    public boolean asksForTheDifference(String plain) {
        return whole(BY_HOW_MUCH, LEAD.matcher(plain).replaceFirst("")).isPresent();
    }

    @Override
    public Optional<LetterCount> letters(String plain) {
        return whole(LETTERS, plain).map(found -> new LetterCount(found.group("letter"), word(found)));
    }

    private static String word(Matcher found) {
        boolean quoted = found.group("quoted") != null;
        return quoted ? found.group("quoted") : found.group("word");
    }

    @Override
    public Optional<LetterCount> followUp(String plain, LetterCount before) {
        return named(plain)
                .flatMap(rest -> whole(OTHER_LETTER, rest)
                        .map(found -> new LetterCount(found.group("letter"), before.word()))
                        .or(() -> whole(OTHER_WORD, rest).map(found -> new LetterCount(before.letter(), word(found)))));
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
                .or(() -> whole(TERMS, spelled(plain))
                        .map(found -> found.group("term").strip()));
    }

    /** With signs for the words between two numbers. */
    private static String spelled(String plain) {
        String signs = plain;
        for (Map.Entry<String, String> sign : SIGNS.entrySet()) {
            signs = signs.replaceAll("(?<=[\\d)])(\\s*)" + sign.getKey() + "(?=\\s*[-(\\d])", "$1" + sign.getValue());
        }
        return signs;
    }

    @Override
    public Answer answer(Comparison comparison) {
        String thought = "题目问的是 " + comparison.first() + " 和 " + comparison.second() + "。小数位数对齐后是 "
                + comparison.aligned(comparison.a()) + " 和 " + comparison.aligned(comparison.b()) + "。";
        if (comparison.areEqual()) {
            return Answer.thinking(thought + "两者相同。")
                    .thenText(comparison.first() + " 和 " + comparison.second() + " 相等。");
        }
        String word = comparison.smaller() ? " 更小。" : " 更大。";
        return Answer.thinking(thought + "两者相差 " + comparison.difference() + "，所以 " + comparison.wanted() + word)
                .thenText(comparison.wanted() + word);
    }

    @Override
    public Answer answer(Difference difference) {
        Comparison compared = difference.comparison();
        if (compared.areEqual()) {
            return Answer.thinking(compared.first() + " 和 " + compared.second() + " 是同一个数。")
                    .thenText(compared.first() + " 和 " + compared.second() + " 没有差别。");
        }
        return Answer.thinking("两数相减：前面比较的是 " + compared.first() + " 和 " + compared.second() + "。")
                .thenText(compared.wanted() + " 比 " + compared.other() + (compared.smaller() ? " 小 " : " 大 ")
                        + compared.difference() + "。");
    }

    @Override
    public Answer answer(LetterCount letters) {
        int count = letters.places().size();
        String where = count == 0
                ? "其中没有 " + letters.letter() + "。"
                : letters.letter() + " 出现在第 " + letters.places("、") + " 位。";
        return Answer.thinking("逐个拼写：" + letters.spelled() + "。" + where)
                .thenText("“" + letters.word() + "”里有 " + count + " 个“" + letters.letter() + "”。");
    }

    @Override
    public Answer sum(String term, String result, List<String> steps) {
        return Answer.thinking("逐步计算：" + String.join("；", steps) + "。").thenText(term + " = " + result);
    }

    @Override
    public Answer roughly(String term, String result, List<String> steps) {
        return Answer.thinking("逐步计算：" + String.join("；", steps) + "。没有小数能精确表示它。")
                .thenText(term + " 约等于 " + result);
    }

    @Override
    public Answer dividesByZero(String term) {
        return Answer.thinking("这里有除以零。").thenText(term + " 没有结果：除数为零。");
    }

    @Override
    public Answer toolResult(String result) {
        return Answer.thinking("工具已经返回。").thenText("工具返回：" + result);
    }

    @Override
    public boolean doubts(String plain) {
        return DOUBTS.matcher(plain.replaceAll("[呢吗啊呀吧嘛]+$", "")).matches();
    }

    @Override
    public Answer again(Answer before) {
        return Answer.thinking("我再推一遍。").thenText(before.thinking() + "所以：" + before.text());
    }

    @Override
    public boolean greets(String question) {
        return GREETS.matcher(question.strip()).matches();
    }

    @Override
    public Answer greeting() {
        return Answer.thinking("有人打招呼，或者问我是谁。")
                .thenText(
                        "你好！我是 deepthink4j 的模拟器，不是模型。可以问我“9.11和9.8哪个大？”，或者一个词里有几个 r。要与模型对话，请设置 DEEPSEEK_API_KEY 或 DEEPSEEK_BASE_URL。");
    }

    @Override
    public Answer nothing() {
        return Answer.thinking("这既不是比大小，也不是数字母，也不是算式。")
                .thenText("我是 deepthink4j 的模拟器，不是模型：我只会比较小数、数字母、做算术。要与模型对话，请设置 DEEPSEEK_API_KEY；"
                        + "如果用的是别的服务器，请设置 DEEPSEEK_BASE_URL 和 DEEPSEEK_MODEL。");
    }
}
