package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/**
 * What of a conversation is over, so that no message can join it any more, in the parts that are evicted one after the other:
 * each message of the greeting, then each turn. Never changes.
 *
 * @param messages of all parts, in good order, with no more reasoning than is kept
 * @param before   what stands before each part, what was evicted long ago included
 */
record Parts(Slice<ChatMessage> messages, Slice<Measure> before) {

    static final Parts NONE = new Parts(Slice.empty(), Slice.empty());

    int count() {
        return before.size();
    }

    List<ChatMessage> get(int part) {
        return messages.subList(placeOf(part), placeOf(part + 1));
    }

    boolean isTurn(int part) {
        return messages.get(placeOf(part)) instanceof UserMessage;
    }

    /** Where it begins among the messages; where they end if there is none. */
    int placeOf(int part) {
        return part < count() ? before.get(part).messages() - before.get(0).messages() : messages.size();
    }

    /** The part whose message this is. */
    int partAt(int place) {
        int part = count();
        while (placeOf(part) > place) {
            part--;
        }
        return part;
    }

    Parts plus(OpenPart part) {
        return new Parts(messages.plusAll(part.messages()), before.plus(part.before()));
    }

    /** The oldest. */
    Parts first(int parts) {
        return new Parts(messages.first(placeOf(parts)), before.first(parts));
    }

    /** Without the oldest. */
    Parts without(int parts) {
        return new Parts(messages.without(placeOf(parts)), before.without(parts));
    }
}
