package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import org.junit.jupiter.api.Test;

/** A model object tells by which rules it goes. */
class ProfileOfModelTest {

    @Test
    void should_tell_the_profile_of_its_model() {
        DeepSeekChatModel blocking = DeepSeekChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-reasoner")
                .build();
        DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-v4-pro")
                .build();

        assertThat(blocking.profile()).isEqualTo(ModelProfile.R1);
        assertThat(streaming.profile()).isEqualTo(ModelProfile.V4_PRO);
    }

    @Test
    void should_tell_the_profile_that_was_set_behind_the_host_that_was_set() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl("http://localhost:8000/v1")
                .modelName("ours")
                .profile(ModelProfile.V3_2)
                .dialect(ReasoningDialect.VLLM)
                .build();

        assertThat(model.profile()).isEqualTo(ModelProfile.V3_2.on(ReasoningDialect.VLLM));
    }
}
