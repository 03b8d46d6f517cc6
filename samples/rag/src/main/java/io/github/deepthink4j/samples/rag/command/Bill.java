package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a question costs: its rewriting by the cheap model, its answer, and its searches on the web. */
final class Bill implements ChatModelListener {

    private final Spending spending;
    private final Set<String> models = new LinkedHashSet<>();
    private Cost question;
    private long tokens;

    Bill(Spending spending) {
        this.spending = spending;
        this.question = spending.nothing();
    }

    /** The next question begins. */
    synchronized void begin() {
        models.clear();
        question = spending.nothing();
        tokens = 0;
    }

    /** Of the question, up to now. */
    synchronized Cost question() {
        return question;
    }

    /** Read and written for the question, up to now, as far as servers have said it. */
    synchronized long tokens() {
        return tokens;
    }

    private static long count(TokenUsage usage) {
        return usage == null || usage.totalTokenCount() == null ? 0 : usage.totalTokenCount();
    }

    @Override
    public synchronized void onResponse(ChatModelResponseContext context) {
        String model = context.chatResponse().metadata().modelName();
        question = question.add(
                spending.add(model, context.chatResponse().metadata().tokenUsage()));
        models.add(String.valueOf(spending.pricedAs(model)));
        tokens += count(context.chatResponse().metadata().tokenUsage());
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        spending.addFailed(context.error());
    }

    synchronized void searched(WebSearchResults results) {
        if (results.searchMetadata().get("cost") instanceof Cost cost) {
            question = question.add(spending.add(cost));
            models.add("search");
        }
    }

    /** Nobody hears what was billed until then. */
    void stopped() {
        spending.addStopped();
    }

    /** The conversation begins anew. */
    void forget() {
        spending.forget();
    }

    /** As {@link #line}, without the conversation, where there is none but many questions. */
    Optional<String> lineWithoutConversation() {
        return line().map(line -> line.replaceFirst(Words.of("; this conversation: .*", "；本次对话：.*"), ""));
    }

    /** Empty if nothing was asked of anybody. */
    synchronized Optional<String> line() {
        return models.isEmpty() ? Optional.empty() : Optional.of(spending.line(question, models));
    }
}
