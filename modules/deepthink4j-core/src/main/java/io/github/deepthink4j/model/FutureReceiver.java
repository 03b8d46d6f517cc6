package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.CallReport;
import org.jspecify.annotations.Nullable;

/** Lets a future hear of the whole answer, on the thread that brings it. */
record FutureReceiver(
        AnswerFuture<ChatResponse> answer,
        Inquiry inquiry,
        @Nullable CallReport report) implements AnswerReceiver {

    @Override
    public void onThinking(String text) {
        if (report != null) {
            report.thinking();
        }
    }

    @Override
    public void onText(String text) {
        if (report != null) {
            report.text();
        }
    }

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
