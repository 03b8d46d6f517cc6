package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.internal.refusal.Asker;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one memory on their way to a model, and what becomes of one that is refused. The memory holds it as long as it
 * lives, since it is held weakly elsewhere.
 */
final class MemoryQuestions implements Asker {

    private final StoredConversation conversation;
    private final MemoryEvents events;
    private final Supplier<List<ChatMessage>> toSend;

    MemoryQuestions(StoredConversation conversation, MemoryEvents events, Supplier<List<ChatMessage>> toSend) {
        this.conversation = conversation;
        this.events = events;
        this.toSend = toSend;
    }

    /** Messages are part of the conversation now. */
    void asked(List<ChatMessage> added, BiConsumer<UserMessage, Asker> asked) {
        for (ChatMessage message : added) {
            if (message instanceof UserMessage question) {
                asked.accept(question, this);
            }
        }
    }

    /** Puts into a list that may be sent the object of its last question by which this memory is known. */
    List<ChatMessage> handedOut(List<ChatMessage> messages, BiFunction<UserMessage, Asker, UserMessage> hand) {
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof UserMessage)) {
            last--;
        }
        if (last >= 0) {
            messages.set(last, hand.apply((UserMessage) messages.get(last), this));
        }
        return messages;
    }

    @Override
    public boolean sends(List<ChatMessage> request) {
        return toSend.get().equals(request);
    }

    /** The turn in progress, whatever it asks. */
    void refused(Throwable error) {
        tell(conversation.change((stored, known) -> RefusedTurn.mark(stored, turn -> true)), error);
    }

    /** The model's own error is on its way to the caller, and matters more; so it does not wait for the turns of others either. */
    @Override
    public void refused(UserMessage question, int behind, Throwable error) {
        conversation
                .<List<ChatMessage>, @Nullable Void>changeSoon(
                        (stored, known) -> RefusedTurn.mark(stored, turn -> RefusedTurn.asks(turn, question, behind)),
                        turn -> {
                            tell(turn, error);
                            return null;
                        })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        events.couldNotNoteRefusal(failure);
                    }
                });
    }

    private void tell(List<ChatMessage> turn, Throwable error) {
        if (!turn.isEmpty()) {
            events.refused(turn, error);
        }
    }
}
