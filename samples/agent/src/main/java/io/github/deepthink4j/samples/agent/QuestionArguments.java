package io.github.deepthink4j.samples.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the arguments of a tool off a question, by the types, names and descriptions of its parameters. What it has read once it
 * does not read again, so that two numbers go to two parameters.
 */
final class QuestionArguments {

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?![\\d.]*\\d)");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w.-]*\\w");
    private static final Pattern DATE =
            Pattern.compile("(?i)\\d{4}-\\d{2}-\\d{2}|today|tomorrow|yesterday|今天|明天|后天|昨天");
    private static final Pattern CURRENCY = Pattern.compile("\\b[A-Z]{3}\\b|人民币|美元|欧元|日元|英镑|港币");
    private static final Pattern CODE = Pattern.compile("\\b(?=[\\w-]*\\d)[A-Za-z0-9][\\w-]*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|“([^”]+)”|「([^」]+)」|《([^》]+)》|'([^']+)'");
    private static final Pattern AFTER_COLON = Pattern.compile("(?s)[:：]\\s*(\\S.*)$");
    private static final Pattern NAME = Pattern.compile(
            "(?<=[\\w,] )(?!I\\b)\\p{Lu}[\\p{IsLatin}'-]*(?: \\p{Lu}[\\p{IsLatin}'-]*)*|(?<=\\p{IsHan}) ?\\p{IsLatin}[\\p{IsLatin} '-]*\\p{IsLatin}");
    private static final Pattern AFTER_PREPOSITION = Pattern.compile(
            "(?i)\\b(?:in|at|for|of|about|on|to|from|with)\\s+(?:the\\s+|an?\\s+|my\\s+)?(\\p{IsLatin}[\\p{IsLatin}\\d' -]*)");
    private static final Pattern COURTESY =
            Pattern.compile("(?i)(?:\\s+(?:please|today|tomorrow|now|right now|like|for me))+$");
    private static final Pattern CHINESE_FROM_TO = Pattern.compile("从(\\p{IsHan}+?)(?:到|至|去)(\\p{IsHan}{2,4})");
    private static final Pattern FROM = Pattern.compile("(?i)\\bfrom (\\p{Lu}[\\w'-]*(?: \\p{Lu}[\\w'-]*)*)");
    private static final Pattern TO = Pattern.compile("(?i)\\bto (\\p{Lu}[\\w'-]*(?: \\p{Lu}[\\w'-]*)*)");
    private static final Pattern FILLERS =
            Pattern.compile("请问|麻烦|帮忙|帮我|我想|想要|知道|告诉我|查一下|查询|查查|看一下|看看|用一下|调用|工具|今天|明天|后天|昨天|现在"
                    + "|一下|怎么样|怎样|如何|是什么|是多少|多少|有没有|什么|几点|可以|[请查用的了吗呢吧啊是有在把我问那]");
    private static final Pattern NO = Pattern.compile("(?i)\\b(?:not?|without|don't)\\b|不|别|没");

    private final OfferedTool tool;
    private final ObjectNode values = JsonNodeFactory.instance.objectNode();
    private final List<String> missing = new ArrayList<>();
    private String text;

    private QuestionArguments(OfferedTool tool, String question) {
        this.tool = tool;
        this.text = question.replaceAll("(?i)(?<![A-Za-z0-9_])" + Pattern.quote(tool.name()) + "(?![A-Za-z0-9_])", " ");
        JsonNode properties = tool.parameters().path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            read(property.getKey(), property.getValue());
        }
    }

    static QuestionArguments of(OfferedTool tool, String question) {
        return new QuestionArguments(tool, question);
    }

    /** JSON, for the call. */
    String json() {
        return values.toString();
    }

    /** What the tool needs and the question does not say, each with its description. */
    List<String> missing() {
        return missing;
    }

    private void read(String name, JsonNode schema) {
        String hint = (name + " " + schema.path("description").asText()).toLowerCase(Locale.ROOT);
        Optional<JsonNode> value = value(hint, schema);
        value.ifPresent(found -> values.set(name, found));
        boolean required = false;
        for (JsonNode one : tool.parameters().path("required")) {
            required |= one.asText().equals(name);
        }
        if (value.isEmpty() && required) {
            String description = schema.path("description").asText();
            missing.add(description.isEmpty() ? name : name + " (" + description + ")");
        }
    }

    private Optional<JsonNode> value(String hint, JsonNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.has("enum")) {
            return choice(schema.path("enum")).map(json::textNode);
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> take(NUMBER, 0).map(BigDecimal::new).map(number -> json.numberNode(number.longValue()));
            case "number" -> take(NUMBER, 0).map(BigDecimal::new).map(json::numberNode);
            case "boolean" -> Optional.of(json.booleanNode(!NO.matcher(text).find()));
            case "string" -> text(hint).map(json::textNode);
            case "array" ->
                value(hint, schema.path("items")).map(item -> json.arrayNode().add(item));
            default -> Optional.empty();
        };
    }

    private Optional<String> choice(JsonNode allowed) {
        String spoken = text.toLowerCase(Locale.ROOT);
        for (JsonNode one : allowed) {
            if (spoken.contains(one.asText().toLowerCase(Locale.ROOT).replace('_', ' '))) {
                return Optional.of(one.asText());
            }
        }
        return Optional.empty();
    }

    private Optional<String> text(String hint) {
        if (says(hint, "e-?mail|邮箱|邮件")) {
            return take(EMAIL, 0);
        }
        if (says(hint, "\\bdate\\b|\\bday\\b|日期")) {
            return take(DATE, 0);
        }
        if (says(hint, "currency|币种|货币")) {
            return take(CURRENCY, 0);
        }
        Optional<String> quoted = take(QUOTED, 0).map(words -> words.substring(1, words.length() - 1));
        if (quoted.isPresent()) {
            return quoted;
        }
        if (says(hint, "\\btexts?\\b|query|question|message|content|prompt|expression|内容|文本|文字|问题|表达式|关键词")) {
            return take(AFTER_COLON, 1).or(() -> Optional.of(text.strip()).filter(all -> !all.isEmpty()));
        }
        if (says(hint, "\\bnumber\\b|\\bid\\b|\\bcode\\b|tracking|单号|编号|号码")) {
            return take(CODE, 0);
        }
        return take(AFTER_COLON, 1)
                .or(() -> place(hint))
                .or(() -> take(NAME, 0))
                .or(this::chinese)
                .or(this::english);
    }

    private Optional<String> place(String hint) {
        boolean from = says(hint, "^from|^source|^origin|start|出发|起点");
        boolean to = says(hint, "^to\\b|^to[A-Z]|^target|destination|到达|目的|终点");
        Matcher chinese = CHINESE_FROM_TO.matcher(text);
        if ((from || to) && chinese.find()) {
            return Optional.of(chinese.group(from ? 1 : 2));
        }
        Matcher matcher = (from ? FROM : TO).matcher(text);
        return (from || to) && matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private Optional<String> english() {
        Matcher matcher = AFTER_PREPOSITION.matcher(text);
        String last = null;
        while (matcher.find()) {
            last = COURTESY.matcher(matcher.group(1).strip()).replaceFirst("");
        }
        return Optional.ofNullable(last);
    }

    /** What is left without the words that ask, and without those that tell what the tool is for. */
    private Optional<String> chinese() {
        String left = text;
        for (String term : OfferedTool.terms(tool.name() + " " + tool.description())) {
            left = term.matches("\\p{IsHan}+") ? left.replace(term, " ") : left;
        }
        for (String word : OfferedTool.wordsFor(tool)) {
            left = left.replace(word, " ");
        }
        left = FILLERS.matcher(left).replaceAll(" ");
        return Pattern.compile("\\p{IsHan}{2,}")
                .matcher(left)
                .results()
                .map(run -> run.group())
                .max(Comparator.comparingInt(String::length));
    }

    private static boolean says(String hint, String pattern) {
        return Pattern.compile(pattern).matcher(hint).find();
    }

    private Optional<String> take(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String found = matcher.group(group).strip();
        text = text.substring(0, matcher.start()) + " " + text.substring(matcher.end());
        return Optional.of(found);
    }
}
