package io.github.deepthink4j.samples.rag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowUpTest {

    private static Run talk(String... questions) {
        return SampleCorpus.run(
                Map.of(),
                String.join("\n", questions) + "\n",
                "ask",
                "--index",
                SampleCorpus.index().toString());
    }

    @Test
    void should_make_a_follow_up_whole() {
        Run run = talk("Is the Ostro 2 waterproof?", "And how long is its warranty?");

        assertThat(run.output())
                .contains("gives a warranty of three years", "rewriting 1 request")
                .containsPattern("(?s)(would cost on DeepSeek, as deepseek-flash: .* USD.*){2}");
    }

    @Test
    void should_answer_in_chinese_what_is_asked_in_chinese() {
        Run run = talk("Ostro 2 防水吗？", "谁是第一个登上月球的人？");

        assertThat(run.output())
                .contains("(thinking) 我是 deepthink4j 的模拟器，不是模型。", "  这些文档里没有。\n")
                .doesNotContain("Not in these documents.", "I am deepthink4j's");
    }

    @Test
    void should_leave_a_new_question_alone() {
        Run run = talk("Is the Ostro 2 waterproof?", "Who was the first person to walk on the moon?");

        assertThat(run.output()).contains("It is not waterproof. [1]", "Not in these documents.", "was not asked");
    }
}
