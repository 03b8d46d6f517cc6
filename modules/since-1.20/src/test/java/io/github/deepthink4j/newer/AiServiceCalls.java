package io.github.deepthink4j.newer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The calls that AI services of LangChain4j 1.20 make of a model and a memory when a method returns a future or a publisher, and
 * their order: memory first, then the model, the tools beside each other, their results in one piece, until there are no calls.
 *
 * @param tool from a call's arguments to its result, on {@code toolThreads}
 */
record AiServiceCalls(ChatMemory memory, ToolSpecification offered, UnaryOperator<String> tool, Executor toolThreads) {

    /** As a method that returns {@code CompletableFuture<String>}: to cancel the future cancels the model's. */
    CompletableFuture<String> future(ChatModel model, SystemMessage system, UserMessage question) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Rounds rounds = request -> {
            CompletableFuture<ChatResponse> call = model.chatAsync(request);
            result.whenComplete((text, error) -> {
                if (result.isCancelled()) {
                    call.cancel(true);
                }
            });
            return call.thenApply(response -> new Round(response, new LinkedHashMap<>()));
        };
        return ask(rounds, system, question, result);
    }

    /** As a method that returns {@code Flow.Publisher<AiServiceStreamingEvent>}, of which these are the model's part. */
    CompletableFuture<String> publisher(
            StreamingChatModel model,
            SystemMessage system,
            UserMessage question,
            Consumer<ChatModelStreamingEvent> events) {
        CompletableFuture<String> result = new CompletableFuture<>();
        return ask(request -> streamed(model.chat(request), events, result), system, question, result);
    }

    private interface Rounds {

        CompletableFuture<Round> ask(ChatRequest request);
    }

    /** @param started tools that run already; the rest is started when the answer is there */
    private record Round(
            ChatResponse response, Map<ToolExecutionRequest, CompletableFuture<ToolExecutionResultMessage>> started) {}

    /** Without demand of its own, as there; a tool starts as soon as its call is complete. */
    private CompletableFuture<Round> streamed(
            Flow.Publisher<ChatModelStreamingEvent> publisher,
            Consumer<ChatModelStreamingEvent> events,
            CompletableFuture<String> result) {
        CompletableFuture<Round> round = new CompletableFuture<>();
        Map<ToolExecutionRequest, CompletableFuture<ToolExecutionResultMessage>> started = new LinkedHashMap<>();
        publisher.subscribe(new Flow.Subscriber<>() {

            private ChatResponse response;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                result.whenComplete((text, error) -> {
                    if (result.isCancelled()) {
                        subscription.cancel();
                    }
                });
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ChatModelStreamingEvent event) {
                events.accept(event);
                if (event instanceof CompleteToolCall call) {
                    started.put(call.toolExecutionRequest(), run(call.toolExecutionRequest()));
                } else if (event instanceof CompleteResponse complete) {
                    response = complete.chatResponse();
                }
            }

            @Override
            public void onError(Throwable error) {
                round.completeExceptionally(error);
            }

            @Override
            public void onComplete() {
                round.complete(new Round(response, started));
            }
        });
        return round;
    }

    private CompletableFuture<String> ask(
            Rounds rounds, SystemMessage system, UserMessage question, CompletableFuture<String> result) {
        memory.addAsync(List.of(system))
                .thenCompose(added -> memory.messagesAsync())
                .thenCompose(history -> {
                    List<ChatMessage> messages = new ArrayList<>(history);
                    messages.add(question);
                    return memory.addAsync(List.of(question)).thenApply(added -> messages);
                })
                .thenCompose(messages -> answered(rounds, messages))
                .whenComplete((text, error) -> {
                    if (error == null) {
                        result.complete(text);
                    } else {
                        result.completeExceptionally(error.getCause() == null ? error : error.getCause());
                    }
                });
        return result;
    }

    private CompletableFuture<String> answered(Rounds rounds, List<ChatMessage> messages) {
        ChatRequest request = ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(offered)
                .build();
        return rounds.ask(request).thenCompose(round -> {
            AiMessage said = round.response().aiMessage();
            CompletableFuture<Void> kept = memory.addAsync(List.of(said));
            if (!said.hasToolExecutionRequests()) {
                return kept.thenApply(added -> said.text());
            }
            return kept.thenCompose(added -> results(said, round))
                    .thenCompose(results -> memory.addAsync(results))
                    .thenCompose(added -> memory.messagesAsync())
                    .thenCompose(next -> answered(rounds, next));
        });
    }

    /** In the order of the calls. */
    private CompletableFuture<List<ChatMessage>> results(AiMessage said, Round round) {
        List<CompletableFuture<ToolExecutionResultMessage>> results = said.toolExecutionRequests().stream()
                .map(call -> round.started().computeIfAbsent(call, this::run))
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream()
                        .<ChatMessage>map(CompletableFuture::join)
                        .toList());
    }

    private CompletableFuture<ToolExecutionResultMessage> run(ToolExecutionRequest call) {
        return CompletableFuture.supplyAsync(
                () -> ToolExecutionResultMessage.from(call, tool.apply(call.arguments())), toolThreads);
    }
}
