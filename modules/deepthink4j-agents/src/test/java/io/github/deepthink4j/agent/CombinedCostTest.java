package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.agent.structure.StructureMismatchException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several parts cost together. */
class CombinedCostTest {

    private static final Currency USD = Currency.getInstance("USD");
    private static final Pricing A_DOLLAR_A_TOKEN = priceOf(USD, "1");

    private final DeepSeekSimulator first = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekSimulator second = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static Pricing priceOf(Currency currency, String token) {
        return call -> Cost.in(currency)
                .output(BigDecimal.valueOf(call.inputTokens() + call.outputTokens())
                        .multiply(new BigDecimal(token)))
                .assumption(call.assumption())
                .build();
    }

    private static ChatModel model(DeepSeekSimulator simulator, Pricing pricing) {
        return DeepSeekChatModel.builder()
                .baseUrl(simulator.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .pricing(pricing)
                .build();
    }

    private CombinedChatResponseMetadata ask(Pricing pricingOfSecond) {
        ChatModel model = FailoverChatModel.builder()
                .part(model(first, A_DOLLAR_A_TOKEN))
                .part(model(second, pricingOfSecond))
                .build();
        return (CombinedChatResponseMetadata) model.chat(
                        ChatRequest.builder().messages(UserMessage.from("Hi")).build())
                .metadata();
    }

    @Test
    void should_add_a_failed_step_that_was_billed() {
        first.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.steps())
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.cost()).isNotNull());
        assertThat(metadata.cost().calls()).isEqualTo(2);
        assertThat(metadata.cost().total())
                .isEqualTo(BigDecimal.valueOf(metadata.tokenUsage().totalTokenCount()))
                .isEqualTo(metadata.steps()
                        .get(0)
                        .cost()
                        .total()
                        .add(metadata.steps().get(1).cost().total()));
    }

    @Test
    void should_add_the_estimate_of_an_answer_that_broke_off() {
        first.respond(Answer.text("one two three four five six").pieces(5).fault(Fault.CUT_IN_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.cost().isEstimate()).isTrue();
        assertThat(metadata.cost().calls()).isEqualTo(2);
        assertThat(metadata.cost().total())
                .isEqualTo(metadata.steps()
                        .get(0)
                        .cost()
                        .total()
                        .add(metadata.steps().get(1).cost().total()));
    }

    @Test
    void should_not_count_a_step_that_was_refused() {
        first.respond(Answer.error(503, "busy"));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(A_DOLLAR_A_TOKEN);

        assertThat(metadata.steps().get(0).cost()).isNull();
        assertThat(metadata.cost().isKnown()).isTrue();
        assertThat(metadata.cost().calls()).isEqualTo(1);
    }

    /** The error is that of the last part, and the plan before it was paid for as well. */
    @ParameterizedTest
    @ValueSource(strings = {"blocking", "async", "streaming"})
    void should_tell_with_a_failure_what_went_well_before_it(String way) {
        try (Duo duo = new Duo()) {
            duo.r1.respond(Answer.text("1. Ask for the weather."));
            duo.chat.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
            ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();
            StepListener listener = new StepListener() {
                @Override
                public void onEnd(Step step, ChatResponse response) {
                    steps.add(step);
                }
            };

            Throwable error = failure(duo, way, listener);

            assertThat(steps)
                    .hasSize(2)
                    .allSatisfy(step -> assertThat(step.cost().calls()).isEqualTo(1));
            assertThat(error).isInstanceOf(EmptyAnswerException.class);
            assertThat(DeepSeekError.costOf(error).calls()).isEqualTo(2);
            assertThat(DeepSeekError.costOf(error).total())
                    .isEqualTo(
                            steps.stream().map(step -> step.cost().total()).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private static Throwable failure(Duo duo, String way, StepListener listener) {
        ChatRequest request = Duo.requestWithTool(UserMessage.from("Is it raining in Munich?"));
        if (way.equals("streaming")) {
            CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
            ToolRoutingStreamingChatModel.builder()
                    .reasoner(Duo.at(duo.r1, "deepseek-reasoner", DeepSeekStreamingChatModel.builder())
                            .pricing(A_DOLLAR_A_TOKEN)
                            .build())
                    .toolCaller(Duo.at(duo.chat, "deepseek-chat", DeepSeekStreamingChatModel.builder())
                            .pricing(A_DOLLAR_A_TOKEN)
                            .build())
                    .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                    .stepListener(listener)
                    .build()
                    .chat(request, new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onError(Throwable error) {
                            answer.completeExceptionally(error);
                        }
                    });
            return catchThrowable(answer::join).getCause();
        }
        ToolRoutingChatModel model = ToolRoutingChatModel.builder()
                .reasoner(duo.reasoner().pricing(A_DOLLAR_A_TOKEN).build())
                .toolCaller(duo.toolCaller().pricing(A_DOLLAR_A_TOKEN).build())
                .strategy(ToolStrategy.PLAN_CALL_ANSWER)
                .stepListener(listener)
                .build();
        return way.equals("async")
                ? catchThrowable(() -> model.chatAsync(request).join()).getCause()
                : catchThrowable(() -> model.chat(request));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_tell_what_an_answer_has_cost_that_did_not_fit_its_form(boolean async) {
        try (Duo duo = new Duo()) {
            duo.r1.respond(Answer.text("It is 42."));
            duo.chat.respond(Answer.text("{}"), Answer.text("{}"));
            ReasonThenStructure model = ReasonThenStructure.builder()
                    .reasoner(duo.reasoner().pricing(A_DOLLAR_A_TOKEN).build())
                    .structurer(duo.toolCaller().pricing(A_DOLLAR_A_TOKEN).build())
                    .build();
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("How much is it?"))
                    .responseFormat(ResponseFormat.builder()
                            .type(ResponseFormatType.JSON)
                            .jsonSchema(JsonSchema.builder()
                                    .name("Answer")
                                    .rootElement(JsonObjectSchema.builder()
                                            .addNumberProperty("number")
                                            .required("number")
                                            .build())
                                    .build())
                            .build())
                    .build();

            Throwable error = async
                    ? catchThrowable(() -> model.chatAsync(request).join()).getCause()
                    : catchThrowable(() -> model.chat(request));

            assertThat(error).isInstanceOf(StructureMismatchException.class);
            assertThat(DeepSeekError.costOf(error).calls()).isEqualTo(3);
            assertThat(DeepSeekError.costOf(error).total()).isPositive();
        }
    }

    /** Each of them is told once, whoever failed before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_count_each_failed_part_once(boolean async) {
        first.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        second.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();
        FailoverChatModel model = FailoverChatModel.builder()
                .part(model(first, A_DOLLAR_A_TOKEN))
                .part(model(second, A_DOLLAR_A_TOKEN))
                .stepListener(new StepListener() {
                    @Override
                    public void onEnd(Step step, ChatResponse response) {
                        steps.add(step);
                    }
                })
                .build();
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();

        Throwable error = async
                ? catchThrowable(() -> model.chatAsync(request).join()).getCause()
                : catchThrowable(() -> model.chat(request));

        assertThat(steps).allSatisfy(step -> assertThat(step.cost().calls()).isEqualTo(1));
        assertThat(DeepSeekError.costOf(error).calls()).isEqualTo(2);
    }

    @Test
    void should_know_no_sum_of_two_currencies_but_each_step() {
        first.respond(Answer.text("x").fault(Fault.EMPTY_ANSWER));
        second.respond(Answer.text("Hello."));

        CombinedChatResponseMetadata metadata = ask(priceOf(Currency.getInstance("CNY"), "7"));

        assertThat(metadata.cost().isKnown()).isFalse();
        assertThat(metadata.steps())
                .allSatisfy(step -> assertThat(step.cost().isKnown()).isTrue());
    }
}
