package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.samples.agent.Conversation.Result;
import io.github.deepthink4j.samples.agent.screen.Words;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who answers offline. It is no model, but it plays one fairly: it knows nothing of the database, reads what was asked and what the
 * tools have returned from the request, and decides by that.
 */
final class SupportBrain implements Brain {

    /** A product alone, as in "And the Steel lamp?" */
    private static final Pattern PRODUCT_ALONE =
            Pattern.compile("(?i)^\\W*(?:and|or|what about|how about)\\s+(?:the\\s+|an?\\s+)?([a-z][a-z ]*[a-z])\\W*$"
                    + "|^\\s*那?\\s*([A-Za-z][A-Za-z ]*[A-Za-z])\\s*呢\\W*$");

    private static final Pattern NUMBER_ALONE = Pattern.compile(
            "(?i)^\\W*(?:(?:and|or|but|what about|how about)\\s+)?(?:with\\s+)?(?:number\\s+|no\\.?\\s*)?#?(\\d{1,9})\\W*$"
                    + "|^\\s*那?么?\\s*(\\d{1,9})\\s*号?\\s*呢?\\W*$");
    /** Some words with which nothing new is asked. */
    private static final Pattern OTHER_ARGUMENT =
            Pattern.compile("(?i)^\\W*(?:and|or|what about|how about)\\s+(?:(?:in|at|for|from|to|of|on|with)\\s+)?"
                    + "(?!(?:who|what|why|when|where|how|which|is|are|was|do|does|did|can|could|will|would|should|tell|give|please|you|me|it|then|now)\\b)"
                    + "[\\p{L}\\d.'-]+(?:\\s+[\\p{L}\\d.'-]+){0,3}\\W*$"
                    + "|^\\s*那?么?(?!.*(?:什么|怎么|谁|哪|几|多少|吗))[^,，。]{1,12}呢\\W*$");

    /** The shop's own. Any other tool is one that somebody has added. */
    private static final Set<String> SHOP =
            Set.of("findOrder", "ordersOfCustomer", "checkStock", "computeRefund", "refundOrder");

    /** As plans and calls are told of them last; a request for the answer alone does not say what tools there are. */
    private volatile List<OfferedTool> offered = List.of();

    @Override
    public Answer answer(SimulatedRequest request) {
        List<OfferedTool> tools = OfferedTool.in(request);
        if (!tools.isEmpty()) {
            offered = tools;
        }
        Conversation conversation = completed(Conversation.of(request));
        return switch (conversation.task()) {
            case PLAN -> plan(conversation.question());
            case CALL -> call(conversation);
            case ANSWER -> Answer.thinking(thought(conversation)).thenText(words(conversation));
        };
    }

    /** What a follow-up leaves unsaid is as in the question before; only a refund has to be asked for in so many words. */
    private Conversation completed(Conversation conversation) {
        String question = conversation.question();
        String before = conversation.before();
        if (!conversation.followsUp()
                || !ShopQuestion.tools(question).isEmpty()
                || added(question).isPresent()) {
            return conversation;
        }
        Optional<OfferedTool> tool = added(before);
        if (tool.isPresent()) {
            String asked = question + " " + tool.get().name();
            boolean isOfTheSame = OTHER_ARGUMENT.matcher(question).matches()
                    && QuestionArguments.of(tool.get(), asked).missing().isEmpty();
            return isOfTheSame ? conversation.asking(asked) : conversation;
        }
        Matcher number = NUMBER_ALONE.matcher(question);
        if (ShopQuestion.isAboutAnOrder(before) && number.matches()) {
            String order = number.group(1) != null ? number.group(1) : number.group(2);
            return conversation.asking(
                    Words.inTheLanguageOf(question, "Where is order " + order + "?", "订单 " + order + " 到哪了？"));
        }
        Matcher named = PRODUCT_ALONE.matcher(question);
        if (ShopQuestion.isAboutStock(before) && named.find()) {
            String product = named.group(1) != null ? named.group(1) : named.group(2);
            return conversation.asking(
                    Words.inTheLanguageOf(question, "Is the " + product + " in stock?", product + " 还有货吗？"));
        }
        return conversation;
    }

    private Answer plan(String question) {
        List<String> tools = toolsFor(question);
        if (tools.isEmpty()) {
            return Answer.thinking(
                            added(question).isPresent()
                                    ? Words.inTheLanguageOf(
                                            question,
                                            "There is a tool for this, but the question does not say all that it needs.",
                                            "有这样的工具，但问题里没有给全它需要的参数。")
                                    : Words.inTheLanguageOf(
                                            question,
                                            "This is about none of the things that the tools know.",
                                            "工具不知道这方面的事。"))
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

    /** In the order in which they are called; none where the question does not say all that is needed for one. */
    private List<String> toolsFor(String question) {
        return added(question)
                .map(tool -> QuestionArguments.of(tool, question).missing().isEmpty()
                        ? List.of(tool.name())
                        : List.<String>of())
                .orElseGet(() -> ShopQuestion.tools(question));
    }

    /** A tool that is none of the shop's and that the question speaks of, by its name or by what it is for. */
    private Optional<OfferedTool> added(String question) {
        List<OfferedTool> others =
                offered.stream().filter(tool -> !SHOP.contains(tool.name())).toList();
        Optional<OfferedTool> named =
                others.stream().filter(tool -> tool.isNamedIn(question)).findFirst();
        if (named.isPresent()) {
            return named;
        }
        Set<String> asked = OfferedTool.terms(question);
        List<String> shops = ShopQuestion.toolsItSpeaksOf(question);
        if (!shops.isEmpty()) {
            // What the shop's tools do, they do.
            asked.removeAll(OfferedTool.terms("订单 退款 退货 库存"));
            offered.stream().filter(tool -> SHOP.contains(tool.name())).forEach(tool -> asked.removeAll(tool.terms()));
        }
        int enough = Math.max(1, Math.min(2, shops.size()));
        return others.stream()
                .filter(tool -> common(tool, asked) >= enough)
                .max(Comparator.comparingLong(tool -> common(tool, asked)));
    }

    private static long common(OfferedTool tool, Set<String> asked) {
        return tool.terms().stream().filter(asked::contains).count();
    }

    private Answer call(Conversation conversation) {
        Optional<String> tool = nextTool(conversation);
        if (tool.isEmpty()) {
            return conversation.answersItself()
                    ? Answer.text(words(conversation))
                    : Answer.text(Words.inTheLanguageOf(conversation.question(), "done", "完成"));
        }
        return Answer.toolCall(tool.get(), arguments(tool.get(), conversation.question()));
    }

    /** The next one of those that the question needs, unless the last result is the end of it. */
    private Optional<String> nextTool(Conversation conversation) {
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

    private String arguments(String tool, String question) {
        Optional<OfferedTool> added = added(question);
        if (added.isPresent()) {
            return QuestionArguments.of(added.get(), question).json();
        }
        return ShopQuestion.arguments(tool, question);
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

    private Optional<String> missing(String question) {
        return added(question).flatMap(tool -> {
            List<String> missing = QuestionArguments.of(tool, question).missing();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Words.inTheLanguageOf(
                            question,
                            "To call " + tool.name() + " I need " + String.join(" and ", missing)
                                    + ". Say so in the question, please.",
                            "要调用 " + tool.name() + "，还缺少：" + String.join("、", missing) + "。请在问题里写明。"));
        });
    }

    /** The shop itself knows English only, so that what the tools return is English in any answer. */
    private String words(Conversation conversation) {
        List<Result> results = conversation.results();
        if (results.isEmpty()) {
            Optional<String> missing = missing(conversation.question());
            if (missing.isPresent()) {
                return missing.get();
            }
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
        if (!SHOP.contains(last.tool())) {
            return Words.inTheLanguageOf(
                    conversation.question(),
                    "The tool " + last.tool() + " says: " + last.text(),
                    "工具 " + last.tool() + " 说：" + last.text());
        }
        return last.text().startsWith("Order ")
                ? Words.inTheLanguageOf(conversation.question(), "Here it is. ", "查到了。") + last.text()
                : last.text();
    }
}
