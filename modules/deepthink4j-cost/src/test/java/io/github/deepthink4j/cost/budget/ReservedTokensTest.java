package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much an attempt reserves, as a budget says that refuses it. */
class ReservedTokensTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private BigDecimal reserved(ModelProfile profile, String modelName, UserMessage question) {
        Budget tooSmall = Budget.builder("small").tokens(1).build();
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName(modelName)
                .profile(profile)
                .maxOutputTokens(100)
                .gates(tooSmall)
                .build()) {
            return catchThrowableOfType(BudgetExceededException.class, () -> model.chat(question))
                    .wanted();
        }
    }

    @Test
    void should_reserve_the_thought_that_max_tokens_does_not_count() {
        UserMessage question = UserMessage.from("How many r are in strawberry?");

        BigDecimal counted = reserved(ModelProfile.R1_0528, "deepseek-reasoner", question);
        BigDecimal beside = reserved(ModelProfile.R1, "deepseek-reasoner", question);

        assertThat(counted).isBetween(BigDecimal.valueOf(100), BigDecimal.valueOf(1_000));
        assertThat(beside.subtract(counted)).isEqualByComparingTo("32768");
    }

    /** Its address says nothing of how large it is. */
    @Test
    void should_reserve_an_image_in_full() {
        BigDecimal without = reserved(ModelProfile.V4_1, "deepseek-flash", UserMessage.from("What is it?"));
        BigDecimal with = reserved(
                ModelProfile.V4_1,
                "deepseek-flash",
                UserMessage.from(TextContent.from("What is it?"), ImageContent.from("https://example.com/a.png")));

        assertThat(with.subtract(without)).isBetween(BigDecimal.valueOf(384), BigDecimal.valueOf(600));
    }
}
