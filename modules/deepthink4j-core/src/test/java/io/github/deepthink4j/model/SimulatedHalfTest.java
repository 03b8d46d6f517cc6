package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.DeepSeekTest;
import org.junit.jupiter.api.Test;

/** What the guide to testing says about characters that are cut. */
@DeepSeekTest
class SimulatedHalfTest {

    @Test
    void should_put_halves_together_and_keep_the_last(DeepSeekSimulator deepSeek) {
        deepSeek.onMessage(containing("whole")).answer("good\ud83d\ude42done").pieces(1);
        deepSeek.onMessage(containing("half")).answer("good \ud83d").finishReason("length");
        for (boolean streamed : new boolean[] {true, false}) {
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("any")
                    .modelName("deepseek-flash")
                    .streamOnWire(streamed)
                    .build();

            AiMessage whole = model.chat(UserMessage.from("whole")).aiMessage();
            AiMessage half = model.chat(UserMessage.from("half")).aiMessage();

            assertThat(whole.text()).isEqualTo("good\ud83d\ude42done");
            assertThat(half.text()).isEqualTo("good ");
            assertThat(half.attributes()).containsKey(HalfCharacter.ATTRIBUTE);
        }
    }
}
