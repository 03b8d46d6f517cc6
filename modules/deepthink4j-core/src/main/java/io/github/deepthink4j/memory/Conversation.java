package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in good order: the system message, then perhaps a greeting of the assistant's, then whole turns, each
 * beginning with a user message, every tool call answered but those that wait at the end. It never changes; the next one,
 * which has a message more, shares with it all that is over, so that a long conversation grows as easily as a short one.
 */
final class Conversation extends AbstractList<ChatMessage> {

    private final @Nullable SystemMessage system;
    private final Measure ofSystem;
    private final Parts over;
    private final OpenPart open;
    private final List<ToolExecutionRequest> waiting;
    private final KeepReasoning keep;

    /**
     * @param system   {@code null} if there is none
     * @param ofSystem of the system message alone
     * @param over     all parts but the last
     * @param waiting  the calls of the last round that have no result yet
     * @param keep     the rule by which reasoning was kept
     */
    Conversation(
            @Nullable SystemMessage system,
            Measure ofSystem,
            Parts over,
            OpenPart open,
            List<ToolExecutionRequest> waiting,
            KeepReasoning keep) {
        this.system = system;
        this.ofSystem = ofSystem;
        this.over = over;
        this.open = open;
        this.waiting = waiting;
        this.keep = keep;
    }

    /**
     * @param none how nothing is measured
     */
    static Conversation empty(Measure none, KeepReasoning keep) {
        return new Conversation(null, none, Parts.NONE, OpenPart.beginning(none), List.of(), keep);
    }

    @Nullable
    SystemMessage system() {
        return system;
    }

    Measure ofSystem() {
        return ofSystem;
    }

    Parts over() {
        return over;
    }

    OpenPart open() {
        return open;
    }

    List<ToolExecutionRequest> waiting() {
        return waiting;
    }

    /** How many parts there are to evict one after the other, oldest first. */
    int parts() {
        return open.messages().isEmpty() ? over.count() : over.count() + 1;
    }

    /** One of those before the last, which always stays. */
    List<ChatMessage> part(int index) {
        return List.copyOf(over.get(index));
    }

    private Measure before(int part) {
        return part < over.count() ? over.before().get(part) : open.before();
    }

    /** How much is left without the oldest parts. */
    Measure measureWithout(int evicted) {
        return ofSystem.plus(open.end().minus(before(evicted)));
    }

    /** What is left without the oldest parts. */
    Conversation without(int evicted) {
        return evicted == 0 ? this : new Conversation(system, ofSystem, over.without(evicted), open, waiting, keep);
    }

    /** Its beginning, which ends in the last part. */
    Conversation first(int size) {
        OpenPart begun = open.first(open.messages().size() - (size() - size));
        return new Conversation(system, ofSystem, over, begun, List.of(), keep);
    }

    /** With another message in place of the last, which counts the same. */
    Conversation withLast(ChatMessage message) {
        return new Conversation(system, ofSystem, over, open.withLast(message), waiting, keep);
    }

    /** All messages, in a list that is the caller's. */
    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>(size() + 1);
        if (system != null) {
            messages.add(system);
        }
        over.messages().forEach(messages::add);
        open.messages().forEach(messages::add);
        return messages;
    }

    /**
     * With what of it these messages begin, so that only the rest has to be looked at: all, or the turns that were over, as far
     * as the messages are the same objects at the same places. A store that makes new objects, and one that somebody else has
     * written, are looked at anew.
     */
    Conversation within(List<ChatMessage> stored, KeepReasoning now) {
        if (now != keep) {
            return empty(ofSystem.none(), now);
        }
        int same = stored == this ? size() : same(stored);
        if (same == size()) {
            return this;
        }
        // The last turn may go on; a greeting is over when the first question comes.
        int begun = over.count();
        while (begun > 0 && !(placeOf(begun) < same && get(placeOf(begun)) instanceof UserMessage)) {
            begun--;
        }
        return begun < 1
                ? empty(ofSystem.none(), now)
                : new Conversation(
                        system, ofSystem, over.first(begun), OpenPart.beginning(before(begun)), List.of(), keep);
    }

    private int placeOf(int part) {
        return ofSystem.messages() + over.placeOf(part);
    }

    private int same(List<ChatMessage> stored) {
        Iterator<ChatMessage> theirs = stored.iterator();
        int same = 0;
        while (same < size() && theirs.hasNext() && theirs.next() == get(same)) {
            same++;
        }
        return same;
    }

    @Override
    public int size() {
        return ofSystem.messages() + over.messages().size() + open.messages().size();
    }

    @Override
    public ChatMessage get(int index) {
        if (index == 0 && system != null) {
            return system;
        }
        int place = index - ofSystem.messages();
        int ended = over.messages().size();
        return place < ended ? over.messages().get(place) : open.messages().get(place - ended);
    }
}
