package io.github.deepthink4j.memory;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.refusal.OpenQuestions;

/**
 * Lets a {@link ReasoningChatMemory} know that a model has refused its question. The models of this library do so by
 * themselves; for a model of another vendor, put one among its listeners. What counts are LangChain4j's
 * {@code InvalidRequestException} (a content filter's among them) and {@code UnsupportedFeatureException}. Keeps nothing: one
 * instance serves any number of models and memories.
 */
public final class RefusalListener implements ChatModelListener {

    @Override
    public void onRequest(ChatModelRequestContext context) {
        Inquiry inquiry = OpenQuestions.begin(context.chatRequest().messages());
        context.attributes().put(this, inquiry);
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        if (context.attributes().get(this) instanceof Inquiry inquiry) {
            inquiry.failed(context.error());
        }
    }
}
