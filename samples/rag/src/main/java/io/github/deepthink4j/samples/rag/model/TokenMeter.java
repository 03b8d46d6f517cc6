package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;

/** Adds up what the answers of a model have cost. */
public final class TokenMeter implements ChatModelListener {

    private int requests;
    private DeepSeekTokenUsage total = DeepSeekTokenUsage.builder()
            .inputTokenCount(0)
            .outputTokenCount(0)
            .totalTokenCount(0)
            .reasoningTokenCount(0)
            .build();

    @Override
    public synchronized void onResponse(ChatModelResponseContext context) {
        requests++;
        TokenUsage usage = context.chatResponse().tokenUsage();
        if (usage != null) {
            total = total.add(usage);
        }
    }

    public synchronized int requests() {
        return requests;
    }

    public synchronized DeepSeekTokenUsage total() {
        return total;
    }

    @Override
    public synchronized String toString() {
        return requests + (requests == 1 ? " request, " : " requests, ") + total.inputTokenCount() + " tokens in, "
                + total.outputTokenCount() + " out, " + total.reasoningTokenCount() + " of them thinking";
    }
}
