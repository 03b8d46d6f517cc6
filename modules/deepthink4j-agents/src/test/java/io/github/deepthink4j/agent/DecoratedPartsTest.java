package io.github.deepthink4j.agent;

import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.ProfiledModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users wrap models: to count, to log, to cache. A wrapped part is treated as the part behind it. */
@Timeout(60)
class DecoratedPartsTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    /** Passes the profile on. */
    private record Counted<M extends ChatModel & ProfiledModel>(M model, AtomicInteger calls)
            implements ChatModel, ProfiledModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            calls.incrementAndGet();
            return model.chat(request);
        }

        @Override
        public ModelProfile profile() {
            return model.profile();
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return model.defaultRequestParameters();
        }
    }

    /** Passes nothing on but the call. */
    private static StreamingChatModel plain(StreamingChatModel model) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                model.chat(request, handler);
            }
        };
    }

    private DeepSeekStreamingChatModel reasonerStream() {
        return Duo.at(duo.r1, "deepseek-reasoner", DeepSeekStreamingChatModel.builder())
                .build();
    }

    @Test
    void should_know_what_a_decorated_reasoner_lacks() {
        duo.chat.respond(Answer.text("sunny"));
        AtomicInteger calls = new AtomicInteger();
        ToolRoutingChatModel model = duo.blocking()
                .reasoner(new Counted<>(duo.reasoner().build(), calls))
                .build();

        ChatResponse response = model.chat(requestWithTool(QUESTION));

        assertThat(response.aiMessage().text()).isEqualTo("sunny");
        assertThat(calls).hasValue(0);
    }

    @Test
    void should_know_what_a_decorated_combination_can_do() {
        ToolRoutingChatModel inner = duo.blocking().build();
        class Passing implements ChatModel, CombinedModel {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return inner.chat(request);
            }

            @Override
            public Set<Feature> features(ChatRequestParameters parameters) {
                return inner.features(parameters);
            }
        }
        duo.chat.respond(Answer.text("sunny"));
        ToolRoutingChatModel outer = ToolRoutingChatModel.builder()
                .reasoner(duo.reasoner().build())
                .toolCaller(new Passing())
                .build();

        assertThat(outer.chat(requestWithTool(QUESTION)).aiMessage().text()).isEqualTo("sunny");
        assertThat(outer.features(requestWithTool(QUESTION).parameters())).contains(Feature.TOOLS);
    }

    @Test
    void should_stop_a_decorated_part_before_its_first_piece() throws InterruptedException {
        duo.r1.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        ToolRoutingStreamingChatModel model =
                duo.streaming().reasoner(plain(reasonerStream()), Set.of()).build();
        Heard heard = new Heard();

        StreamingHandle handle = model.start(Duo.request(QUESTION), heard);
        while (duo.r1.openConnections() == 0) {
            Thread.sleep(1);
        }
        handle.cancel();

        while (duo.r1.openConnections() > 0) {
            Thread.sleep(1);
        }
        assertThat(heard.events).isEmpty();
    }

    /** A cancelled probe that is not given back would keep the part resting for ever. */
    @Test
    void should_give_the_permission_back_when_a_decorated_attempt_is_cancelled() throws Exception {
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(plain(reasonerStream()))
                .build();
        for (int i = 0; i < 20; i++) {
            duo.r1.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
            StreamingHandle handle = model.start(Duo.request(QUESTION), new Heard());
            handle.cancel();
        }
        while (duo.r1.openConnections() > 0) {
            Thread.sleep(1);
        }
        duo.r1.reset();
        duo.r1.respond(Answer.text("here"));
        Heard heard = new Heard();

        model.chat(Duo.request(QUESTION), heard);

        assertThat(heard.response().aiMessage().text()).isEqualTo("here");
    }
}
