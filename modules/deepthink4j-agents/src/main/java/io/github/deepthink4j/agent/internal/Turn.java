package io.github.deepthink4j.agent.internal;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * The calls that answer one request, one after the other. It decides and makes requests, and calls nobody: whoever waits for each
 * call, whoever does not, and whoever streams go by it alike. Used by one thread at a time.
 */
public interface Turn<M> {

    /** The first call. */
    PartCall<M> first();

    /**
     * The call that follows on a response to the one before.
     *
     * @return {@code null} if that response is the last word
     */
    @Nullable
    PartCall<M> next(ChatResponse response);

    /** The last word as the user gets it. */
    ChatResponse result(ChatResponse last, StepLog log);

    /** Makes the calls on this thread, which waits for each of them. */
    static ChatResponse walk(Turn<ChatModel> turn, StepLog log) {
        PartCall<ChatModel> call = turn.first();
        try {
            while (true) {
                PartCall<ChatModel> now = call;
                ChatResponse response =
                        log.run(now.kind(), now.part(), () -> now.part().model().chat(now.request()));
                call = turn.next(response);
                if (call == null) {
                    return turn.result(response, log);
                }
            }
        } catch (Throwable e) {
            log.addTo(e);
            throw e;
        }
    }
}
