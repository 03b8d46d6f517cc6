package io.github.deepthink4j.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import org.junit.jupiter.api.Test;

/** What a reader of a log finds. */
class ValueTextTest {

    @Test
    void should_name_what_is_set_and_leave_out_what_is_not() {
        assertThat(Timeouts.custom().total(null).build())
                .hasToString("Timeouts[connect=PT10S, firstByte=PT5M, idle=PT5M]");
    }

    @Test
    void should_say_nothing_of_a_listener() {
        assertThat(RetryPolicy.DEFAULT)
                .hasToString("RetryPolicy[maxAttempts=3, baseDelay=PT0.5S, maxDelay=PT8S, jitter=0.25,"
                        + " maxRetryAfter=PT1M, retryTimeouts=false]");
    }

    @Test
    void should_not_print_what_had_arrived_of_an_answer() {
        ErrorDetails details = ErrorDetails.custom()
                .httpStatus(503)
                .partialMessage(AiMessage.from("private"))
                .build();

        assertThat(details).hasToString("ErrorDetails[httpStatus=503, partialMessage=present]");
    }

    @Test
    void should_tell_a_space_from_nothing() {
        assertThat(LostReasoning.SPACE).hasToString("LostReasoning[filler=' ']");
        assertThat(LostReasoning.THINKING_OFF).hasToString("LostReasoning[filler=none, thinking off]");
    }

    @Test
    void should_tell_the_rules_of_a_profile_in_one_order_and_its_host_by_name() {
        assertThat(ModelProfile.from(ModelProfile.R1)
                        .dialect(ReasoningDialect.GROQ)
                        .build())
                .hasToString("ModelProfile[name=DeepSeek R1, thinkingDefault=ALWAYS,"
                        + " thinkingSwitch=ThinkingSwitch[on={}, off={}], efforts=Efforts[meanings={}],"
                        + " whileThinking=ModeRules[features=[PREFIX],"
                        + " ignored=[TEMPERATURE, TOP_P, FREQUENCY_PENALTY, PRESENCE_PENALTY],"
                        + " refused=[TOP_K, LOGPROBS, FORCED_TOOL_CHOICE], maxOutputTokens=8192,"
                        + " thinkingInMaxTokens=false, mostThoughtTokens=32768],"
                        + " whileNotThinking=ModeRules[features=[], ignored=[], refused=[TOP_K],"
                        + " thinkingInMaxTokens=true],"
                        + " history=HistoryRules[reasoningReplay=FORBIDDEN, lostReasoning=LostReasoning[filler=' '],"
                        + " mergeSameRole=true, foldSystemMessage=false, userFirst=true,"
                        + " leaveOutUnreadable=true], contextWindow=65536, dialect=Groq]");
    }
}
