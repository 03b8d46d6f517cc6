package io.github.deepthink4j.samples.rag.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of a passage and a sentence that cites it, with what does not hold in it. */
class RuleCheckTest {

    private static final String QUESTION = "What about the Ostro 2? Ostro 2 怎么样？";

    private static String objection(String passage, String sentence) {
        return new RuleCheck(QUESTION, List.of(new Passage(1, "a.md", "", passage, 1)))
                .objection(sentence + " [1]", Set.of(1))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            It runs for 14 hours on a charge.                    | The Ostro 2 runs for 14 hours.
            It runs for fourteen hours.                          | It runs 14 h.
            It remembers 3 phones.                               | It remembers three phones at most.
            The memory holds 12,000 records.                     | It keeps 12000 records.
            The memory holds 12000 records.                      | It keeps 12 000 records, or 12,000.
            The accuracy is 50 % of the range.                   | Its accuracy is 50 percent.
            Humidity: 95 percent at most.                        | It measures up to 95%.
            Charging takes 2 hours and 20 minutes.               | Charging takes 140 minutes.
            Charging takes 140 minutes.                          | Charging takes 2 hours and 20 minutes.
            The case is 142 mm high.                             | It is 14.2 cm high.
            It costs 1.2 million euros.                          | The price is €1,200,000.
            There were 12,034 visitors.                          | About 12,000 visitors came.
            The Ostro 2 weighs 148 g, the Ostro 2 S 171 g.       | The Ostro 2 S is 23 g heavier.
            Version 2.1 (October 2024) is the newest.            | Version 2.1 came in October 2024.
            Use max_retries to limit it.                         | The setting is `max_retries`.
            Protected to IP54.                                   | Its class is IP 54.
            It has USB-C.                                        | It charges by USB C.
            The museum in Germany opened in 1990.                | The German museum opened in 1990.
            Built by the United Nations in 1999.                 | Built by the UN in 1999.
            It is not waterproof.                                | It must not be called waterproof.
            It is not waterproof and does not float.             | It never floats.
            A charger is not included.                           | The box comes without a charger.
            A charger is not included, a cable is included.      | A cable is included.
            It cannot be replaced by the user. The workshop replaces the battery. | The workshop replaces the battery.
            Below 0.4 m/s the cups do not start to turn.         | The cups start to turn at 0.4 m/s.
            Charging takes 2 hours.                              | It does not take three hours but 2 hours.
            The log is not deleted by this.                      | No, the log is kept.
            Not only wind is measured.                           | Wind is measured.
            Returns are accepted within 30 days.                 | There are two conditions: returns within 30 days, and more.
            It is sold in Oslo.                                  | 1. It is sold in Oslo.
            一次充电可以运行 14 小时。                              | 一次充电可用十四个小时。
            一次充电可以运行十四小时。                              | 充一次电能用 14 小时。
            最多记住三部手机。                                     | 最多能记住 3 部手机。
            内存可保存 12,000 条记录。                             | 能保存 1.2 万条记录。
            销量为３万台。                                         | 销量是 30000 台。
            准确率为百分之五十。                                   | 准确率是 50%。
            准确率为 50 %。                                       | 准确率为百分之五十。
            充电需要 2 小时 20 分钟。                              | 充满要 140 分钟。
            保修两年半。                                          | 保修期为 2.5 年。
            高 142 毫米。                                         | 高度为 14.2 厘米。
            于 2024 年 10 月发布。                                | 2024年十月发布。
            它不防水。                                            | 它并不防水。
            它不防水。                                            | 它没有防水功能。
            包装里不含充电器，附带一条数据线。                        | 包装里有数据线。
            电池不能由用户自行更换，由维修站更换。                     | 更换电池由维修站进行。
            低于 0 °C 时不要充电。                                 | 0 °C 以上可以充电。
            日志不会被删除。                                       | 日志会保留，不会丢失。
            不仅测风速，还测温度。                                  | 可以测温度。
            支持无线连接。                                         | 可以无线连接。
            编号 FM-2207 的防水袋另售。                             | 防水袋（FM-2207）需要另外购买。
            The warranty is three years.                          | 保修期为三年。
            保修三年。                                             | The warranty is 3 years.
            重量为 171 g。                                         | It weighs 171 grams.
            十分耐用，一般能用五年。                                 | 十分耐用，能用 5 年。
            It updates within an hour, half an hour mostly.       | It updates within 1 hour, mostly in 30 minutes.
            The service answers from 09:00 to 17:00.              | It answers from 9 a.m. to 5 p.m.
            Return it in its box and without scratches.           | There are 2 conditions: its box, and no scratches.
            Keep it away from heat at 40 °C.                      | NOTE: You MUST NOT heat it to 40 degrees Celsius.
            电池用完或受潮都会停机。                                 | 有两个原因：电池用完，或者受潮。
            误差为百分之三点五。                                     | 误差是 3.5%。
            客服下午5点下班。                                      | 客服 17:00 下班。
            价格为 45 欧元和 60 欧元。                              | 两者相差 15 欧元。
            """)
    void should_let_a_right_sentence_pass(String passage, String sentence) {
        assertThat(objection(passage, sentence)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            It runs for 14 hours on a charge.                    | It runs for 15 hours on a charge.          | "15 hours" is not
            It runs for 14 hours on a charge.                    | It runs for 14 minutes on a charge.        | "14 minutes" is not
            It remembers three phones.                           | It remembers four phones.                  | "four" is not
            The memory holds 12,000 records.                     | It holds 1,200 records.                    | "1,200" is not
            The accuracy is 3 %.                                 | The accuracy is 5 percent.                 | "5 percent" is not
            Charging takes 2 hours and 20 minutes.               | Charging takes 2 hours and 30 minutes.     | "2 hours 30 minutes" is not
            It costs 110 euros more.                             | It costs 110 dollars more.                 | "110 dollars" is not
            The case is 142 mm high.                             | It is 142 cm high.                         | "142 cm" is not
            The Ostro 2 has cups.                                | The Ostro 3 has cups.                      | "3" is not
            It was found in 1990.                                | It was found in 1991.                      | "1991" is not
            It is made by Fennmark.                              | It is made by Siemens.                     | "Siemens" is not
            Protected to IP54.                                   | It is protected to IP67.                   | "IP67" is not
            Error E-4711 means an open lid.                      | Error E-4712 means an open lid.            | "E-4712" is not
            Use max_retries to limit it.                         | Use retry_limit to limit it.               | "retry_limit" is not
            The app needs Android 11.                            | The app needs Android 12.                  | "12" is not
            It is not waterproof.                                | It is waterproof.                          | passage 1 says "not"
            The log is not deleted by this.                      | Yes, the log is deleted by it.             | passage 1 says "not"
            It cannot be replaced by the user.                   | The user can replace it.                   | passage 1 says "cannot"
            It has no lightning detector.                        | It has a lightning detector.               | passage 1 says "no"
            A charger is not included.                           | A charger is included.                     | passage 1 says "not"
            It is not certified for aviation.                    | The device is certified for aviation.      | passage 1 says "not"
            The charger is included in the box.                  | The charger is not included in the box.    | it says "not"
            The grille lets the air through.                     | The grille never lets the air through.     | it says "never"
            一次充电可以运行 14 小时。                              | 一次充电可以运行 15 小时。                    | "15小时" is not
            一次充电可以运行十四小时。                              | 一次充电可以运行 14 分钟。                    | "14分钟" is not
            最多记住三部手机。                                     | 最多记住四部手机。                           | "四" is not
            内存可保存 1.2 万条记录。                              | 能保存 12 万条记录。                         | "12万" is not
            准确率为百分之五十。                                   | 准确率为百分之六十。                          | "百分之六十" is not
            售价 199 元。                                         | 售价为 299 元。                             | "299元" is not
            售价 199 元。                                         | 售价为 199 美元。                           | "199美元" is not
            保修三年。                                            | 保修期是两年。                              | "两年" is not
            于 2024 年 10 月发布。                                | 它是 2023 年 10 月发布的。                   | "2023年" is not
            由三家公司制造。                                       | 由 5 家公司制造。                           | "5" is not
            故障 E-4711 表示盖子没盖好。                            | 故障 E-4713 表示盖子没盖好。                  | "E-4713" is not
            参见《用户手册》。                                      | 参见《安全手册》。                           | "安全手册" is not
            它不防水。                                            | 它防水。                                   | passage 1 says "不"
            日志不会被删除。                                       | 日志会被删除。                              | passage 1 says "不"
            电池不能由用户自行更换。                                 | 用户可以自行更换电池。                        | passage 1 says "不"
            包装里没有充电器。                                      | 包装里有充电器。                            | passage 1 says "没有"
            低于 0 °C 时不要充电。                                  | 低于 0 °C 时可以充电。                       | passage 1 says "不"
            本机未通过航空认证。                                     | 本机通过航空认证。                           | passage 1 says "未"
            无闪电探测器。                                         | 它有闪电探测器。                            | passage 1 says "无"
            充电器附在包装里。                                      | 充电器不附在包装里。                         | it says "不"
            数据可以通过蓝牙读取。                                   | 数据不能通过蓝牙读取。                        | it says "不"
            The warranty is three years.                          | 保修期为四年。                              | "四年" is not
            保修三年。                                             | The warranty is 4 years.                  | "4 years" is not
            """)
    void should_object_to_a_wrong_sentence(String passage, String sentence, String objection) {
        assertThat(objection(passage, sentence)).contains(objection);
    }

    @Test
    void should_know_what_the_question_and_the_other_passages_are_about() {
        Passage one = new Passage(1, "a.md", "Run time", "A charge lasts 14 hours.", 1);
        Passage two = new Passage(2, "b.md", "Body", "The Fennmark weighs 148 g.", 1);
        Passage three = new Passage(3, "c.md", "", "Fennmark repairs the Ostro 2.", 1);
        RuleCheck check = new RuleCheck("Does the Ostro 2 run for 20 hours?", List.of(one, two, three));

        assertThat(check.objection("The Ostro 2 by Fennmark runs for 14 hours [1].", Set.of(1)))
                .isEmpty();
        assertThat(check.objection("It runs for 14 hours, less than 20 hours [1].", Set.of(1)))
                .isEmpty();
        assertThat(check.objection("It does not run for 20 hours [1].", Set.of(1)))
                .isEmpty();
        assertThat(check.objection("It runs for 20 hours [1].", Set.of(1)))
                .contains("\"20 hours\" is not in passage 1");
        assertThat(check.objection("It weighs 148 g [1].", Set.of(1))).contains("\"148 g\" is not in passage 1");
        assertThat(check.objection("It weighs 148 g [1][2].", Set.of(1, 2))).isEmpty();
        assertThat(check.objection("It weighs 150 g [1][2].", Set.of(1, 2)))
                .contains("\"150 g\" is not in passage 1, 2");
        assertThat(check.objection("It weighs 150 g [7].", Set.of())).isEmpty();
    }

    @Test
    void should_outlive_texts_that_are_made_to_be_too_much() {
        String long1 = "1.".repeat(50_000) + " not ".repeat(5_000) + "三".repeat(5_000) + "a-".repeat(50_000);

        for (String sentence : List.of(
                "1.".repeat(1_000),
                "not ".repeat(500),
                "one hundred ".repeat(200),
                "a_1-".repeat(600),
                "不".repeat(2_000))) {
            assertThat(objection(long1, sentence)).isNotNull();
        }
        assertThat(objection("It runs for 14 hours.", "It runs for 15 hours. ".repeat(1_000)))
                .isEmpty();
    }
}
