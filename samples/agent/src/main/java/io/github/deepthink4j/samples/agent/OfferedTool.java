package io.github.deepthink4j.samples.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tool as a request offers it: to a tool caller as a schema, and to a reasoner that plans in words.
 *
 * @param parameters its JSON schema; missing if it takes nothing
 */
record OfferedTool(String name, String description, JsonNode parameters) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As a plan is asked for, in each language. */
    private static final Pattern TOLD =
            Pattern.compile("(?m)^- (\\w+)(?:(?:: |：)(.*?))?(?: \\(arguments: |（参数：)(\\{.*}|none|无)[)）]$");

    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}{3,}");
    private static final Pattern BORDER = Pattern.compile("(?<=[a-z])(?=[A-Z])|_");
    private static final Pattern ENDING = Pattern.compile("(?<=...)(?:ations?|ions?|ings?|ers?|ies|ed|es|s|e|y)$");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern SAYS_NOTHING = Pattern.compile(".*[的了吗呢是在有我你他她它个某这那哪和与或把给请么什一].*");

    /** They are in any description and any question. */
    private static final Set<String> COMMON =
            Set.of(("the and for with from this that are was its not how what where which who when"
                            + " why does did can could will would you your please tell tells give gives get gets return returns"
                            + " show shows many much has have had use uses call tool there about into such some any one")
                    .split(" "));

    /** What people ask tools for, so that a question in one language finds a tool that is described in the other. */
    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("天气", "weather"),
            Map.entry("气温", "temperature"),
            Map.entry("时间", "time"),
            Map.entry("几点", "time"),
            Map.entry("日期", "date"),
            Map.entry("价格", "price"),
            Map.entry("汇率", "rate"),
            Map.entry("货币", "currency"),
            Map.entry("换算", "convert"),
            Map.entry("兑换", "convert"),
            Map.entry("翻译", "translate"),
            Map.entry("计算", "calculate"),
            Map.entry("地址", "address"),
            Map.entry("发票", "invoice"),
            Map.entry("优惠", "discount"),
            Map.entry("折扣", "discount"),
            Map.entry("快递", "parcel"),
            Map.entry("物流", "parcel"),
            Map.entry("运费", "shipping"),
            Map.entry("保修", "warranty"),
            Map.entry("取消", "cancel"),
            Map.entry("预约", "appointment"),
            Map.entry("距离", "distance"),
            Map.entry("股票", "share"),
            Map.entry("新闻", "news"),
            Map.entry("搜索", "search"),
            Map.entry("电话", "phone"),
            Map.entry("门店", "store"),
            Map.entry("营业", "opening"));

    /** Those of a request; empty if it offers none. */
    static List<OfferedTool> in(SimulatedRequest request) {
        List<OfferedTool> tools = new ArrayList<>();
        for (JsonNode tool : request.body().path("tools")) {
            JsonNode function = tool.path("function");
            tools.add(new OfferedTool(
                    function.path("name").asText(),
                    function.path("description").asText(),
                    function.path("parameters")));
        }
        return tools.isEmpty() ? toldIn(request.lastUserText()) : tools;
    }

    private static List<OfferedTool> toldIn(String text) {
        return TOLD.matcher(text)
                .results()
                .map(told -> new OfferedTool(
                        told.group(1), told.group(2) == null ? "" : told.group(2), schema(told.group(3))))
                .toList();
    }

    private static JsonNode schema(String json) {
        try {
            return json.startsWith("{") ? MAPPER.readTree(json) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    boolean isNamedIn(String text) {
        return Pattern.compile("(?i)(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])")
                .matcher(text)
                .find();
    }

    /** What it is about. */
    Set<String> terms() {
        return terms(name + " " + description);
    }

    /** The words of a text without their endings, and of Chinese each two characters that stand together. */
    static Set<String> terms(String text) {
        Set<String> terms = new HashSet<>();
        WORD.matcher(BORDER.matcher(text).replaceAll(" "))
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .filter(word -> !COMMON.contains(word))
                .forEach(word -> terms.add(stem(word)));
        HAN.matcher(text).results().forEach(run -> {
            for (int i = 0; i + 2 <= run.group().length(); i++) {
                terms.add(run.group().substring(i, i + 2));
            }
        });
        terms.removeIf(term -> SAYS_NOTHING.matcher(term).matches());
        CHINESE.forEach((chinese, english) -> {
            if (text.contains(chinese)) {
                terms.add(stem(english));
            }
        });
        return terms;
    }

    /** The Chinese words for what it is about, where it says so in English. */
    static List<String> wordsFor(OfferedTool tool) {
        Set<String> terms = tool.terms();
        return CHINESE.entrySet().stream()
                .filter(entry -> terms.contains(stem(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String stem(String word) {
        return ENDING.matcher(word).replaceFirst("");
    }
}
