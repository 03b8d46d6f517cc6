package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.answer.AnswerListener;

/** Who waits for an answer: gets its pieces as they come, and in the end exactly one of the two last calls. */
interface AnswerReceiver extends AnswerListener {

    void onComplete(ChatResponse response);

    void onError(RuntimeException error);

    /** The caller has cancelled, through the handle; nothing else is told after it. */
    default void onCancel() {}
}
