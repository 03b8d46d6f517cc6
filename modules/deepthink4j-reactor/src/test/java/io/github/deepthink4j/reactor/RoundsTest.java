package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What a page is told of an answer that took several rounds. */
class RoundsTest extends Simulated {

    /** An assistant that answers as events. */
    interface Assistant {

        Flux<ReasoningEvent> chat(String message);
    }

    static final class Tools {

        @Tool
        public String weather(String city) {
            return "sunny in " + city;
        }
    }

    private Flux<ReasoningEvent> ask() {
        return AiServices.builder(Assistant.class)
                .streamingChatModel(builder().serverTools(ServerTool.WEB_SEARCH).build())
                .tools(new Tools())
                .build()
                .chat("Weather in Oslo?");
    }

    private static Answer found(Answer answer, String... urls) {
        return answer.withField(
                "blocks",
                List.of(urls).stream()
                        .map(url -> Map.of("type", "found", "url", url))
                        .toList());
    }

    @Test
    void should_tell_the_citations_of_all_rounds_once_each() {
        Answer call = Answer.toolCall("weather", "{\"city\":\"Oslo\"}");
        respond(
                found(call.thenText("I look."), "https://a.example", "https://b.example"),
                found(Answer.text("Sunny."), "https://b.example", "https://c.example"));

        SseEvent last = SseEvent.of(ask().blockLast());

        assertThat(last.event()).isEqualTo("completed");
        assertThat(last.data()).contains("""
                "citations":[{"url":"https://a.example"},{"url":"https://b.example"},{"url":"https://c.example"}]""");
    }

    @Test
    void should_withdraw_what_an_earlier_round_has_shown_of_an_answer_that_is_refused_later() {
        Answer call = Answer.toolCall("weather", "{\"city\":\"Oslo\"}");
        respond(call.withThinking("Hm.").thenText("I look."), Answer.error(400, "Content Exists Risk"));
        List<ReasoningEvent> shown = new CopyOnWriteArrayList<>();

        ContentRefusedException refused = catchThrowableOfType(
                ContentRefusedException.class, () -> ask().doOnNext(shown::add).blockLast());

        assertThat(shown).contains(new ReasoningEvent.Answer("I"));
        assertThat(SseEvent.failed(refused).data()).contains("\"withdraw\":true");
        assertThat(refused.details().partialMessage()).satisfies(message -> {
            assertThat(message.text()).isEqualTo("I look.");
            assertThat(message.thinking()).isEqualTo("Hm.");
            assertThat(message.toolExecutionRequests()).hasSize(1);
        });
    }

    @Test
    void should_not_withdraw_where_nothing_was_shown() {
        respond(Answer.error(400, "Content Exists Risk"));

        ContentRefusedException refused = catchThrowableOfType(ContentRefusedException.class, () -> ask().blockLast());

        assertThat(SseEvent.failed(refused).data()).doesNotContain("withdraw");
    }
}
