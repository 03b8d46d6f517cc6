package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.internal.memory.ReadMessages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a conversation in a list that is the caller's, and that knows in which state they were read. */
final class StoredMessages extends ArrayList<ChatMessage> implements ReadMessages {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Origins reader;
    private transient @Nullable State state;

    StoredMessages(List<ChatMessage> messages, @Nullable Origins reader, @Nullable State state) {
        super(messages);
        this.reader = reader;
        this.state = state;
    }

    /** The state in which this store has read it; {@code null} if it has not, as of a copy that was serialized. */
    @Nullable
    State stateFor(Origins store) {
        return reader == store ? state : null;
    }

    /** It was written as it stands. */
    void writtenAs(Origins store, State now) {
        if (reader == store) {
            state = now;
        }
    }

    @Override
    public List<ChatMessage> changedTo(List<ChatMessage> messages) {
        return new StoredMessages(messages, reader, state);
    }
}
