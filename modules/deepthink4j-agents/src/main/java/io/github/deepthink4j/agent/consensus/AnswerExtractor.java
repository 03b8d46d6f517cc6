package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.function.Function;

/** Finds in a response what is voted on. Thread-safe. */
@FunctionalInterface
public interface AnswerExtractor {

    /**
     * The answer proper. Two responses give the same answer if what is found in them is {@code equal}.
     *
     * @return empty if there is no answer in it; then it has no vote
     */
    Optional<Object> extract(ChatResponse response);

    /**
     * What the last {@code \boxed{...}} holds, as R1's authors advise to ask for; a number there is compared as a number, blanks do
     * not count.
     */
    static AnswerExtractor lastBoxed() {
        return text(BoxedAnswer::last);
    }

    /**
     * The last number of the text. 10 and 10.0 are the same, and so is 10,000 with or without its thousand separators: comma,
     * apostrophe, underscore, thin or no-break space, and LaTeX's.
     */
    static AnswerExtractor lastNumber() {
        return text(text -> NumberAnswer.last(text).map(number -> number));
    }

    /** The JSON that the text is, or holds in a code fence: equal in every property, whatever their order; 1 and 1.0 are equal. */
    static AnswerExtractor json() {
        return text(JsonValueAnswer::of);
    }

    /** The whole text, without blanks at both ends. */
    static AnswerExtractor exactText() {
        return text(text -> Optional.of((Object) text.strip()).filter(answer -> !answer.equals("")));
    }

    private static AnswerExtractor text(Function<String, Optional<Object>> extractor) {
        return response -> {
            String text = response.aiMessage().text();
            return text == null ? Optional.empty() : extractor.apply(text);
        };
    }
}
