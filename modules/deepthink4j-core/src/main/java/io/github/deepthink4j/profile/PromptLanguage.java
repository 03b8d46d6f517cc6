package io.github.deepthink4j.profile;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * The language of what this library says to a model in words of its own: how to write JSON, what a tool has returned, what a plan is
 * for. What you write yourself is never translated, nor is what goes to people and logs.
 */
public enum PromptLanguage {

    /** Always English. */
    ENGLISH,

    /** Always Chinese, in simplified characters. */
    CHINESE,

    /**
     * Chinese where the conversation began in Chinese, else English; the default. The first question that is made of words decides,
     * not the last, so that what has been sent once is sent in the same words again: DeepSeek's cache serves a beginning that
     * has not changed by a letter (docs/protocol.md, section 2.11). Where nobody has asked anything in words, the assistant's
     * greeting and then the system message decide.
     */
    OF_CONVERSATION;

    /**
     * The language to use for these messages: {@link #ENGLISH} or {@link #CHINESE}.
     *
     * @param messages of a conversation, from its beginning
     */
    public PromptLanguage in(List<ChatMessage> messages) {
        return this == OF_CONVERSATION ? ConversationLanguage.of(messages) : this;
    }
}
