package io.github.deepthink4j.newer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A streaming model of ours as a caller sees it who knows LangChain4j's events. */
class PublishedEventsTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private static <T> List<T> all(Flow.Publisher<T> publisher) throws Exception {
        List<T> events = new CopyOnWriteArrayList<>();
        CompletableFuture<List<T>> end = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T event) {
                events.add(event);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }

            @Override
            public void onComplete() {
                end.complete(events);
            }
        });
        return end.get(30, TimeUnit.SECONDS);
    }

    @Test
    void should_publish_typed_events_and_the_response_as_the_last_one() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> Answer.thinking("So").thenText("Yes"));
                DeepSeekStreamingChatModel ours = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()) {
            StreamingChatModel model = ours;

            List<ChatModelStreamingEvent> events = all(model.chat(HI));

            assertThat(events).hasSize(3).startsWith(new PartialThinking("So"), new PartialResponse("Yes"));
            assertThat(events.get(2))
                    .isInstanceOfSatisfying(
                            CompleteResponse.class,
                            last -> assertThat(last.chatResponse().aiMessage().text())
                                    .isEqualTo("Yes"));
            assertThat(all(model.chat("Hi"))).containsExactly("Yes");
        }
    }
}
