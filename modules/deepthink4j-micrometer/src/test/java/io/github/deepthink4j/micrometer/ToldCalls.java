package io.github.deepthink4j.micrometer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import io.micrometer.core.instrument.MockClock;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Calls of which everything is told, by a clock that stands still but for what is added; no two values are the same by chance. */
abstract class ToldCalls {

    private static final URI SERVER = URI.create("https://api.deepseek.com");

    final MockClock clock = new MockClock();
    final Traces traces = new Traces(clock);
    private final DeepSeekObservations observations = DeepSeekObservations.builder()
            .observations(traces.observations)
            .meters(traces.meters)
            .content(true)
            .build();
    final CallListener listener = observations.listener();

    @AfterEach
    void close() {
        traces.close();
    }

    /** Two rounds of tools after the question, and one before it, which is another turn's. */
    static List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from("Be brief."));
        messages.add(UserMessage.from("Hi"));
        round(messages, "call-0");
        messages.add(AiMessage.from("Hello"));
        messages.add(UserMessage.from("What time is it?"));
        round(messages, "call-1");
        round(messages, "call-2");
        return messages;
    }

    private static void round(List<ChatMessage> messages, String id) {
        messages.add(AiMessage.from(request(id)));
        messages.add(ToolExecutionResultMessage.from(id, "clock", "noon"));
    }

    private static ToolExecutionRequest request(String id) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name("clock")
                .arguments("{}")
                .build();
    }

    static DeepSeekChatRequestParameters.Builder parameters() {
        return DeepSeekChatRequestParameters.builder()
                .modelName("deepseek-flash")
                .temperature(0.5)
                .topP(0.9)
                .topK(40)
                .maxOutputTokens(100)
                .frequencyPenalty(0.1)
                .presencePenalty(0.2)
                .stopSequences(List.of("END", "STOP"))
                .responseFormat(ResponseFormat.JSON)
                .seed(7)
                .reasoningEffort("high")
                .thinking(true);
    }

    ChatModelRequestContext begun(List<ChatMessage> messages, DeepSeekChatRequestParameters parameters) {
        ChatRequest request =
                ChatRequest.builder().messages(messages).parameters(parameters).build();
        ChatModelRequestContext call = new ChatModelRequestContext(request, ModelProvider.OTHER, new HashMap<>());
        listener.onRequest(call);
        return call;
    }

    void sent(ChatModelRequestContext call, int number, boolean streams) {
        listener.onSend(call, new CallListener.Sending(number, streams, SERVER));
    }

    void after(int millis) {
        clock.add(Duration.ofMillis(millis));
    }

    /** Sent twice, with a thought after 1.5 seconds, a word after 4 and an end after 9. */
    void answered(ChatModelRequestContext call, Cost cost) {
        sent(call, 1, true);
        after(1_000);
        listener.onAttempt(
                call,
                new AttemptEvent.Failed(
                        1,
                        Duration.ofMillis(1_000),
                        new ServerOverloadedException("busy", ErrorDetails.NONE, null, null),
                        Duration.ZERO));
        sent(call, 2, true);
        after(500);
        listener.onFirstThinking(call);
        after(2_500);
        listener.onFirstText(call);
        after(5_000);
        answer(call, cost);
    }

    void answer(ChatModelRequestContext call, Cost cost) {
        ChatResponse response = ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .thinking("Noon.")
                        .text("It is noon.")
                        .build())
                .metadata(DeepSeekChatResponseMetadata.builder()
                        .id("answer-1")
                        .modelName("deepseek-flash-0731")
                        .finishReason(FinishReason.LENGTH)
                        .requestId("request-1")
                        .systemFingerprint("fp-1")
                        .tokenUsage(DeepSeekTokenUsage.builder()
                                .inputTokenCount(300)
                                .outputTokenCount(70)
                                .totalTokenCount(370)
                                .cacheHitTokenCount(110)
                                .cacheMissTokenCount(190)
                                .reasoningTokenCount(45)
                                .cost(cost)
                                .build())
                        .build())
                .build();
        listener.onResponse(
                new ChatModelResponseContext(response, call.chatRequest(), call.modelProvider(), call.attributes()));
    }

    static Cost estimate() {
        return yuan().assumption("counted here").build();
    }

    static Cost.Builder yuan() {
        return Cost.in(Currency.getInstance("CNY")).output(new BigDecimal("0.0025"));
    }

    void failed(ChatModelRequestContext call) {
        ErrorDetails details =
                ErrorDetails.custom().httpStatus(402).requestId("request-2").build();
        listener.onError(new ChatModelErrorContext(
                new InsufficientBalanceException("no money", details, null),
                call.chatRequest(),
                call.modelProvider(),
                call.attributes()));
    }

    void stepAround(Runnable task) {
        StepListener.Watch step = ((StepListener) listener).watch(StepKind.PLAN, "reasoner", "deepseek-v4-pro");
        step.during(task);
        step.onEnd(new Step(StepKind.PLAN, "reasoner", "deepseek-v4-pro", null, Duration.ofMillis(1), null), null);
    }

    void toolAround(Runnable task) {
        ObservedTools.by(observations)
                .executor((request, memoryId) -> {
                    task.run();
                    return "noon";
                })
                .execute(request("call-9"), "default");
    }
}
