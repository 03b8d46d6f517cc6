package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/**
 * What was found in good order when it was stored, so that the next time only what has come since is looked at: a conversation
 * grows at its end, and looking at all of it each time would make a long one slow.
 *
 * @param messages what was stored then, first perhaps the system message
 * @param starts   the places behind the system message where the messages of the greeting and the turns begin
 * @param keep     the rule by which its reasoning was kept
 */
record Settled(List<ChatMessage> messages, List<Integer> starts, KeepReasoning keep) {

    static final Settled NOTHING = new Settled(List.of(), List.of(), KeepReasoning.ALL);

    /**
     * What of these messages needs no second look: all turns that were over by then, as far as the messages are the same objects
     * at the same places. A store that makes new objects, and one that somebody else has written, are looked at anew.
     */
    Settled within(List<ChatMessage> stored, KeepReasoning now) {
        if (now != keep) {
            return NOTHING;
        }
        int same = same(stored);
        int system = same > 0 && messages.get(0) instanceof SystemMessage ? 1 : 0;
        // The last turn may go on; a greeting is over when the first question comes.
        int over = starts.size() - 1;
        while (over > 0 && !isQuestion(starts.get(over) + system, same)) {
            over--;
        }
        return over < 1
                ? NOTHING
                : new Settled(messages.subList(0, starts.get(over) + system), starts.subList(0, over), keep);
    }

    private boolean isQuestion(int place, int same) {
        return place < same && messages.get(place) instanceof UserMessage;
    }

    private int same(List<ChatMessage> stored) {
        // Arrays, since this loop alone runs over all that is stored, each time.
        Object[] mine = messages.toArray();
        Object[] theirs = stored.toArray();
        int shorter = Math.min(mine.length, theirs.length);
        int same = 0;
        while (same < shorter && mine[same] == theirs[same]) {
            same++;
        }
        return same;
    }
}
