package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who has forgotten the handler hears so before anything is sent and billed. */
@SuppressWarnings("NullAway")
class NullHandlerTest {

    private static final ChatRequest ASKED = ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .modelName("deepseek-flash")
            .build();

    /** Another vendor's. */
    private static final class Foreign implements StreamingChatModel {

        private boolean asked;

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            asked = true;
        }
    }

    @Test
    void should_refuse_a_handler_that_is_null_before_anything_is_sent() {
        Foreign foreign = new Foreign();
        try (CannedServer server = new CannedServer(new Canned(200, "data: [DONE]\n\n"));
                DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build();
                DeepSeekStreamingFimModel fim = DeepSeekStreamingFimModel.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()) {
            Continuation rest = Continuation.beginningWithThought(ASKED, "Hm", "Once");

            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> rest.start(model, null),
                    () -> rest.chat(model, null),
                    () -> rest.start(foreign, null),
                    () -> model.start(ASKED, null),
                    () -> model.chat(ASKED, (StreamingChatResponseHandler) null),
                    () -> model.chat(ASKED, ChatRequestOptions.EMPTY, null),
                    () -> model.doChat(ASKED, null),
                    () -> CancellableStreamingChatModel.start(model, ASKED, null),
                    () -> CancellableStreamingChatModel.start(foreign, ASKED, null),
                    () -> fim.start("a", null, null),
                    () -> fim.generate("a", null),
                    () -> fim.generate("a", "b", null))) {
                assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("handler");
            }
            assertThat(server.bodies()).isEmpty();
            assertThat(foreign.asked).isFalse();
        }
    }
}
