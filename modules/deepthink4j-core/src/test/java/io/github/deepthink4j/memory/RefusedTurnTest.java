package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server has refused is not sent again, and the memory says so. */
class RefusedTurnTest {

    private static final RuntimeException RISK = new ContentFilteredException("Content Exists Risk");

    /** Keeps JSON, so that no object survives; as a database would that several processes share. */
    private static final class Table implements ChatMemoryStore {

        private String row = "[]";
        private boolean down;

        @Override
        public List<ChatMessage> getMessages(Object memoryId) {
            return ChatMessageDeserializer.messagesFromJson(row);
        }

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            if (down) {
                throw new IllegalStateException("the database is down");
            }
            row = ChatMessageSerializer.messagesToJson(messages);
        }

        @Override
        public void deleteMessages(Object memoryId) {
            row = "[]";
        }
    }

    /** Another vendor's, that refuses or answers as it is told. */
    private static final class Model implements ChatModel {

        private RuntimeException error = RISK;
        private List<ChatMessage> asked = List.of();

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked = request.messages();
            throw error;
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of(new RefusalListener());
        }
    }

    private final List<List<ChatMessage>> refused = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();
    private final Table table = new Table();
    private final Model model = new Model();
    private final ReasoningChatMemory memory = memory("a");

    private ReasoningChatMemory memory(Object id) {
        return ReasoningChatMemory.builder()
                .id(id)
                .keepReasoning(KeepReasoning.NONE)
                .chatMemoryStore(table)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnRefused(Object memoryId, List<ChatMessage> turn, Throwable error) {
                        refused.add(turn);
                        errors.add(error);
                    }

                    @Override
                    public void onRepaired(Object memoryId, List<Repair> repaired) {
                        repairs.addAll(repaired);
                    }
                })
                .build();
    }

    private List<String> words() {
        return inWords(memory.messages());
    }

    @Test
    void should_not_hand_a_refused_question_out_again() {
        // given
        memory.add(SystemMessage.from("s"), user("q1"), plain("a1"), user("refused"));

        // when
        memory.refused(RISK);

        // then it is told once, it is in no request, and the next question takes its place
        assertThat(refused).containsExactly(List.of(user("refused")));
        assertThat(errors).containsExactly(RISK);
        assertThat(words()).containsExactly("SYSTEM", "q1", "a1");
        memory.refused(RISK);
        assertThat(refused).hasSize(1);

        memory.add(user("q2"));
        assertThat(words()).containsExactly("SYSTEM", "q1", "a1", "q2");
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.REFUSED_TURN);
        assertThat(table.row).doesNotContain("refused");
    }

    @Test
    void should_let_the_same_question_be_asked_once_more() {
        memory.add(user("q1"));
        memory.refused(RISK);

        memory.add(user("q1"));

        assertThat(words()).containsExactly("q1");
    }

    @Test
    void should_tell_other_processes_by_the_store() {
        memory.add(user("q1"), plain("a1"), user("refused"));
        memory.refused(RISK);

        ReasoningChatMemory elsewhere = memory("a");

        assertThat(inWords(elsewhere.messages())).containsExactly("q1", "a1");
        elsewhere.add(user("q2"));
        assertThat(words()).containsExactly("q1", "a1", "q2");
    }

    @Test
    void should_keep_a_question_that_another_model_answers_after_all() {
        memory.add(user("q1"));
        memory.refused(RISK);

        memory.add(plain("a1"));
        memory.add(user("q2"));

        assertThat(words()).containsExactly("q1", "a1", "q2");
        assertThat(table.row).doesNotContain("deepthink4j.refused");
        assertThat(repairs).isEmpty();
    }

    /** Another program has written the result behind the next question, where it was the last message. */
    @Test
    void should_leave_the_mark_behind_when_a_result_goes_where_it_belongs() {
        table.updateMessages("a", List.of(user("q1"), calls("c1"), user("q2"), result("c1")));
        memory.refused(RISK);
        assertThat(table.row).contains("deepthink4j.refused");

        memory.add(plain("a2"));

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1", "q2", "a2");
        assertThat(table.row).doesNotContain("deepthink4j.refused");
    }

    @Test
    void should_keep_a_round_that_another_model_begins_after_all() {
        memory.add(user("q1"), calls("c1"), result("c1"));
        memory.refused(RISK);

        memory.add(calls("c2"), result("c2"), plain("a1"));

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1", "calls c2", "result of c2", "a1");
    }

    @Test
    void should_remove_a_turn_that_was_refused_in_a_tool_round() {
        memory.add(user("q1"), plain("a1"), user("q2"), calls("c1"), result("c1"));
        memory.refused(RISK);

        memory.add(user("q3"));

        assertThat(refused).hasSize(1);
        assertThat(inWords(refused.get(0))).containsExactly("q2", "calls c1", "result of c1");
        assertThat(words()).containsExactly("q1", "a1", "q3");
    }

    @Test
    void should_remove_all_voices_of_a_refused_turn() {
        ReasoningChatMemory group = ReasoningChatMemory.builder().build();
        group.add(user("q1"), plain("a1"));
        group.add(UserMessage.from("anna", "refused"));
        group.add(UserMessage.from("ben", "so is this"));

        assertThatThrownBy(() -> model.chat(group.messages())).isSameAs(RISK);

        assertThat(inWords(group.messages())).containsExactly("q1", "a1");
        group.add(UserMessage.from("anna", "q2"));
        assertThat(inWords(group.messages())).containsExactly("q1", "a1", "q2");
    }

    @Test
    void should_remove_a_turn_that_was_refused_while_a_call_waits() {
        memory.add(user("q1"), plain("a1"), user("q2"), calls("c1"));
        memory.refused(RISK);
        assertThat(words()).containsExactly("q1", "a1");

        memory.add(user("q3"));

        assertThat(words()).containsExactly("q1", "a1", "q3");
    }

    @Test
    void should_take_the_mark_away_when_another_result_comes() {
        memory.add(user("q1"), calls("c1", "c2"), result("c1"));
        memory.refused(RISK);

        memory.add(result("c2"));

        assertThat(words()).containsExactly("q1", "calls c1,c2", "result of c1", "result of c2");
        assertThat(table.row).doesNotContain("deepthink4j.refused");
    }

    @Test
    void should_have_nothing_to_do_where_no_question_waits() {
        memory.refused(RISK);
        memory.add(SystemMessage.from("s"));
        memory.refused(RISK);
        memory.add(plain("Hello"));
        memory.refused(RISK);
        memory.add(user("q1"), plain("a1"));
        memory.refused(RISK);

        assertThat(refused).isEmpty();
        assertThat(words()).containsExactly("SYSTEM", "Hello", "q1", "a1");
    }

    @Test
    void should_hear_it_from_a_model_that_was_sent_what_the_memory_hands_out() {
        memory.add(user("q1"), plain("a1"));
        memory.add(user("refused"));

        assertThatThrownBy(() -> model.chat(memory.messages())).isSameAs(RISK);

        assertThat(words()).containsExactly("q1", "a1");
        assertThat(errors).containsExactly(RISK);
    }

    @Test
    void should_hear_it_from_a_model_that_was_sent_the_question_itself() {
        // given what AI services do: they read the memory before they add the question
        UserMessage question = user("refused");
        List<ChatMessage> request = new ArrayList<>(memory.messages());
        memory.add(question);
        request.add(question);

        assertThatThrownBy(() -> model.chat(request)).isSameAs(RISK);

        assertThat(words()).isEmpty();
    }

    @Test
    void should_hear_it_where_retrieved_text_goes_with_the_question_and_is_not_stored() {
        memory.add(user("Where is the vault?"));

        assertThatThrownBy(() -> model.chat(user("Where is the vault?\n\nThe vault is in the cellar.")))
                .isSameAs(RISK);

        assertThat(words()).isEmpty();
    }

    @Test
    void should_remove_a_question_with_the_one_it_was_joined_with() {
        memory.add(user("refused"));
        memory.add(user("and so is this"));

        assertThatThrownBy(() -> model.chat(memory.messages())).isSameAs(RISK);

        assertThat(words()).isEmpty();
    }

    @Test
    void should_not_mix_up_conversations_that_ask_the_same() {
        ReasoningChatMemory other = ReasoningChatMemory.builder().id("b").build();
        memory.add(user("q1"));
        other.add(user("q1"));

        assertThatThrownBy(() -> model.chat(memory.messages())).isSameAs(RISK);

        assertThat(words()).isEmpty();
        assertThat(inWords(other.messages())).containsExactly("q1");
    }

    @Test
    void should_not_mind_what_is_refused_beside_the_conversation() {
        memory.add(user("q1"));

        assertThatThrownBy(() -> model.chat("Is this question fit to be asked?"))
                .isSameAs(RISK);

        assertThat(words()).containsExactly("q1");
    }

    @Test
    void should_not_hear_a_refusal_that_comes_after_another_models_answer() {
        // given two models that were asked the same at the same time
        memory.add(user("q1"));
        Inquiry slow = OpenQuestions.begin(memory.messages());

        // when one of them calls a tool, and the other refuses late
        memory.add(calls("c1"), result("c1"));
        slow.failed(RISK);

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1");
        assertThat(refused).isEmpty();
    }

    @Test
    void should_not_hear_a_late_refusal_of_an_earlier_question() {
        memory.add(user("q1"));
        Inquiry slow = OpenQuestions.begin(memory.messages());

        memory.add(plain("a1"));
        memory.add(user("q2"));
        slow.failed(RISK);

        assertThat(words()).containsExactly("q1", "a1", "q2");
        assertThat(refused).isEmpty();
    }

    static List<RuntimeException> refusals() {
        return List.of(
                RISK,
                new InvalidRequestException("400"),
                new UnsupportedFeatureException("image content is not supported"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void should_know_a_refusal(RuntimeException refusal) {
        model.error = refusal;
        memory.add(user("q1"));

        assertThatThrownBy(() -> model.chat(memory.messages())).isSameAs(refusal);

        assertThat(errors).containsExactly(refusal);
    }

    static List<RuntimeException> others() {
        return List.of(
                new RateLimitException("429"),
                new dev.langchain4j.exception.AuthenticationException("401"),
                new dev.langchain4j.exception.ModelNotFoundException("404"),
                new dev.langchain4j.exception.InternalServerException("500"),
                new dev.langchain4j.exception.TimeoutException("late"),
                new IllegalStateException("closed"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void should_keep_a_question_that_failed_for_another_reason(RuntimeException error) {
        model.error = error;
        memory.add(user("q1"));

        assertThatThrownBy(() -> model.chat(memory.messages())).isSameAs(error);

        assertThat(words()).containsExactly("q1");
        assertThat(refused).isEmpty();
    }

    @Test
    void should_let_the_models_error_pass_where_the_store_fails() {
        memory.add(user("q1"));
        List<ChatMessage> messages = memory.messages();
        table.down = true;

        assertThatThrownBy(() -> model.chat(messages)).isSameAs(RISK);

        assertThat(model.asked).isEqualTo(messages);
        assertThat(refused).isEmpty();
    }
}
