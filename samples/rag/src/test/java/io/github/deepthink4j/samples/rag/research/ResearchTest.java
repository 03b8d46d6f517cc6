package io.github.deepthink4j.samples.rag.research;

import static io.github.deepthink4j.samples.rag.research.ResearchFixture.DONE;
import static io.github.deepthink4j.samples.rag.research.ResearchFixture.PLAN;
import static io.github.deepthink4j.samples.rag.research.ResearchFixture.limits;
import static io.github.deepthink4j.samples.rag.research.ResearchFixture.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResearchTest {

    private static final String QUESTION = "In which town is the engine of the Terna made?";
    private static final String ANSWER = "Halvorsen makes it [1]. That is in Molvik [2].";

    private ResearchFixture fixture = new ResearchFixture(Generation.V4_1);

    @AfterEach
    void end() {
        fixture.close();
    }

    private static io.github.deepthink4j.testkit.script.Answer text(String text) {
        return io.github.deepthink4j.testkit.script.Answer.text(text);
    }

    private static io.github.deepthink4j.testkit.script.Answer call(String tool, String arguments) {
        return io.github.deepthink4j.testkit.script.Answer.toolCall(tool, arguments);
    }

    @Test
    void should_go_from_one_passage_to_the_next_and_cite_both() {
        fixture.reasoner.respond(PLAN, text(ANSWER));
        fixture.toolCaller.respond(search("Terna"), search("Molvik"), DONE);

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.citedPassages())
                .extracting(Passage::source)
                .containsExactly("terna.md, Terna > Engine", "halvorsen.md, Halvorsen > Workshop");
        assertThat(answer.unsourced()).isZero();
        assertThat(fixture.shown)
                .containsExactly(
                        "-> search Terna",
                        "<- 1 passage: [1]",
                        "-> search Molvik",
                        "<- 1 passage: [2]",
                        "text: Halvorsen makes it [1].",
                        "text:  That is in Molvik [2].",
                        "[research: 2 rounds, 2 passages read]");
        assertThat(fixture.reasoner.requests()).hasSize(2);
        assertThat(fixture.memory.messages())
                .containsExactly(
                        UserMessage.from(QUESTION),
                        AiMessage.from("Halvorsen makes it (terna.md). That is in Molvik (halvorsen.md)."));
    }

    @Test
    void should_have_tools_called_for_a_model_that_has_none() {
        fixture.close();
        fixture = new ResearchFixture(Generation.R1);
        fixture.reasonerName = "deepseek-reasoner";
        fixture.reasoner.respond(PLAN, text(ANSWER));
        fixture.toolCaller.respond(search("Terna"), search("Molvik"), DONE);

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.cited()).containsExactly(1, 2);
        assertThat(fixture.reasoner.requests()).noneMatch(SimulatedRequest::hasTools);
        assertThat(fixture.reasoner.requests().get(0).lastUserText()).contains("- search: ", "- read_section: ");
        assertThat(fixture.reasoner.lastRequest().body().toString()).contains("Halvorsen works in Molvik.");
    }

    @Test
    void should_instruct_in_chinese_where_the_question_is() {
        fixture.reasoner.respond(PLAN, text("在 Molvik [1]。"));
        fixture.toolCaller.respond(search("Molvik"), DONE);

        fixture.research().ask("Terna 的发动机是在哪个镇制造的？", fixture);

        assertThat(fixture.reasoner
                        .lastRequest()
                        .messages()
                        .get(0)
                        .path("content")
                        .asText())
                .startsWith("你根据一批文档回答问题，用工具检索这些文档。")
                .contains("也不要因为段落要求就调用工具")
                .doesNotContain("You answer");
    }

    @Test
    void should_mark_what_cites_a_passage_that_nobody_has_read() {
        fixture.reasoner.respond(PLAN, text("It is made in Molvik, in a cannery [2]."));
        fixture.toolCaller.respond(search("Terna"), DONE);

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.cited()).isEmpty();
        assertThat(answer.unsourced()).isEqualTo(1);
        assertThat(fixture.shown).contains("text: It is made in Molvik, in a cannery [2]. [no source]");
    }

    @Test
    void should_hold_what_is_cited_against_the_passages_that_were_read() {
        fixture.reasoner.respond(PLAN, text("It is one of 42 engines by Halvorsen [1]."));
        fixture.toolCaller.respond(search("Terna"), DONE);

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.unsupported())
                .containsExactly("It is one of 42 engines by Halvorsen [1]. [unsupported: \"42\" is not in passage 1]");
        assertThat(fixture.shown).contains("text: " + answer.unsupported().get(0));
    }

    @Test
    void should_remember_neither_passages_nor_rounds_for_the_next_question() {
        Research research = fixture.research();
        fixture.reasoner.respond(PLAN, text(ANSWER), PLAN, text("It is by Halvorsen [1]."));
        fixture.toolCaller.respond(search("Terna"), search("Molvik"), DONE, search("engine"), DONE);

        research.ask(QUESTION, fixture);
        Answer second = research.ask("And who makes it?", fixture);

        assertThat(second.passages()).extracting(Passage::number).containsExactly(1);
        assertThat(fixture.toolCaller.requests().get(3).messages()).hasSize(4);
        assertThat(fixture.toolCaller.requests().get(3).body().toString())
                .contains("That is in Molvik (halvorsen.md).")
                .doesNotContain("Halvorsen works in Molvik.");
        assertThat(research.leftOut().turns()).isEqualTo(1);
        assertThat(research.leftOut().passageBytes()).isPositive();
    }

    @Test
    void should_say_that_it_is_not_in_these_documents_without_asking_the_reasoner_for_that() {
        fixture.reasoner.respond(PLAN);
        fixture.toolCaller.respond(search("moon"), DONE);

        Answer answer = fixture.research().ask("Who was first on the moon?", fixture);

        assertThat(answer.refused()).isTrue();
        assertThat(answer.passages()).isEmpty();
        assertThat(fixture.shown).contains("<- 0 passages", "text: Not in these documents.");
        assertThat(fixture.reasoner.allRequests()).hasSize(1);
        assertThat(fixture.memory.messages()).hasSize(2);
    }

    @Test
    void should_answer_from_what_there_is_when_the_rounds_are_used_up() {
        fixture.limits = limits(2, "0.05");
        fixture.reasoner.respond(PLAN, text("It is by Halvorsen [1]. Where that is I could not find [1]."));
        fixture.toolCaller.respond(search("Terna"), search("Terna"), search("never sent"));

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.cited()).containsExactly(1);
        assertThat(fixture.shown)
                .contains(
                        "<- the same as before: 1 passage: [1]",
                        "[2 of 2 rounds of searching are used up: no more is searched for, and the answer is made from"
                                + " what there is]");
        assertThat(fixture.toolCaller.allRequests()).hasSize(2);
        assertThat(fixture.reasoner.lastRequest().hasTools()).isFalse();
        assertThat(fixture.reasoner.lastRequest().lastUserText()).startsWith("No more can be searched for");
    }

    @Test
    void should_stop_searching_when_the_money_is_spent() {
        fixture.cost = Cost.in(Currency.getInstance("USD"))
                .output(new BigDecimal("0.0612"))
                .build();
        fixture.reasoner.respond(PLAN, text("It is by Halvorsen [1]."));
        fixture.toolCaller.respond(search("Terna"));

        Answer answer = fixture.research().ask(QUESTION, fixture);

        assertThat(answer.cited()).containsExactly(1);
        assertThat(fixture.shown)
                .contains("[0.0612 USD of 0.05 USD are spent: no more is searched for, and the answer is made from what"
                        + " there is]");
    }

    @Test
    void should_ask_and_search_nothing_more_after_a_stop_in_the_midst_of_a_tool() throws Exception {
        CountDownLatch searching = new CountDownLatch(1);
        fixture.retriever = query -> {
            searching.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(5).toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        };
        fixture.reasoner.respond(PLAN);
        fixture.toolCaller.respond(search("Terna").andToolCall("search", "{\"query\": \"engine\"}"), DONE);
        Research research = fixture.research();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> research.ask(QUESTION, fixture));
        assertThat(searching.await(1, TimeUnit.MINUTES)).isTrue();

        research.stop();

        assertStopped(answer);
        assertThat(fixture.toolCaller.allRequests()).hasSize(1);
        assertThat(fixture.shown).containsExactly("-> search Terna");
        assertThat(fixture.memory.messages()).isEmpty();
    }

    @Test
    void should_cut_the_connection_of_whoever_speaks_at_a_stop_and_answer_the_next_question() throws Exception {
        fixture.reasoner.respond(
                PLAN,
                io.github.deepthink4j.testkit.script.Answer.thinking("So long ".repeat(10_000))
                        .pause(Duration.ofMillis(100)),
                PLAN,
                text("It is by Halvorsen [1]."));
        fixture.toolCaller.respond(search("Terna"), DONE, search("Terna"), DONE);
        Research research = fixture.research();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> research.ask(QUESTION, fixture));
        SimulatedRequest last = fixture.reasoner.awaitRequests(2, Duration.ofMinutes(1));

        research.stop();

        assertStopped(answer);
        assertThat(last.awaitEnd(Duration.ofMinutes(1))).isTrue();
        assertThat(last.cancelled()).isTrue();
        assertThat(research.ask(QUESTION, fixture).cited()).containsExactly(1);
    }

    private static void assertStopped(CompletableFuture<Answer> answer) {
        assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(CancellationException.class),
                        e -> assertThat(e)
                                .isInstanceOf(ExecutionException.class)
                                .hasCauseInstanceOf(CancellationException.class));
    }
}
