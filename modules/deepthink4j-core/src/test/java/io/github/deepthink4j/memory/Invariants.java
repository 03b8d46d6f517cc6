package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** What holds of a memory's messages, whatever happened to it. */
final class Invariants {

    private Invariants() {}

    /**
     * @param pending the calls that wait still; the last round may be open for these
     */
    static void check(List<ChatMessage> messages, List<ToolExecutionRequest> pending) {
        List<ChatMessage> rest = messages;
        if (!rest.isEmpty() && rest.get(0) instanceof SystemMessage) {
            rest = rest.subList(1, rest.size());
        }
        assertThat(rest).as("the system message is one, and first").noneMatch(SystemMessage.class::isInstance);
        for (ChatMessage message : rest) {
            if (message instanceof UserMessage) {
                break;
            }
            assertThat(message)
                    .as("nothing but a greeting stands before the first user message")
                    .isInstanceOfSatisfying(AiMessage.class, greeting -> {
                        assertThat(greeting.hasToolExecutionRequests()).isFalse();
                        assertThat(greeting.text()).isNotBlank();
                    });
        }
        List<String> open = new ArrayList<>();
        for (ChatMessage message : rest) {
            if (message instanceof ToolExecutionResultMessage result) {
                assertThat(open.remove(result.id()))
                        .as("answers a call of its round: %s", result)
                        .isTrue();
            } else {
                assertThat(open).as("all calls are answered before %s", message).isEmpty();
                if (message instanceof AiMessage ai) {
                    ai.toolExecutionRequests().forEach(call -> open.add(call.id()));
                }
            }
        }
        assertThat(open)
                .containsExactlyInAnyOrderElementsOf(
                        pending.stream().map(ToolExecutionRequest::id).toList());
    }
}
