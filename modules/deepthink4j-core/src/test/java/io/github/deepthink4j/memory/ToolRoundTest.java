package io.github.deepthink4j.memory;

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
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every call gets its result, whenever it comes and whatever it is called; a result without a call gets none. */
class ToolRoundTest {

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
        assertThat(repairs).extracting(Repair::kind).containsExactly(Repair.Kind.UNANSWERED_TOOL_CALL);
    }

    @Test
    void should_put_a_late_result_into_its_own_turn() {
        // given calls of the second of four turns, and of the last one, that were closed
        memory.add(user("q1"), plain("a1"));
        memory.add(user("q2"), calls("c2"));
        memory.add(user("q3"), plain("a3"));
        memory.add(user("q4"), calls("c4"), plain("a4"));

        memory.add(result("c4"));
        memory.add(result("c2"));

        assertThat(words())
                .containsExactly(
                        "q1",
                        "a1",
                        "q2",
                        "calls c2",
                        "result of c2",
                        "q3",
                        "a3",
                        "q4",
                        "calls c4",
                        "result of c4",
                        "a4");
        assertThat(repairs)
                .extracting(Repair::kind)
                .containsExactly(Repair.Kind.UNANSWERED_TOOL_CALL, Repair.Kind.UNANSWERED_TOOL_CALL);
    }

    @Test
    void should_take_results_in_any_order() {
        memory.add(user("q1"), calls("c1", "c2"), result("c2"));

        assertThat(memory.pendingToolCalls()).containsExactly(call("c1"));
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
    void should_take_an_empty_id_for_none() {
        ToolExecutionRequest one =
                ToolExecutionRequest.builder().id("").name("one").build();
        memory.add(
                user("q"),
                AiMessage.from(one),
                ToolExecutionResultMessage.builder().toolName("other").text("0").build(),
                ToolExecutionResultMessage.builder().toolName("one").text("1").build());

        assertThat(words()).containsExactly("q", "calls ", "1");
        assertThat(repairs).hasToString("[tool result removed that answers no call (other)]");
    }

    @Test
    void should_go_by_the_id_where_the_tool_has_another_name() {
        ToolExecutionRequest one =
                ToolExecutionRequest.builder().id("call_0").name("one").build();
        ToolExecutionRequest two = one.toBuilder().name("two").build();

        memory.add(user("q"), AiMessage.from(one, two), ToolExecutionResultMessage.from("call_0", "three", "3"));
        assertThat(memory.pendingToolCalls()).containsExactly(two);

        memory.add(ToolExecutionResultMessage.from("call_0", "three", "3"));
        assertThat(memory.pendingToolCalls()).isEmpty();
        assertThat(repairs).isEmpty();
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
}
