package io.github.deepthink4j.samples.agent;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a question asks of the shop's own tools. */
final class ShopQuestion {

    private static final Pattern ORDER = Pattern.compile(
            "(?i)(?:(?:\\border|订单)\\D{0,12}|^\\s*(?=\\d{4}(?!\\d))|(?<![\\d.])(?=\\d{1,9}\\s*号?的?\\s*订单))"
                    + "(\\d{1,9})(?!\\d)");
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{Graph}&&[^@]]+@[\\p{Graph}&&[^@,;]]*[\\p{Graph}&&[^@,;.?!]]");
    private static final Pattern STOCK = Pattern.compile(
            "(?i)(?:is|are|have you|how many(?: pieces of)?)\\s+(?:the\\s+|an?\\s+)?(.+?)\\s+(?:still\\s+|are\\s+)?(?:in stock|are"
                    + " there|left)|([A-Za-z][A-Za-z ]*[A-Za-z])\\s*(?:(?:还|有|的)*(?:库存|货|多少)|还有[吗么没])");
    /** One of them would be answered, and not the other. */
    private static final Pattern SEVERAL_ORDERS = Pattern.compile(
            "(?i)(?:\\borders?|订单)\\D{0,12}\\d+\\s*(?:,|，|、|&|and|or|和|与|跟|还是|或)+\\s*(?:and\\s+|or\\s+)?(?:orders?\\s*|订单\\s*)?#?\\d");

    private static final Pattern SEVERAL_PRODUCTS = Pattern.compile(
            "(?i)(?:in stock|are there|left)\\W*\\s(?:and|or)\\s+\\p{L}|(?:^|\\s)(?:is|are|many)\\s.*\\s(?:and|or)\\s+\\p{L}.*(?:in stock|are there|left)"
                    + "|[A-Za-z]\\s*(?:和|与|跟|还是|或|、)\\s*[A-Za-z].*(?:库存|货|多少|还有)");

    private static final Pattern NO_REFUND = Pattern.compile(
            "(?i)(?:\\b(?:not|never|no|without)|n['’]t)\\s+(?:\\w+\\s+){0,3}?(?:refund|return|money back|send)|(?:不|别|不要|不想|不用|不需要|无需)\\s*(?:申请|办理|给我)?\\s*退");
    private static final Pattern REFUND = Pattern.compile("(?i)refund|money back|send .* back|return|退(?![休步出])");
    private static final Pattern DAMAGED = Pattern.compile(
            "(?i)broken|damaged|defect|crack|scratch|shattered|torn|faulty|not work|doesn't work|坏|损|碎|裂|划|破|摔|瑕疵|不能用");
    private static final Pattern LATE = Pattern.compile("(?i)\\blate\\b|delay|晚|迟|延误");

    private ShopQuestion() {}

    /** Those that answer it, in the order in which they are called; none where only a half of it would be answered. */
    static List<String> tools(String question) {
        boolean isHalfUnderstood = ORDER.matcher(question).find()
                ? SEVERAL_ORDERS.matcher(question).find()
                        || NO_REFUND.matcher(question).find()
                : EMAIL.matcher(question).results().count() > 1
                        || SEVERAL_PRODUCTS.matcher(question).find();
        return isHalfUnderstood ? List.of() : toolsItSpeaksOf(question);
    }

    static List<String> toolsItSpeaksOf(String question) {
        boolean order = ORDER.matcher(question).find();
        if (order && REFUND.matcher(question).find()) {
            return List.of("findOrder", "computeRefund", "refundOrder");
        }
        if (order) {
            return List.of("findOrder");
        }
        if (EMAIL.matcher(question).find()) {
            return List.of("ordersOfCustomer");
        }
        return STOCK.matcher(question).find() ? List.of("checkStock") : List.of();
    }

    /** JSON, for the call. */
    static String arguments(String tool, String question) {
        return switch (tool) {
            case "ordersOfCustomer" -> "{\"email\": \"" + escaped(first(EMAIL, question, 0)) + "\"}";
            case "checkStock" -> "{\"product\": \"" + escaped(product(question)) + "\"}";
            case "findOrder" -> "{\"orderNumber\": " + number(question) + "}";
            default -> "{\"orderNumber\": " + number(question) + ", \"reason\": \"" + reason(question) + "\"}";
        };
    }

    static boolean isAboutAnOrder(String question) {
        return ORDER.matcher(question).find();
    }

    static boolean isAboutStock(String question) {
        return STOCK.matcher(question).find();
    }

    private static String product(String question) {
        Matcher matcher = STOCK.matcher(question);
        if (!matcher.find()) {
            return "";
        }
        // The shop's names are singular.
        return matcher.group(1) != null ? matcher.group(1).replaceFirst("(?<=[a-rt-z])s$", "") : matcher.group(2);
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : "";
    }

    /** JSON knows none that begins with a zero. */
    private static String number(String question) {
        return first(ORDER, question, 1).replaceFirst("^0+(?=\\d)", "");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String reason(String question) {
        if (DAMAGED.matcher(question).find()) {
            return "DAMAGED";
        }
        return LATE.matcher(question).find() ? "LATE" : "CHANGED_MIND";
    }
}
