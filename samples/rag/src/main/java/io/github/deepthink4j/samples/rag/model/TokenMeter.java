package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.samples.rag.screen.Words;

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
        int in = total.inputTokenCount();
        int out = total.outputTokenCount();
        Integer thinking = total.reasoningTokenCount();
        return Words.of(
                requests + (requests == 1 ? " request, " : " requests, ") + in + " tokens in, " + out + " out, "
                        + thinking + " of them thinking",
                requests + " 次请求，输入 " + in + " 个 token，输出 " + out + " 个，其中思考 " + thinking + " 个");
    }
}
