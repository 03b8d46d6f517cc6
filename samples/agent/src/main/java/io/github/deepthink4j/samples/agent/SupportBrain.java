package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.samples.agent.Conversation.Result;
import io.github.deepthink4j.samples.agent.screen.Words;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who answers offline. It is no model, but it plays one fairly: it knows nothing of the database, reads what was asked and what the
 * tools have returned from the request, and decides by that.
 */
final class SupportBrain implements Brain {

    private static final Pattern ORDER = Pattern.compile("(?i)(?:\\border|订单)\\D{0,12}(\\d{1,9})(?!\\d)");
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{Graph}&&[^@]]+@[\\p{Graph}&&[^@,;]]*[\\p{Graph}&&[^@,;.?!]]");
    private static final Pattern STOCK = Pattern.compile(
            "(?i)(?:is|are|have you|how many pieces of)\\s+(?:the\\s+|an?\\s+)?(.+?)\\s+(?:still\\s+)?(?:in stock|are"
                    + " there|left)|([A-Za-z][A-Za-z ]*[A-Za-z])\\s*(?:还|有|的)*(?:库存|货|多少)");
    private static final Pattern REFUND = Pattern.compile("(?i)refund|money back|send .* back|return|退款|退货|退钱");
    private static final Pattern DAMAGED = Pattern.compile("(?i)broken|damaged|defect|crack|scratch|坏|损|碎|裂|划");
    private static final Pattern LATE = Pattern.compile("(?i)\\blate\\b|delay|晚|迟|延误");

    @Override
    public Answer answer(SimulatedRequest request) {
        Conversation conversation = Conversation.of(request);
        return switch (conversation.task()) {
            case PLAN -> plan(conversation.question());
            case CALL -> call(conversation);
            case ANSWER -> Answer.thinking(thought(conversation)).thenText(words(conversation));
        };
    }

    private static Answer plan(String question) {
        List<String> tools = toolsFor(question);
        if (tools.isEmpty()) {
            return Answer.thinking(Words.inTheLanguageOf(
                            question, "This is about none of the things that the tools know.", "工具不知道这方面的事。"))
                    .thenText(Words.inTheLanguageOf(question, "No tool is needed.", "不需要工具。"));
        }
        StringBuilder plan = new StringBuilder();
        for (int i = 0; i < tools.size(); i++) {
            plan.append(i == 0 ? "" : "\n")
                    .append(i + 1)
                    .append(Words.inTheLanguageOf(
                            question, ". Call " + tools.get(i) + ".", ". 调用 " + tools.get(i) + "。"));
        }
        if (tools.size() > 1) {
            plan.append(Words.inTheLanguageOf(
                    question, "\nStop where a result says that there is nothing to refund.", "\n如果结果说没有可退的款，就到此为止。"));
        }
        return Answer.thinking(Words.inTheLanguageOf(
                        question, "The tools know this; the question tells me the arguments.", "工具知道这些，参数在问题里。"))
                .thenText(plan.toString());
    }

    /** In the order in which they are called. */
    private static List<String> toolsFor(String question) {
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

    private static Answer call(Conversation conversation) {
        Optional<String> tool = nextTool(conversation);
        if (tool.isEmpty()) {
            return conversation.answersItself()
                    ? Answer.text(words(conversation))
                    : Answer.text(Words.inTheLanguageOf(conversation.question(), "done", "完成"));
        }
        return Answer.toolCall(tool.get(), arguments(tool.get(), conversation.question()));
    }

    /** The next one of those that the question needs, unless the last result is the end of it. */
    private static Optional<String> nextTool(Conversation conversation) {
        List<String> tools = toolsFor(conversation.question());
        List<Result> results = conversation.results();
        if (results.size() >= tools.size()) {
            return Optional.empty();
        }
        if (!results.isEmpty()) {
            String last = results.get(results.size() - 1).text();
            boolean over = last.startsWith("No refund") || last.contains("have been refunded") || saysError(last);
            if (over) {
                return Optional.empty();
            }
        }
        return Optional.of(tools.get(results.size()));
    }

    private static boolean saysError(String result) {
        return result.startsWith("There is no")
                || result.startsWith("The tool ")
                || result.contains("is no order number");
    }

    private static String arguments(String tool, String question) {
        return switch (tool) {
            case "ordersOfCustomer" -> "{\"email\": \"" + escaped(first(EMAIL, question, 0)) + "\"}";
            case "checkStock" -> "{\"product\": \"" + escaped(product(question)) + "\"}";
            case "findOrder" -> "{\"orderNumber\": " + first(ORDER, question, 1) + "}";
            default -> "{\"orderNumber\": " + first(ORDER, question, 1) + ", \"reason\": \"" + reason(question) + "\"}";
        };
    }

    private static String product(String question) {
        Matcher matcher = STOCK.matcher(question);
        return !matcher.find() ? "" : matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private static String first(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : "";
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

    private static String thought(Conversation conversation) {
        List<Result> results = conversation.results();
        if (results.isEmpty()) {
            return Words.inTheLanguageOf(conversation.question(), "Nothing was looked up.", "什么都没有查。");
        }
        String last = results.get(results.size() - 1).tool();
        return Words.inTheLanguageOf(
                conversation.question(),
                (results.size() == 1
                                ? "There is 1 result; it, of "
                                : "There are " + results.size() + " results; the last one, of ")
                        + last + ", settles it.",
                "有 " + results.size() + " 个结果，以最后的 " + last + " 为准。");
    }

    /** The shop itself knows English only, so that what the tools return is English in any answer. */
    private static String words(Conversation conversation) {
        List<Result> results = conversation.results();
        if (results.isEmpty()) {
            return Words.inTheLanguageOf(
                    conversation.question(),
                    "I am deepthink4j's simulator, not a model. Ask me where an order is (\"Where is order 1022?\"),"
                            + " what is in stock (\"Is the Oak chair in stock?\"), for the orders of an e-mail address,"
                            + " or for a refund (\"Refund order 1012, it arrived broken.\"). To talk to models, set"
                            + " DEEPSEEK_API_KEY.",
                    "我是 deepthink4j 的模拟器，不是模型。可以问我订单在哪里（“订单 1022 到哪了？”）、有没有货（“Oak chair 还有货吗？”）、"
                            + "某个邮箱的订单，或者申请退款（“订单 1012 到货时坏了，我要退款。”）。要与模型对话，请设置 DEEPSEEK_API_KEY。");
        }
        Result last = results.get(results.size() - 1);
        return last.text().startsWith("Order ")
                ? Words.inTheLanguageOf(conversation.question(), "Here it is. ", "查到了。") + last.text()
                : last.text();
    }
}
