package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.answer;
import static io.github.deepthink4j.memory.Said.call;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failed runs leave behind never gets into a request. */
class RepairTest {

    private final List<Repair> repairs = new ArrayList<>();
    private final ReasoningChatMemory memory = ReasoningChatMemory.builder()
            .keepReasoning(KeepReasoning.NONE)
            .listener(new ReasoningMemoryListener() {
                @Override
                public void onRepaired(Object memoryId, List<Repair> repaired) {
                    repairs.addAll(repaired);
                }
            })
            .build();

    private List<String> words() {
        return inWords(memory.messages());
    }

    @Test
    void should_close_calls_that_were_never_answered() {
        // given a run that failed after the first of two tools
        memory.add(user("q1"), calls("c1", "c2"), result("c1"));

        // when the next one asks what to send, and goes on
        assertThat(words()).containsExactly("q1", "calls c1,c2", "result of c1", "no result of c2");
        assertThat(repairs).isEmpty();
        memory.add(user("q2"));
        memory.add(plain("a2"));

        // then
        assertThat(words()).containsExactly("q1", "calls c1,c2", "result of c1", "no result of c2", "q2", "a2");
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.UNANSWERED_TOOL_CALL);
        assertThat(repairs).hasToString("[tool call closed that was never answered (tool)]");
    }

    @Test
    void should_say_of_a_call_that_its_arguments_were_no_json() {
        // given a tool that LangChain4j could not call
        ToolExecutionRequest broken =
                call("c1").toBuilder().arguments("{\"city\":\"Os").build();
        memory.add(user("q1"), AiMessage.from(broken, call("c2")));

        // when
        memory.add(user("q2"));

        // then the model is told, and reads again what it wrote
        assertThat(memory.messages().get(1)).isEqualTo(AiMessage.from(broken, call("c2")));
        assertThat(memory.messages().subList(2, 4))
                .extracting(message -> ((ToolExecutionResultMessage) message).text())
                .containsExactly(
                        "(no result: the arguments of this call are no JSON object, so the tool was not called)",
                        "(no result is known: the run failed, perhaps after this tool had done its work)");
    }

    @Test
    void should_tell_the_calls_that_wait_still() {
        memory.add(user("q1"), calls("c1", "c2"), result("c1"));

        assertThat(memory.pendingToolCalls()).containsExactly(call("c2"));

        memory.add(result("c2"));
        assertThat(memory.pendingToolCalls()).isEmpty();
        assertThat(words()).containsExactly("q1", "calls c1,c2", "result of c1", "result of c2");
    }

    @Test
    void should_put_a_late_result_where_it_belongs() {
        memory.add(user("q1"), calls("c1"));
        memory.add(user("q2"), plain("a2"));

        memory.add(result("c1"));

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1", "q2", "a2");
    }

    @Test
    void should_take_back_what_it_has_given_out_in_the_midst_of_a_round() {
        // AI services do this when they roll back tools.
        memory.add(user("q1"), calls("c1"));

        memory.set(memory.messages());
        memory.add(result("c1"));

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1");
    }

    @Test
    void should_remove_orphan_results() {
        memory.add(user("q1"), result("c0"), calls("c1"), result("c1"), result("c1"), plain("a1"), result("c9"));

        assertThat(words()).containsExactly("q1", "calls c1", "result of c1", "a1");
        assertThat(repairs)
                .extracting(Repair::kind)
                .containsOnly(Repair.Kind.ORPHAN_TOOL_RESULT)
                .hasSize(3);
    }

    @Test
    void should_remove_what_no_question_stands_before() {
        memory.add(SystemMessage.from("s"), calls("c1"), result("c1"), AiMessage.from(" "), user("q1"));

        assertThat(words()).containsExactly("SYSTEM", "q1");
        assertThat(repairs)
                .extracting(Repair::kind)
                .containsOnly(Repair.Kind.ANSWER_WITHOUT_QUESTION)
                .hasSize(3);
    }

    @Test
    void should_keep_a_greeting_that_the_user_answers() {
        memory.add(plain("Hello, I am Bo."), SystemMessage.from("s"), plain("What is your order number?"));
        memory.add(user("4711"));
        memory.add(plain("Found it."));

        assertThat(words())
                .containsExactly("SYSTEM", "Hello, I am Bo.", "What is your order number?", "4711", "Found it.");
        assertThat(repairs).isEmpty();
    }

    @Test
    void should_let_a_greeting_go_before_the_first_turn() {
        List<List<ChatMessage>> evicted = new ArrayList<>();
        ReasoningChatMemory small = ReasoningChatMemory.builder()
                .maxTurns(1)
                .maxMessages(3)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
                        evicted.add(turn);
                    }
                })
                .build();

        small.add(plain("Hello"), user("q1"), plain("a1"));
        assertThat(inWords(small.messages())).containsExactly("Hello", "q1", "a1");
        small.add(user("q2"));

        assertThat(inWords(small.messages())).containsExactly("q2");
        assertThat(evicted).containsExactly(List.of(plain("Hello")), List.of(user("q1"), plain("a1")));
    }

    @Test
    void should_not_let_a_greeting_keep_a_question_out() {
        ReasoningChatMemory tiny = ReasoningChatMemory.withMaxMessages(1);

        tiny.add(plain("Hello"));
        tiny.add(user("q1"));

        assertThat(inWords(tiny.messages())).containsExactly("q1");
    }

    @Test
    void should_keep_one_of_two_equal_questions() {
        memory.add(user("q1"));
        memory.add(user("q1"));
        memory.add(plain("a1"));

        assertThat(words()).containsExactly("q1", "a1");
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.DOUBLED_USER_MESSAGE);
    }

    @Test
    void should_join_an_unanswered_question_with_the_next_one() {
        memory.add(user("My name is Klaus."));
        memory.add(user("What is my name?"));
        memory.add(plain("Klaus."));

        assertThat(memory.messages())
                .containsExactly(
                        UserMessage.from(
                                user("My name is Klaus.").contents().get(0),
                                user("What is my name?").contents().get(0)),
                        plain("Klaus."));
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.UNANSWERED_USER_MESSAGE);
    }

    @Test
    void should_leave_the_voices_of_a_group_apart() {
        UserMessage anna = UserMessage.from("anna", "Hi");
        UserMessage ben = UserMessage.from("ben", "Hello");

        memory.add(anna, ben);

        assertThat(memory.messages()).containsExactly(anna, ben);
        assertThat(repairs).isEmpty();

        memory.add(plain("Hi both"));
        assertThat(words()).containsExactly("Hi", "Hello", "Hi both");
    }

    @Test
    void should_match_by_name_where_calls_have_no_id() {
        ToolExecutionRequest one = ToolExecutionRequest.builder().name("one").build();
        ToolExecutionRequest two = ToolExecutionRequest.builder().name("two").build();
        List<ChatMessage> round = List.of(
                user("q"),
                AiMessage.from(one, two),
                ToolExecutionResultMessage.from(two, "2"),
                ToolExecutionResultMessage.from(one, "1"));

        memory.add(round);

        assertThat(memory.messages()).isEqualTo(round);
    }

    @Test
    void should_not_mind_a_vendor_that_uses_the_same_ids_again() {
        memory.add(user("q1"), calls("call_0"), result("call_0"), calls("call_0"), result("call_0"), plain("a1"));

        assertThat(words())
                .containsExactly("q1", "calls call_0", "result of call_0", "calls call_0", "result of call_0", "a1");
        assertThat(repairs).isEmpty();
    }

    @Test
    void should_tell_calls_apart_that_share_an_id() {
        ToolExecutionRequest one =
                ToolExecutionRequest.builder().id("call_0").name("one").build();
        ToolExecutionRequest two = one.toBuilder().name("two").build();

        memory.add(user("q"), AiMessage.from(one, two), ToolExecutionResultMessage.from(two, "2"));

        assertThat(memory.pendingToolCalls()).containsExactly(one);
    }

    @Test
    void should_keep_the_last_of_several_system_messages() {
        memory.set(SystemMessage.from("one"), user("q1"), SystemMessage.from("two"), answer("a1"));

        assertThat(memory.messages()).containsExactly(SystemMessage.from("two"), user("q1"), plain("a1"));
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.SECOND_SYSTEM_MESSAGE);
    }
}
