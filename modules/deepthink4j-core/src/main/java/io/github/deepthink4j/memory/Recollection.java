package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.error.TurnTooLongException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a conversation under given rules, and what was let go of on the way. Pure: no store, no lock.
 *
 * @param messages  what remains
 * @param starts    see {@link Settled}
 * @param dropped   messages that lost their reasoning, with it
 * @param evicted   turns that had to go, oldest first, and before them perhaps a greeting
 * @param repairs   what was put right
 * @param overLimit how the turn in progress alone has just got over a limit; {@code null} if it has not
 */
record Recollection(
        List<ChatMessage> messages,
        List<Integer> starts,
        List<AiMessage> dropped,
        List<List<ChatMessage>> evicted,
        List<Repair> repairs,
        @Nullable String overLimit) {

    /**
     * What is to be stored after messages were added.
     *
     * @param settled what was found in good order before
     * @throws TurnTooLongException if a question does not fit even alone
     */
    static Recollection afterAdding(
            List<ChatMessage> stored, Settled settled, List<ChatMessage> added, KeepReasoning keep, Limits limits) {
        Settled known = settled.within(stored, keep);
        Recollection joined =
                of(new ConversationRepair(true).take(stored, known).take(added), false, keep, limits);
        if (joined.overLimit == null) {
            return joined;
        }
        if (!asksOnly(added, joined.messages)) {
            return joined.sayingSoOnce(added.size(), limits);
        }
        // A question that nobody has answered must not keep all later ones out.
        Recollection alone =
                of(new ConversationRepair(false).take(stored, known).take(added), false, keep, limits);
        if (alone.overLimit != null) {
            throw new TurnTooLongException(
                    "The message does not fit into the chat memory: with all earlier turns evicted" + " there are "
                            + alone.overLimit + ". Raise the limit, or shorten the message.");
        }
        return alone;
    }

    /** A turn that is over a limit was so before the last messages came, or they took it there: only then it is news. */
    private Recollection sayingSoOnce(int added, Limits limits) {
        List<ChatMessage> before = messages.subList(0, Math.max(0, messages.size() - added));
        return limits.exceeded(before) == null
                ? this
                : new Recollection(messages, starts, dropped, evicted, repairs, null);
    }

    /** What is to be sent: like what is stored, and no tool call is open. */
    static Recollection forSending(List<ChatMessage> stored, Settled settled, KeepReasoning keep, Limits limits) {
        return of(new ConversationRepair(true).take(stored, settled.within(stored, keep)), true, keep, limits);
    }

    /** For the next time, when this is what is stored. The store may do with its list what it likes. */
    Settled settled(KeepReasoning keep) {
        return new Settled(new ArrayList<>(messages), starts, keep);
    }

    /** Whether nothing has been paid for yet: what was added is a question or a system message, and nothing answers it. */
    private static boolean asksOnly(List<ChatMessage> added, List<ChatMessage> messages) {
        return isAsked(added.get(added.size() - 1)) && isAsked(messages.get(messages.size() - 1));
    }

    private static boolean isAsked(ChatMessage message) {
        return message instanceof UserMessage || message instanceof SystemMessage;
    }

    private static Recollection of(ConversationRepair repair, boolean close, KeepReasoning keep, Limits limits) {
        Conversation all = close ? repair.closed() : repair.conversation();
        List<AiMessage> dropped = new ArrayList<>();
        Conversation lean = withoutReasoning(all, keep, dropped);
        int evicted = limits.partsToEvict(lean);
        List<ChatMessage> messages = lean.without(evicted);
        List<List<ChatMessage>> turns = new ArrayList<>(evicted);
        for (int part = 0; part < evicted; part++) {
            turns.add(lean.part(part));
        }
        String overLimit = limits.exceeded(lean, evicted);
        return new Recollection(messages, lean.startsWithout(evicted), dropped, turns, repair.repairs(), overLimit);
    }

    private static Conversation withoutReasoning(
            Conversation conversation, KeepReasoning keep, List<AiMessage> dropped) {
        List<ChatMessage> body = new ArrayList<>(conversation.body());
        // A view. Each turn is judged by itself, and those that were over before were judged as such.
        List<ChatMessage> latest = body.subList(conversation.settled(), body.size());
        BitSet kept = keep.in(latest);
        for (int i = 0; i < latest.size(); i++) {
            if (latest.get(i) instanceof AiMessage ai && ai.thinking() != null && !kept.get(i)) {
                dropped.add(ai);
                latest.set(i, ai.toBuilder().thinking(null).build());
            }
        }
        return conversation.withBody(body);
    }
}
