package io.github.deepthink4j.samples.rag.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.query.Metadata;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.index.Stores;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.NeighbourRetriever;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.retrieval.PassageAggregator;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Right answers about the sample's own corpus, in the words of a model: not one of them may be marked. */
class CorpusAnswersTest {

    private static Passages passages;
    private static RetrievalAugmentor augmentor;

    @BeforeAll
    static void open() throws IOException {
        passages = Index.passages(
                SampleCorpus.index(),
                new Stores("", LocalEmbeddings.model().dimension(), Map.of()),
                SampleCorpus.PIPELINE);
        augmentor = DefaultRetrievalAugmentor.builder()
                .contentRetriever(new NeighbourRetriever(
                        passages, LocalEmbeddings.model(), new RetrievalSettings(6, null, 3_000)))
                .contentAggregator(new PassageAggregator(3_000, DeepSeekTokenCountEstimator.of(ModelProfile.V4_1)))
                .contentInjector(new PassageInjector())
                .build();
    }

    @AfterAll
    static void close() throws IOException {
        passages.close();
    }

    private static List<Passage> read(String question) {
        UserMessage asked = UserMessage.from(question);
        return Passage.numbered(augmentor
                .augment(new AugmentationRequest(asked, Metadata.from(asked, "any", List.of())))
                .contents());
    }

    private static void assertHolds(String question, String file, String answer) {
        List<Passage> read = read(question);
        Set<Integer> cited = new TreeSet<>();
        read.stream().filter(passage -> passage.file().equals(file)).forEach(passage -> cited.add(passage.number()));

        assertThat(cited).as("passages of " + file).isNotEmpty();
        for (String sentence : answer.split("(?<=[.。]) *(?=\\p{Lu}|\\p{IsHan})")) {
            assertThat(new RuleCheck(question, read).objection(sentence, cited))
                    .as(sentence)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            How long does the Ostro 2 run on one charge?         | battery.md | With firmware 2.1 or later, the Ostro 2 runs for 14 hours on one charge. That holds with Bluetooth off and a logging interval of 10 seconds. With one reading per minute it lasts 5 days.
            How long does the Ostro 2 run on one charge?         | firmware/release-notes.md | Since firmware 2.1 a charge lasts 14 hours instead of 9 hours. The newer figure of fourteen hours counts.
            How long does the Ostro 2 run on one charge?         | quick-start-2023.txt | An older quick start from March 2023 says 9 hours.
            How long does charging an empty battery take?        | battery.md | Charging from empty takes 2 hours and 20 minutes over USB-C. That is 140 minutes. It does not charge below 0 °C.
            Is the Ostro 2 waterproof?                           | water-and-dust.md | No, the Ostro 2 is not waterproof. It is only protected against splashing water and dust (IP54). You must never immerse it, and it does not float.
            Is the Ostro 2 waterproof?                           | water-and-dust.md | The Ostro 2 is splash-proof to IP54, but not waterproof.
            How much does the Ostro 2 S weigh?                   | specifications.md | The Ostro 2 S weighs 171 g with its battery. It is 23 g heavier than the Ostro 2, which weighs 148 grams.
            What is the accuracy of the air pressure reading?    | specifications.md | Its accuracy is 1.5 hPa over a range from 750 to 1,100 hPa. The resolution is 0.1 hPa.
            Can I set the interval at which readings are logged? | firmware/release-notes.md | Yes. Since version 2.1 (October 2024) it can be set from 1 second to 60 minutes. Before, it could not be changed and was fixed at 30 seconds.
            How many phones can be paired with it?               | pairing.md | It remembers 3 phones. A fourth one replaces the phone that has not been used for the longest time. Only 1 phone can be connected at once.
            Does forgetting all phones delete the log?           | pairing.md | No, the log is not deleted. The log stays. Hold the button for 10 seconds while it is off; the ring then flashes red 3 times.
            Can I replace the battery myself?                    | battery.md | No, you cannot replace the battery yourself. Fennmark's workshop replaces the 1150 mAh cell for €39. The workshop renews the seal too.
            How long is the warranty on the battery?             | warranty.txt | The battery has a warranty of 1 year. The instrument itself has three years. It does not cover immersion, falls from more than 1.5 m, or an opened case.
            Is a charger in the box?                             | overview.md | A charger is not included. The box contains the instrument, a lanyard, a soft pouch, a 1 m USB-C cable and a calibration sheet. Any USB-C charger with at least 5 W will do.
            Why does the thermometer read too high in the sun?   | sensors.md | In direct sunlight it reads up to 4 degrees too high. The sensor is one chip behind the grille, which must be in the shade.
            May a pilot decide to fly by its readings alone?     | overview.md | No: the Ostro 2 is not certified for aviation. Pilots must not use its readings as their only source.
            What does calibrating the wind sensor of the Ostro 2 S cost? | calibration.md | Calibrating the wind sensor of the Ostro 2 S costs 60 euros, 15 euros more than for the Ostro 2. A complete calibration with certificate is 110 euros.
            Which serial numbers have the cups that can crack in frost?  | service-bulletins.pdf | These are the serial numbers 41200 to 41850, whose cups can crack below −5 °C. Fennmark replaces them at no charge, even when the warranty has ended. Instruments with a green dot have new cups and are not affected.
            What should I do when the screen stays white after an update? | service-bulletins.pdf | Hold the button for 11 seconds until the ring flashes red once. The log is not lost. Do not open the case; the instrument is not broken.
            青禾 G3 的一套电池能用多久？          | zh/power.md | 固件 3.2 及以上，四节五号电池可以使用 18 个月。前提是每天浇水两次，并关闭屏幕常亮。打开屏幕常亮后约为一半。
            青禾 G3 的一套电池能用多久？          | zh/leaflet-2022.txt | 2022 年的旧说明书写的是 12 个月。
            可以把控制器泡在水里吗？              | zh/winter.md | 不可以，控制器不能浸入水中。它的防护等级是 IP65，可以淋雨和承受喷水。它不是潜水设备。
            G3 Pro 有多重？                     | zh/specs.md | G3 Pro 含电池重 385 克。比 G3（310 克）重 75 克。
            土壤湿度的测量精度是多少？             | zh/specs.md | 土壤湿度的精度为 4%，测量范围是 0 到 100%。
            每路阀门每天最多能设几个时段？         | zh/firmware.md | 从 3.2 版（2024 年 9 月）起，每路阀门每天最多可设 12 个时段，以前是四个。
            最多几位成员可以共享一台控制器？       | zh/network.md | 最多 5 位成员可以共享。第六位加入时，最久没有使用的成员会被移出。同一时间只能有 1 位成员修改计划。
            恢复出厂设置会删掉灌溉记录吗？         | zh/network.md | 不会，灌溉记录不会被删除。灌溉记录会保留下来。但计划和 Wi-Fi 密码会被清除。
            可以装充电电池吗？                   | zh/power.md | 不可以。控制器不能给电池充电，因此不要使用充电电池。
            阀门的保修期是多长？                  | zh/warranty.txt | 阀门保修 1 年，控制器保修 2 年。冰冻造成的损坏不保修。
            能接到家里的饮用水上吗？              | zh/overview.md | 不能，青禾 G3 不得连接饮用水系统，也不能用于消防管路。
            支持 5 GHz 的 Wi-Fi 吗？             | zh/network.md | 不支持 5 GHz，只支持 2.4 GHz 的 Wi-Fi。密码要在 90 秒内输入。
            屏幕上显示 F-22 该怎么办？            | zh/faults.md | F-22 表示阀门没有关闭。请立即关闭总水阀，并清洗阀芯。
            哪些序列号的密封圈会开裂？             | zh/service-notice.md | 序列号 72300 到 73150 的控制器，密封圈在零下 5 °C 以下可能开裂。禾田电子会免费更换，过了保修期也可以。
            不喜欢的话几天之内可以退货？           | zh/warranty.txt | 十五天内可以退货，包装要完整。退还全部货款，但运费由顾客承担。
            为什么湿度读数会偏低？                | zh/sensors.md | 探头紧贴石块时，读数会偏低最多 20 个百分点。探头应插在根部附近 10 厘米深处。
            """)
    void should_mark_no_right_answer(String question, String file, String answer) {
        assertHolds(question, file, answer);
    }
}
