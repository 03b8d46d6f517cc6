package io.github.deepthink4j.samples.rag.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By the characters around 不, 没, 未, 无, 非 and the like, where these deny something. */
final class ChineseDenials implements Denials {

    /** Words with these characters in them that deny nothing, and comparisons, which can be put in other ways. */
    private static final Pattern NOT_DENYING =
            Pattern.compile("不[仅但过同断错久少论管妨止禁锈如然只光曾]|不(?:一定|超过|多于|少于|低于|高于|大于|小于|早于|晚于|到|足|满|得不|得已)"
                    + "|(?:差不多|对不起|了不起|来不及|好不|要不|可不|无不|莫不|忍不住)|无(?:线|人机|论|数|限|声|机|疑|非|意|异|障碍|所谓)|非(?:常|洲|凡|法|典|得)|未(?:来|必|免)|没收|埋没|沉没"
                    + "|是否|能否|可否|与否|否则|否认|(.)不\\1|(?:有没有|有无|会不会|能不能)|不可或缺|无处不在|毫无疑问|不[知晓][不觉]*");

    private static final Pattern DENYING = Pattern.compile("不|没有|没|未|无法|无需|无须|无|并非|绝非|而非|切勿|请勿|勿|禁止|严禁");

    /** What may deny in its own way: where one of these stands nothing is said to be asserted. */
    private static final Pattern NEGATIVE = Pattern.compile(
            "[不没未无非否勿莫禁拒缺仅]|排除|除外|除了|除非|避免|免于|丢失|失去|只[有能是在可]|难以|很少|请别|防止|停止|取消|关闭|移除|停用|代替|而是|反而|相反|以外");

    private static final Pattern CONDITION = Pattern.compile(
            "以下|以上|低于|高于|之前|以前|之后|以后|如果|若|除非|超过|少于|小于|大于|以内|以外|期间|当|[^小同及临]时(?![间候长])|前|后|内|外|再|已|仍|还|单独|同时|目前");

    private static final Pattern SENTENCE_END = Pattern.compile("[。！？；\\n]|(?<=[.!?;])\\s");
    private static final Pattern CLAUSE = Pattern.compile("[，、：:,（）()—|]");
    private static final Pattern BEFORE_THE_VERB =
            Pattern.compile("^(?:是|能|可以|可|应该|应当|应|得|会|要|必|须|需要|需|允许|支持|由|被|用(?!户)|再|太|很|有|把|将|对|在|予|包括)+(?=.)");
    private static final Pattern AFTER_THE_SUBJECT =
            Pattern.compile("(?:是|也|都|还|并|就|则|会|又|却|但|本|该|其|它|所|均|一律|完全|绝对|仍|暂|将|可)+$");
    private static final Pattern ENDING = Pattern.compile("(?:在内|的|了|吗|呢|吧|着|过)+$");
    private static final Pattern KEPT = Pattern.compile("[^\\p{L}\\p{N}]");

    /** Whatever the documents are about. */
    private static final Set<String> ANYTHING =
            Set.of("仪器", "设备", "产品", "机器", "本机", "系统", "装置", "用户", "我们", "他们", "你们");

    private static final int LONGEST_SCOPE = 8;
    private static final double MOST = 0.6;

    private record Denial(String by, List<String> pairs, String subject, Set<String> conditions) {

        boolean isIn(String text) {
            long known = pairs.stream().filter(text::contains).count();
            return text.contains(pairs.get(0)) && text.contains(subject) && known >= MOST * pairs.size();
        }
    }

    @Override
    public Optional<Contradiction> between(String claim, List<String> passages) {
        List<String> said = new ArrayList<>();
        passages.forEach(passage -> said.addAll(sentences(passage)));
        String plain = neutral(claim);
        return NEGATIVE.matcher(plain).find() ? deniedWhatIsSaid(claim, said) : saidWhatIsDenied(claim, said);
    }

    private static Optional<Contradiction> saidWhatIsDenied(String claim, List<String> said) {
        String kept = kept(claim);
        Set<String> conditions = conditions(claim);
        for (String sentence : said) {
            for (Denial denial : denials(sentence)) {
                if (denial.isIn(kept)
                        && conditions.containsAll(denial.conditions())
                        && said.stream().noneMatch(other -> asserts(other, denial))) {
                    return Optional.of(new Contradiction(denial.by(), false));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Contradiction> deniedWhatIsSaid(String claim, List<String> said) {
        List<String> claimed = pairs(kept(neutral(claim)));
        for (Denial denial : denials(claim)) {
            boolean denied = said.stream()
                    .anyMatch(other -> NEGATIVE.matcher(neutral(other)).find()
                            && kept(other).contains(denial.pairs().get(0)));
            for (int i = 0; i < said.size() && !denied; i++) {
                String context = kept((i > 0 ? said.get(i - 1) : "") + said.get(i));
                long known = claimed.stream().filter(context::contains).count();
                if (asserts(said.get(i), denial)
                        && conditions(said.get(i)).containsAll(denial.conditions())
                        && known * 2 >= claimed.size()) {
                    return Optional.of(new Contradiction(denial.by(), true));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean asserts(String sentence, Denial denial) {
        return !NEGATIVE.matcher(neutral(sentence)).find() && denial.isIn(kept(sentence));
    }

    private static List<Denial> denials(String sentence) {
        List<Denial> denials = new ArrayList<>();
        for (String clause : CLAUSE.split(neutral(sentence))) {
            Matcher denying = DENYING.matcher(clause);
            if (!denying.find()) {
                continue;
            }
            String scope = BEFORE_THE_VERB
                    .matcher(kept(clause.substring(denying.end())))
                    .replaceFirst("");
            scope = ENDING.matcher(scope).replaceFirst("");
            String subject = AFTER_THE_SUBJECT
                    .matcher(kept(clause.substring(0, denying.start())))
                    .replaceFirst("");
            subject = subject.substring(Math.max(0, subject.length() - 2));
            boolean han = subject.codePoints().allMatch(Character::isIdeographic);
            if (!scope.isEmpty()) {
                denials.add(new Denial(
                        denying.group(),
                        pairs(scope.substring(0, Math.min(LONGEST_SCOPE, scope.length()))),
                        han && !ANYTHING.contains(subject) ? subject : "",
                        conditions(sentence)));
            }
        }
        return denials;
    }

    /** Of one character that character. */
    private static List<String> pairs(String text) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 2 <= text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs.isEmpty() ? List.of(text) : pairs;
    }

    private static String neutral(String text) {
        return NOT_DENYING.matcher(text).replaceAll("□");
    }

    private static String kept(String text) {
        return KEPT.matcher(text).replaceAll("");
    }

    private static List<String> sentences(String passage) {
        return SENTENCE_END
                .splitAsStream(passage)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static Set<String> conditions(String sentence) {
        Set<String> conditions = new HashSet<>();
        Matcher condition = CONDITION.matcher(sentence);
        while (condition.find()) {
            conditions.add(condition.group());
        }
        return conditions;
    }
}
