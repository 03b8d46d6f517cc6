package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.ReasoningDialect;
import org.junit.jupiter.api.Test;

/** A thought that goes back between tags in the content, for a chat template that cuts at each of them. */
class ThoughtInTagsTest {

    private static String sent(AiMessage answer) {
        String body =
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Yes\"}}]}";
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .modelName("MiniMaxAI/MiniMax-M2")
                        .dialect(ReasoningDialect.MINIMAX)
                        .streamOnWire(false)
                        .build()) {
            model.chat(ChatRequest.builder()
                    .messages(UserMessage.from("One?"), answer, UserMessage.from("Sure?"))
                    .toolSpecifications(ToolSpecification.builder().name("f").build())
                    .build());
            return server.bodies().get(0);
        }
    }

    @Test
    void should_end_the_thought_where_it_ends() {
        String body = sent(AiMessage.builder()
                .thinking("a</think>b<think>c</THINK>d")
                .text("e</think>f <b>")
                .build());

        assertThat(body).contains("\"<think>a< /think>b< think>c< /THINK>d</think>\\n\\ne< /think>f <b>\"");
    }

    @Test
    void should_keep_a_text_whole_that_speaks_of_the_tag() {
        assertThat(sent(AiMessage.from("a</think>b"))).contains("\"a< /think>b\"");
    }

    @Test
    void should_leave_a_text_alone_that_has_its_thought_in_it() {
        assertThat(sent(AiMessage.from("<think>a</think>\n\nb"))).contains("\"<think>a</think>\\n\\nb\"");
    }
}
