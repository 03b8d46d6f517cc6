package io.github.deepthink4j.internal.memory;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * What a store has read, with the state that it was in. LangChain4j's interface of a store has no place for a version, and the
 * thread that reads need not be the one that writes: so what a memory makes of a list says which list that was.
 */
public interface ReadMessages {

    /** These messages, to be written in the place of those that were read, and only if nobody else has changed them since. */
    List<ChatMessage> changedTo(List<ChatMessage> messages);
}
