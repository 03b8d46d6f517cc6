package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The models made of models that stream, as publishers of LangChain4j's events. */
@Timeout(60)
class PublishedCombinedTest {

    private static final UserMessage HI = UserMessage.from("How is the weather in Munich?");

    private final Duo duo = new Duo();
    private final DeepSeekSimulator first = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekSimulator second = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        duo.close();
        first.close();
        second.close();
    }

    private static DeepSeekStreamingChatModel part(DeepSeekSimulator simulator) {
        return Duo.at(simulator, "deepseek-flash", DeepSeekStreamingChatModel.builder())
                .build();
    }

    private FailoverStreamingChatModel failover() {
        return FailoverStreamingChatModel.builder()
                .part(part(first))
                .part(part(second))
                .build();
    }

    private static final class Collected implements Flow.Subscriber<Object> {

        private final long demand;
        private final List<Object> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();

        Collected(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(demand);
        }

        @Override
        public void onNext(Object event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable error) {
            end.complete(error);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        Throwable end() throws Exception {
            return end.get(30, TimeUnit.SECONDS);
        }

        String texts() {
            StringBuilder texts = new StringBuilder();
            for (Object event : events) {
                if (event instanceof PartialThinking thinking) {
                    texts.append(thinking.text());
                } else if (event instanceof PartialResponse response) {
                    texts.append(response.text());
                }
            }
            return texts.toString();
        }
    }

    @SuppressWarnings("unchecked")
    private static Collected collect(CancellableStreamingChatModel model, ChatRequest request, long demand) {
        Collected collected = new Collected(demand);
        model.chat(request).subscribe(collected);
        return collected;
    }

    @Test
    void should_publish_what_the_part_says_that_answers() throws Exception {
        first.respond(Answer.error(503, "busy"));
        second.respond(Answer.text("sunny"));

        Collected collected = collect(failover(), Duo.request(HI), Long.MAX_VALUE);

        assertThat(collected.end()).isNull();
        assertThat(collected.texts()).isEqualTo("sunny");
    }

    @Test
    void should_publish_a_plan_and_the_answer_after_it() throws Exception {
        duo.r1.respond(Answer.thinking("A tool knows.").thenText("1. Call nothing."), Answer.text("It is sunny."));
        duo.chat.respond(Answer.text("done"));

        Collected collected = collect(
                duo.streaming().strategy(ToolStrategy.PLAN_CALL_ANSWER).build(),
                Duo.requestWithTool(HI),
                Long.MAX_VALUE);

        assertThat(collected.end()).isNull();
        assertThat(collected.texts()).isEqualTo("A tool knows.\n\n1. Call nothing.It is sunny.");
    }

    @Test
    void should_end_with_the_failure_of_the_last_part() throws Exception {
        first.respond(Answer.error(503, "busy"));
        second.respond(Answer.error(503, "busy too"));

        assertThat(collect(failover(), Duo.request(HI), 1).end()).isInstanceOf(ServerOverloadedException.class);
    }

    @Test
    void should_send_nothing_before_it_is_subscribed_to() {
        failover().chat(Duo.request(HI));

        assertThat(first.requests()).isEmpty();
    }

    @Test
    void should_stop_the_part_that_runs_and_begin_no_other() throws Exception {
        first.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Collected collected = collect(failover(), Duo.request(HI), 1);
        while (first.requests().isEmpty()) {
            Thread.onSpinWait();
        }

        collected.subscription.join().cancel();

        while (!first.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
        assertThat(second.requests()).isEmpty();
        assertThat(collected.events).isEmpty();
    }

    @Test
    void should_give_no_more_than_was_asked_for() throws Exception {
        first.respond(Answer.text("one two three four five six seven eight"));
        Collected collected = collect(failover(), Duo.request(HI), 1);
        while (collected.events.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(collected.events).hasSize(1);

        while (!collected.end.isDone()) {
            int before = collected.events.size();
            collected.subscription.join().request(1);
            while (collected.events.size() == before && !collected.end.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(collected.events.size()).isLessThanOrEqualTo(before + 1);
        }
        assertThat(collected.texts()).isEqualTo("one two three four five six seven eight");
    }
}
