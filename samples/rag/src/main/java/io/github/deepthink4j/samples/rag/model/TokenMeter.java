package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.samples.rag.screen.Words;

/** Adds up what the answers of a model have used. What a server leaves out is unknown and never 0. */
public final class TokenMeter implements ChatModelListener {

    /**
     * Tokens of a kind.
     *
     * @param known of those answers that say it
     * @param all   whether each does
     */
    record Count(long known, boolean all) {

        static final Count NONE = new Count(0, true);

        Count and(Integer more) {
            return new Count(known + (more == null ? 0 : more), all && more != null);
        }

        private boolean isUnknown() {
            return known == 0 && !all;
        }

        @Override
        public String toString() {
            return isUnknown()
                    ? Words.of("unknown", "未知")
                    : all ? String.valueOf(known) : Words.of("at least " + known, "至少 " + known);
        }
    }

    private final boolean thinks;
    private int requests;
    private Count in = Count.NONE;
    private Count out = Count.NONE;
    private Count thinking = Count.NONE;

    /** @param thinks whether the model does: of one that does not nobody says how much */
    public TokenMeter(boolean thinks) {
        this.thinks = thinks;
    }

    @Override
    public synchronized void onResponse(ChatModelResponseContext context) {
        requests++;
        TokenUsage usage = context.chatResponse().metadata().tokenUsage();
        in = in.and(usage == null ? null : usage.inputTokenCount());
        out = out.and(usage == null ? null : usage.outputTokenCount());
        thinking = thinking.and(usage instanceof DeepSeekTokenUsage own ? own.reasoningTokenCount() : null);
    }

    public synchronized int requests() {
        return requests;
    }

    @Override
    public synchronized String toString() {
        if (in.isUnknown() && out.isUnknown()) {
            return Words.of(
                    requests + (requests == 1 ? " request" : " requests") + ", tokens unknown",
                    requests + " 次请求，token 数未知");
        }
        return Words.of(
                requests + (requests == 1 ? " request, " : " requests, ") + in + " tokens in, " + out + " out"
                        + (thinks ? ", " + thinking + " of them thinking" : ""),
                requests + " 次请求，输入 " + in + " 个 token，输出 " + out + " 个"
                        + (thinks ? "，其中思考 " + thinking + (thinking.isUnknown() ? "" : " 个") : ""));
    }
}
