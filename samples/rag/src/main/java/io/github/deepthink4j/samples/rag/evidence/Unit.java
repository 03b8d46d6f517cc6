package io.github.deepthink4j.samples.rag.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a number counts: the name of a dimension, and how much of its smallest unit this one is. {@code 90 minutes} and {@code 1.5 小时} are
 * the same, {@code 14 minutes} and {@code 14 hours} are not.
 */
record Unit(String dimension, double factor) {

    private static final Map<String, Unit> BY_NAME = new LinkedHashMap<>();

    /** Degrees of whatever: of an angle, or of a temperature. */
    private static final String DEGREES = "degrees";

    static {
        add("time", 0.001, "ms millisecond milliseconds 毫秒");
        add("time", 1, "s sec secs second seconds 秒 秒钟");
        add("time", 60, "min mins minute minutes 分钟");
        add("time", 3_600, "h hr hrs hour hours 小时 个小时 钟头 个钟头");
        add("time", 86_400, "day days 天");
        add("time", 604_800, "week weeks 周 星期 个星期 礼拜 个礼拜");
        add("months", 1, "month months 个月");
        add("months", 12, "year years 年");
        add("length", 1e-9, "nm 纳米");
        add("length", 0.001, "mm millimetre millimetres millimeter millimeters 毫米");
        add("length", 0.01, "cm centimetre centimetres centimeter centimeters 厘米 公分");
        add("length", 1, "m metre metres meter meters 米");
        add("length", 1_000, "km kilometre kilometres kilometer kilometers 千米 公里");
        add("length", 0.0254, "inch inches 英寸");
        add("length", 0.3048, "ft foot feet 英尺");
        add("length", 1_609.344, "mile miles 英里");
        add("speed", 3.6, "m/s 米/秒 米每秒 metres_per_second meters_per_second");
        add("speed", 1, "km/h kph 公里/小时 千米/小时 公里每小时");
        add("mass", 0.001, "mg 毫克");
        add("mass", 1, "g gram grams gramme grammes 克");
        add("mass", 1_000, "kg kilo kilos kilogram kilograms 千克 公斤");
        add("mass", 1_000_000, "t tonne tonnes 吨");
        add("mass", 1e15, "Gt gigaton gigatons gigatonne gigatonnes");
        add("volume", 0.001, "ml millilitre millilitres milliliter milliliters 毫升");
        add("volume", 1, "l litre litres liter liters 升");
        add("celsius", 1, "°C degrees_Celsius degrees_C 摄氏度");
        add("fahrenheit", 1, "°F degrees_Fahrenheit 华氏度");
        add(DEGREES, 1, "° degree degrees 度");
        add("percent", 1, "% percent per_cent percentage_points 个百分点");
        add("euros", 1, "euro euros EUR € 欧元");
        add("dollars", 1, "dollar dollars USD $ 美元 美金");
        add("yuan", 1, "yuan RMB CNY ¥ 元 块钱 人民币");
        add("pounds", 1, "GBP £ 英镑");
        add("data", 1, "byte bytes 字节");
        add("data", 1_000, "KB");
        add("data", 1_000_000, "MB");
        add("data", 1_000_000_000, "GB");
        add("power", 1, "W watt watts 瓦 瓦特");
        add("power", 1_000, "kW kilowatt kilowatts 千瓦");
        add("voltage", 1, "V volt volts 伏 伏特");
        add("charge", 1, "mAh 毫安时");
        add("frequency", 1, "Hz hertz 赫兹");
        add("frequency", 1_000_000, "MHz 兆赫");
        add("frequency", 1_000_000_000, "GHz");
        add("pressure", 1, "hPa 百帕");
    }

    /** Behind a number; the longest name first. A Latin one ends where the word does. */
    static final String AFTER = "(?:[ \\u00a0-]?(?<unit>" + alternatives(false) + ")(?![a-zA-Z])|[ \\u00a0]?(?<han>"
            + alternatives(true) + "))";

    private static void add(String dimension, double factor, String names) {
        for (String name : names.split(" ")) {
            BY_NAME.put(name.replace('_', ' '), new Unit(dimension, factor));
        }
    }

    private static String alternatives(boolean chinese) {
        List<String> names = new ArrayList<>(BY_NAME.keySet());
        names.removeIf(name -> chinese != Chinese.startsWithHan(name));
        names.sort(Comparator.comparingInt(String::length).reversed());
        return names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }

    /** {@code null} if there is none of this name. */
    static Unit named(String name) {
        return name == null ? null : BY_NAME.get(name);
    }

    boolean isComparableTo(Unit other) {
        return dimension.equals(other.dimension) || isDegrees(other) && (isTemperature() || other.isTemperature());
    }

    private boolean isDegrees(Unit other) {
        return dimension.equals(DEGREES) || other.dimension.equals(DEGREES);
    }

    private boolean isTemperature() {
        return dimension.equals("celsius") || dimension.equals("fahrenheit");
    }
}
