package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.stream.AnswerFuture;

/** Lets a future hear of the whole answer, on the thread that brings it. */
record FutureReceiver(AnswerFuture<ChatResponse> answer, Inquiry inquiry) implements AnswerReceiver {

    @Override
    public void onComplete(ChatResponse response) {
        answer.answered(response);
    }

    @Override
    public void onError(RuntimeException error) {
        inquiry.failed(error);
        answer.failed(error);
    }
}
