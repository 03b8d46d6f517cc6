package io.github.deepthink4j.internal.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OpenQuestionsTest {

    private static final RuntimeException RISK = new ContentFilteredException("Content Exists Risk");

    private final List<UserMessage> refused = new ArrayList<>();
    private final List<Integer> behind = new ArrayList<>();
    private final Asker asker = (question, messagesBehind, error) -> {
        refused.add(question);
        behind.add(messagesBehind);
    };

    private static void refuse(ChatMessage... request) {
        OpenQuestions.begin(List.of(request)).failed(RISK);
    }

    @Test
    void should_know_a_question_by_the_object_and_not_by_its_words() {
        UserMessage question = UserMessage.from("q");
        OpenQuestions.handedOut(question, asker);

        refuse(UserMessage.from("q"));
        assertThat(refused).isEmpty();

        refuse(UserMessage.from("earlier"), AiMessage.from("a"), question);
        assertThat(refused).containsExactly(question);
    }

    @Test
    void should_look_behind_what_others_have_added() {
        UserMessage question = UserMessage.from("q");
        OpenQuestions.handedOut(question, asker);

        refuse(question, AiMessage.from("a plan"), UserMessage.from("Now carry it out."));

        assertThat(refused).containsExactly(question);
        assertThat(behind).containsExactly(2);
    }

    @Test
    void should_know_a_question_in_the_text_that_this_thread_sends_next() throws InterruptedException {
        UserMessage question = UserMessage.from("q1");
        UserMessage augmented = UserMessage.from("q1\n\nRetrieved text");
        OpenQuestions.asked(question, asker);
        Inquiry first = OpenQuestions.begin(List.of(augmented));

        // the next round of the turn comes from another thread
        Thread other = new Thread(() -> refuse(augmented, AiMessage.from("a round")));
        other.start();
        other.join();
        assertThat(refused).containsExactly(question);

        first.failed(RISK);
        assertThat(refused).containsExactly(question, question);
    }

    @Test
    void should_take_neither_another_text_nor_a_later_one_for_the_question() {
        UserMessage question = UserMessage.from("q1");
        OpenQuestions.asked(question, asker);
        refuse(UserMessage.from("something else"));
        refuse(UserMessage.from("q1 and more, but this thread has sent something else before"));

        OpenQuestions.asked(UserMessage.from(ImageContent.from("https://example.com/a.png")), asker);
        refuse(UserMessage.from("anything"));

        assertThat(refused).isEmpty();
    }

    @Test
    @Timeout(30)
    void should_hold_no_question_that_is_gone() throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            OpenQuestions.handedOut(UserMessage.from("q" + i), asker);
        }

        while (OpenQuestions.known(asker) > 1_000) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(OpenQuestions.known(asker)).isLessThanOrEqualTo(1_000);
    }
}
