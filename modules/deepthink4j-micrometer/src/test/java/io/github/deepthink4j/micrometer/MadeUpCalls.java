package io.github.deepthink4j.micrometer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
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
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;

/** Calls in which everything happens that can be told of: an answer, a failure, a cancel, and a step. */
final class MadeUpCalls {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private MadeUpCalls() {}

    static void tell(DeepSeekObservations observations) {
        tool(observations);
        CallListener listener = observations.listener();
        answered(listener, cost());
        answered(listener, Cost.unknown("no price list"));
        failed(listener);
        ChatModelRequestContext cancelled = begun(listener);
        listener.onCancel(cancelled);
        StepListener steps = (StepListener) listener;
        steps.watch(StepKind.PLAN, "reasoner", "deepseek-v4-pro")
                .onEnd(new Step(StepKind.PLAN, "reasoner", "deepseek-v4-pro", null, MOMENT, null), null);
    }

    private static void tool(DeepSeekObservations observations) {
        ObservedTools.by(observations)
                .executor((request, memoryId) -> "noon")
                .execute(
                        ToolExecutionRequest.builder()
                                .id("call-1")
                                .name("clock")
                                .arguments("{}")
                                .build(),
                        "default");
    }

    private static Cost cost() {
        return Cost.in(Currency.getInstance("USD"))
                .output(new BigDecimal("0.0025"))
                .build();
    }

    private static ChatModelRequestContext begun(CallListener listener) {
        ChatRequest request = ChatRequest.builder()
                .messages(
                        SystemMessage.from("Be brief."),
                        UserMessage.from("What time is it?"),
                        AiMessage.from(ToolExecutionRequest.builder()
                                .id("call-1")
                                .name("clock")
                                .arguments("{}")
                                .build()),
                        ToolExecutionResultMessage.from("call-1", "clock", "noon"))
                .parameters(DeepSeekChatRequestParameters.builder()
                        .modelName("deepseek-flash")
                        .temperature(0.5)
                        .topP(0.9)
                        .topK(40)
                        .maxOutputTokens(100)
                        .frequencyPenalty(0.1)
                        .presencePenalty(0.2)
                        .stopSequences(List.of("END"))
                        .responseFormat(ResponseFormat.JSON)
                        .seed(7)
                        .reasoningEffort("high")
                        .thinking(true)
                        .build())
                .build();
        ChatModelRequestContext call = new ChatModelRequestContext(request, ModelProvider.OTHER, new HashMap<>());
        listener.onRequest(call);
        listener.onSend(call, new CallListener.Sending(1, true, URI.create("https://api.deepseek.com")));
        return call;
    }

    private static void answered(CallListener listener, Cost cost) {
        ChatModelRequestContext call = begun(listener);
        listener.onAttempt(
                call,
                new AttemptEvent.Failed(
                        1, MOMENT, new ServerOverloadedException("busy", ErrorDetails.NONE, null, null), MOMENT));
        listener.onSend(call, new CallListener.Sending(2, true, URI.create("https://api.deepseek.com")));
        listener.onFirstThinking(call);
        listener.onFirstText(call);
        ChatResponse response = ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .thinking("Noon.")
                        .text("It is noon.")
                        .build())
                .metadata(DeepSeekChatResponseMetadata.builder()
                        .id("answer-1")
                        .modelName("deepseek-flash-0731")
                        .finishReason(FinishReason.STOP)
                        .requestId("request-1")
                        .systemFingerprint("fp-1")
                        .tokenUsage(DeepSeekTokenUsage.builder()
                                .inputTokenCount(30)
                                .outputTokenCount(20)
                                .totalTokenCount(50)
                                .cacheHitTokenCount(10)
                                .cacheMissTokenCount(20)
                                .reasoningTokenCount(15)
                                .cost(cost)
                                .build())
                        .build())
                .build();
        listener.onResponse(
                new ChatModelResponseContext(response, call.chatRequest(), call.modelProvider(), call.attributes()));
    }

    private static void failed(CallListener listener) {
        ChatModelRequestContext call = begun(listener);
        ErrorDetails details =
                ErrorDetails.custom().httpStatus(402).requestId("request-2").build();
        listener.onError(new ChatModelErrorContext(
                new InsufficientBalanceException("no money", details, null),
                call.chatRequest(),
                call.modelProvider(),
                call.attributes()));
    }
}
