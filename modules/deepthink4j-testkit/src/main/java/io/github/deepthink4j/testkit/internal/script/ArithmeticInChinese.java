package io.github.deepthink4j.testkit.internal.script;

import io.github.deepthink4j.testkit.script.Answer;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Digits and signs may be of full width, and signs may be words. */
final class ArithmeticInChinese implements ArithmeticLanguage {

    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
    private static final String BETWEEN = "\\s*(?:和|与|跟|同|及|或者?|还是|对比|比|、|,|vs\\.?|and|or)\\s*";
    private static final Pattern NUMBERS = Pattern.compile("(?i)" + NUMBER + "\\s*[大小高低]?" + BETWEEN + NUMBER);
    private static final Pattern ANOTHER = Pattern.compile("(?i)\\s*[大小高低]?" + BETWEEN + NUMBER);
    private static final Pattern COMPARING = Pattern.compile("[大小高低]|更[多少]|[谁哪].*[多少]");
    /** 大小 is the size and 多少 is how much: neither is less. */
    private static final Pattern SMALLER = Pattern.compile("(?<!大)[小低]|(?<!多)少");

    private static final Pattern ONE_THAN_OTHER =
            Pattern.compile(NUMBER + "\\s*(?:是不是|是否|真的)?\\s*(?:大于|小于|高于|低于|等于|>|<)\\s*" + NUMBER);
    private static final Pattern DOUBTS = Pattern.compile("为什么|为啥|怎么(?:算|得|知道|来)|你?确定|真的吗|对吗|解释|再(?:想|算|检查)");
    private static final Pattern GREETS =
            Pattern.compile("(?:你好|您好|嗨|哈喽|早上好|下午好|晚上好|谢谢|你是谁|你是什么|你能做什么|你会什么|帮助).{0,20}");

    private static final String QUOTE = "[\"'`“”‘’「」『』]?";
    private static final String LETTER = QUOTE + "(?<letter>(?<![a-zA-Z])[a-zA-Z](?![a-zA-Z]))" + QUOTE;
    private static final String WORD = QUOTE + "(?<word>[a-zA-Z]{2,})" + QUOTE;
    private static final String HOW_MANY = "(?:几|多少)\\s*[个次]?\\s*";
    private static final String NUMBER_OF = "(?:几|多少|个数|数量|次数)";
    /** As it is asked: strawberry 里有几个 r; 数一下 strawberry 里 r 的个数; 有几个 r 在 strawberry 里; r 在 strawberry 里出现几次. */
    private static final List<Pattern> LETTERS = Stream.of(
                    WORD + ".{0,15}?" + HOW_MANY + "(?:[大小]写)?(?:英文)?(?:字母|字符)?\\s*" + LETTER,
                    WORD + ".{0,15}?" + LETTER + ".{0,10}?" + NUMBER_OF,
                    HOW_MANY + "(?:字母|字符)?\\s*" + LETTER + ".{0,10}?" + WORD,
                    LETTER + ".{0,10}?" + WORD + ".{0,10}?" + NUMBER_OF,
                    "[\"“「『](?<word>\\p{IsHan}{2,})[\"”」』].{0,10}?" + HOW_MANY
                            + "[\"“「『]?(?<letter>\\p{IsHan})(?:[\"”」』]|字)")
            .map(Pattern::compile)
            .toList();

    private static final Pattern SUM_OF =
            Pattern.compile(NUMBER + "\\s*[和与跟]\\s*" + NUMBER + "\\s*(?:相加|[的之]?(?:总和|和))");
    private static final Pattern TERM =
            Pattern.compile("[-+(]*\\d[\\d.\\s+*/x×÷()-]*[-+*/x×÷][\\d.\\s+*/x×÷()-]*[\\d)]");

    private static final Pattern FOLLOWS_UP = Pattern.compile("^\\s*(?:那|还有|如果|换成)|呢[?？!！。.\\s]*$");
    /** 那 5 个苹果呢 is about something else. */
    private static final Pattern NAMES_A_NUMBER_ONLY =
            Pattern.compile("(?:[^\\p{L}]|[那么呢和与跟比哪个大小更还有是多少谁数字换成如果一吗最高低再])*+");

    private static final Pattern ONE_LETTER = Pattern.compile("(?<![a-zA-Z])([a-zA-Z])(?![a-zA-Z])");
    private static final Pattern ONE_WORD = Pattern.compile("([a-zA-Z]{2,})");

    @Override
    public Optional<Comparison> followUp(String question, Comparison before) {
        return FOLLOWS_UP.matcher(question).find()
                ? comparison(question + (before.smaller() ? " 哪个小" : " 哪个大"))
                        .or(() ->
                                NAMES_A_NUMBER_ONLY.matcher(halfWidth(question)).matches()
                                        ? before.with(
                                                halfWidth(question),
                                                COMPARING.matcher(question).find()
                                                        ? SMALLER.matcher(question)
                                                                .find()
                                                        : before.smaller())
                                        : Optional.empty())
                : Optional.empty();
    }

    @Override
    public Optional<LetterCount> followUp(String question, LetterCount before) {
        return FOLLOWS_UP.matcher(question).find()
                ? before.with(halfWidth(question), ONE_LETTER, ONE_WORD)
                : Optional.empty();
    }

    /** ９．１１ becomes 9.11. */
    private static String halfWidth(String question) {
        return Normalizer.normalize(question, Normalizer.Form.NFKC);
    }

    @Override
    public Optional<Comparison> comparison(String question) {
        String plain = halfWidth(question);
        Matcher numbers = NUMBERS.matcher(plain);
        if (!COMPARING.matcher(plain).find() && !plain.matches(".*[<>].*")) {
            return Optional.empty();
        }
        if (!numbers.find()) {
            numbers = ONE_THAN_OTHER.matcher(plain);
            if (!numbers.find()) {
                return Optional.empty();
            }
        }
        boolean smaller = SMALLER.matcher(plain).find();
        return Optional.of(Comparison.of(Comparison.listed(numbers, ANOTHER, plain), smaller));
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
    public Optional<LetterCount> letters(String question) {
        String plain = halfWidth(question);
        return LETTERS.stream()
                .map(pattern -> pattern.matcher(plain))
                .filter(Matcher::find)
                .findFirst()
                .map(matcher -> new LetterCount(matcher.group("letter"), matcher.group("word")));
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
    public String spelled(String question) {
        return SUM_OF.matcher(halfWidth(question))
                .replaceAll("$1 + $2")
                .replaceAll("加上?", "+")
                .replaceAll("减去?", "-")
                .replaceAll("乘以?", "*")
                .replace("除以", "/")
                .replace('\u2212', '-');
    }

    @Override
    public Optional<String> term(String spelled) {
        Matcher matcher = TERM.matcher(spelled);
        return matcher.find() ? Optional.of(matcher.group().trim()) : Optional.empty();
    }

    @Override
    public Answer sum(String term, String result, List<String> steps) {
        return Answer.thinking("逐步计算：" + String.join("；", steps) + "。").thenText(term + " = " + result);
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
    public boolean doubts(String question) {
        return DOUBTS.matcher(question).find();
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
