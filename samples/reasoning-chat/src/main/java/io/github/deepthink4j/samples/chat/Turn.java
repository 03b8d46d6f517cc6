package io.github.deepthink4j.samples.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.samples.chat.screen.CleanText;
import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Shows one answer as it comes. */
final class Turn implements StreamingChatResponseHandler {

    /** What came of it: a response, an error, or neither if it was stopped. */
    record Outcome(ChatResponse response, Throwable error) {}

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Screen screen;
    private final Spending spending;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean answering;

    Turn(Screen screen, Spending spending) {
        this.screen = screen;
        this.spending = spending;
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        screen.dimmed(thinking.text());
    }

    @Override
    public void onPartialResponse(String text) {
        if (!answering) {
            answering = true;
            screen.endDimmed();
        }
        screen.plain(text);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        screen.endDimmed();
        if (answering) {
            screen.line("");
        }
        DeepSeekTokenUsage usage = (DeepSeekTokenUsage) response.metadata().tokenUsage();
        screen.note(tokens(usage));
        String model = response.metadata().modelName();
        screen.note(spending.line(spending.add(model, usage), List.of(String.valueOf(spending.pricedAs(model)))));
        outcome.complete(heard(response));
    }

    /** No question of this chat has tools; a server may answer with calls all the same, and with nothing else. */
    private Outcome heard(ChatResponse response) {
        AiMessage answer = response.aiMessage();
        boolean silent = answer.text() == null || answer.text().isBlank();
        if (answer.hasToolExecutionRequests()) {
            String names = answer.toolExecutionRequests().stream()
                    .map(ToolExecutionRequest::name)
                    .map(CleanText::inOneLine)
                    .collect(Collectors.joining(", "));
            screen.line(
                    silent
                            ? Words.of(
                                    "Error: the model called a tool (" + names
                                            + ") and said nothing. This chat has no tools. Ask again, or choose another model with /model.",
                                    "错误：模型只调用了工具（" + names + "），没有回答。这里没有工具。请再问一次，或用 /model 换一个模型。")
                            : Words.of(
                                    "[The model also called a tool (" + names + "); this chat has none.]",
                                    "[模型还调用了工具（" + names + "）；这里没有工具。]"));
        } else if (silent) {
            screen.line(Words.of("Error: the model said nothing. Ask again.", "错误：模型没有回答。请再问一次。"));
        }
        return silent
                ? new Outcome(null, new IllegalStateException("the model said nothing"))
                : new Outcome(withoutCalls(response), null);
    }

    /** A call that nobody answers would make the server refuse the next question. */
    private static ChatResponse withoutCalls(ChatResponse response) {
        AiMessage answer = response.aiMessage().toBuilder()
                .toolExecutionRequests(List.of())
                .build();
        return response.toBuilder().aiMessage(answer).build();
    }

    @Override
    public void onError(Throwable error) {
        screen.endDimmed();
        if (answering) {
            screen.line("");
        }
        screen.line(Words.error(error));
        spending.addFailed(error);
        outcome.complete(new Outcome(null, error));
    }

    /** A terminal may tell of one Ctrl-C more than once. */
    void stopped() {
        if (stopped.getAndSet(true)) {
            return;
        }
        spending.addStopped();
        screen.endDimmed();
        screen.line("");
        screen.note(Words.of("stopped after ", "已停止，用时 ") + seconds());
        outcome.complete(new Outcome(null, null));
    }

    Outcome await() {
        return outcome.join();
    }

    private String tokens(DeepSeekTokenUsage usage) {
        if (usage == null) {
            return seconds();
        }
        return Words.of("tokens: thinking ", "token：思考 ")
                + known(usage.reasoningTokenCount())
                + Words.of(", answer ", "，回答 ")
                + known(usage.answerTokenCount())
                + Words.of(", cache hit ", "，缓存命中 ")
                + known(usage.cacheHitTokenCount())
                + Words.of(", cache miss ", "，缓存未命中 ")
                + known(usage.cacheMissTokenCount())
                + Words.of("; ", "；")
                + seconds();
    }

    private static String known(Integer count) {
        return count == null ? "?" : count.toString();
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
    }
}
