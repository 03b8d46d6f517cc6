package io.github.deepthink4j.samples.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
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
    /** Of a text on a day that is not one. */
    private static final String IS_A_DATE = "(?:^|[a-z_])(?:date|Date|day|Day)$";

    private static final String DESCRIBES_A_DATE =
            "(?i)^(?:(?:the|a|an)\\s+)?(?:(?!of\\b|on\\b|for\\b|in\\b)\\w+\\s+)?(?:date|day)\\b(?!s?\\s+(?:message|text|name|plan))|^\\p{IsHan}{0,6}日期";
    private static final Pattern CURRENCY = Pattern.compile("\\b[A-Z]{3}\\b|人民币|美元|欧元|日元|英镑|港币");
    private static final Pattern CODE = Pattern.compile("\\b(?=[\\w-]*\\d)[A-Za-z0-9][\\w-]*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|“([^”]+)”|「([^」]+)」|《([^》]+)》|'([^']+)'");
    private static final Pattern NEW_ADDRESS = Pattern.compile(
            "(?i)(?:\\b(?:to|is)\\s+|改成|改为|换成|改到|寄到|是)\\s*(?=.*\\d)([^?？!！。]+?)(?:,?\\s+please)?[.?？!！。\\s]*$");
    private static final Pattern AFTER_COLON = Pattern.compile("(?s)[:：]\\s*(\\S.*)$");
    private static final Pattern NAME = Pattern.compile(
            "(?<=[\\w,] )(?!I\\b)\\p{Lu}[\\p{IsLatin}'-]*(?: \\p{Lu}[\\p{IsLatin}'-]*)*|(?<=\\p{IsHan}) ?\\p{IsLatin}[\\p{IsLatin} '-]*\\p{IsLatin}");
    private static final Pattern AFTER_PREPOSITION = Pattern.compile(
            "(?i)\\b(?:in|at|for|of|about|on|to|from|with)\\s+(?:the\\s+|an?\\s+|my\\s+)?(\\p{IsLatin}(?:(?!\\s(?:in|at|for|of|about|on|to|from|with)\\s(?!me\\b))[\\p{IsLatin}\\d' -])*)");
    private static final Pattern AND = Pattern.compile("(?i)\\s(?:and|or)\\s|[和与跟或、]");
    private static final Pattern AND_ANOTHER = Pattern.compile("(?i)\\s*(?:and|or|&|和|与|还是|或)\\s*\\p{L}");
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
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        Map<String, JsonNode> written = WrittenArguments.in(question, tool.name(), names);
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String name = property.getKey();
            // Who writes some of them out leaves the others out on purpose: those are not looked for elsewhere.
            Optional<JsonNode> value = written.isEmpty()
                    ? value(name, property.getValue())
                    : Optional.ofNullable(written.get(name)).flatMap(one -> typed(one, property.getValue()));
            set(name, property.getValue(), value);
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

    private void set(String name, JsonNode schema, Optional<JsonNode> value) {
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

    private Optional<JsonNode> value(String name, JsonNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.has("enum")) {
            return choice(schema.path("enum")).map(json::textNode);
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> take(NUMBER, 0).flatMap(number -> typed(json.textNode(number), schema));
            case "number" -> take(NUMBER, 0).map(BigDecimal::new).map(json::numberNode);
            case "boolean" -> Optional.of(json.booleanNode(!NO.matcher(text).find()));
            case "string" -> text(name, schema.path("description").asText()).map(json::textNode);
            case "array" ->
                value(name, schema.path("items")).map(item -> json.arrayNode().add(item));
            default -> Optional.empty();
        };
    }

    /** A value that was written out, as its parameter has it; empty if it can't be that. */
    private static Optional<JsonNode> typed(JsonNode written, JsonNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String said = written.isValueNode() ? written.asText().strip() : "";
        for (JsonNode one : schema.path("enum")) {
            if (one.asText().equalsIgnoreCase(said)) {
                return Optional.of(one);
            }
        }
        if (schema.has("enum") || written.isNull()) {
            return Optional.empty();
        }
        return switch (schema.path("type").asText()) {
            case "integer" ->
                said.matches("-?\\d{1,18}") ? Optional.of(json.numberNode(Long.parseLong(said))) : Optional.empty();
            case "number" ->
                said.matches("-?\\d{1,30}(?:\\.\\d{1,30})?")
                        ? Optional.of(json.numberNode(new BigDecimal(said)))
                        : Optional.empty();
            case "boolean" ->
                said.matches("(?i)true|yes|false|no|是|否")
                        ? Optional.of(json.booleanNode(said.matches("(?i)true|yes|是")))
                        : Optional.empty();
            case "string" ->
                written.isValueNode() && !said.isEmpty() ? Optional.of(json.textNode(said)) : Optional.empty();
            case "array" -> written.isArray() ? Optional.of(written) : Optional.empty();
            default -> written.isObject() ? Optional.of(written) : Optional.empty();
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

    private Optional<String> text(String name, String description) {
        String hint = (name + " " + description).toLowerCase(Locale.ROOT);
        if (says(hint, "e-?mail|邮箱|邮件")) {
            return take(EMAIL, 0);
        }
        if (says(name, IS_A_DATE) || says(description, DESCRIBES_A_DATE)) {
            return take(DATE, 0);
        }
        if (says(hint, "currency|币种|货币")) {
            return take(CURRENCY, 0);
        }
        Optional<String> quoted = take(QUOTED, 0).map(words -> words.substring(1, words.length() - 1));
        if (quoted.isPresent()) {
            return quoted;
        }
        if (says(hint, "address|地址")) {
            return take(AFTER_COLON, 1).or(() -> take(NEW_ADDRESS, 1)).or(() -> place(hint));
        }
        if (says(hint, "\\btexts?\\b|query|question|message|content|prompt|expression|内容|文本|文字|问题|表达式|关键词")) {
            return take(AFTER_COLON, 1).or(() -> Optional.of(text.strip()).filter(all -> !all.isEmpty()));
        }
        if (says(hint, "\\bnumber\\b|\\bid\\b|\\bcode\\b|tracking|单号|编号|号码")) {
            return take(CODE, 0);
        }
        return take(AFTER_COLON, 1)
                .or(() -> place(hint))
                .or(this::name)
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

    /** What stands behind the only preposition; of several, any could be meant. */
    private Optional<String> english() {
        List<String> found = new ArrayList<>();
        Matcher matcher = AFTER_PREPOSITION.matcher(text);
        while (matcher.find()) {
            found.add(COURTESY.matcher(matcher.group(1).strip()).replaceFirst(""));
        }
        return only(found);
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
        return only(Pattern.compile("\\p{IsHan}{2,}")
                .matcher(left)
                .results()
                .map(MatchResult::group)
                .toList());
    }

    private Optional<String> only(List<String> found) {
        if (found.size() != 1 || AND.matcher(found.get(0)).find()) {
            return Optional.empty();
        }
        text = text.replace(found.get(0), " ");
        return Optional.of(found.get(0));
    }

    private Optional<String> name() {
        Matcher matcher = NAME.matcher(text);
        return matcher.find()
                        && AND_ANOTHER
                                .matcher(text)
                                .region(matcher.end(), text.length())
                                .lookingAt()
                ? Optional.empty()
                : take(NAME, 0);
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
