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
            """)
    void should_mark_no_right_answer(String question, String file, String answer) {
        assertHolds(question, file, answer);
    }
}
