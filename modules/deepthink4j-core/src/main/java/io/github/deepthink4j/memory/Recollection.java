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
 * @param dropped   messages that lost their reasoning, with it
 * @param evicted   turns that had to go, oldest first, and before them perhaps a greeting
 * @param repairs   what was put right
 * @param overLimit how the turn in progress alone has just got over a limit; {@code null} if it has not
 */
record Recollection(
        List<ChatMessage> messages,
        List<AiMessage> dropped,
        List<List<ChatMessage>> evicted,
        List<Repair> repairs,
        @Nullable String overLimit) {

    /**
     * What is to be stored after messages were added.
     *
     * @throws TurnTooLongException if a question does not fit even alone
     */
    static Recollection afterAdding(
            List<ChatMessage> stored, List<ChatMessage> added, KeepReasoning keep, Limits limits) {
        Recollection joined = of(new ConversationRepair(true).take(stored).take(added), false, keep, limits);
        if (joined.overLimit == null) {
            return joined;
        }
        if (!asksOnly(added, joined.messages)) {
            return joined.sayingSoOnce(added.size(), limits);
        }
        // A question that nobody has answered must not keep all later ones out.
        Recollection alone = of(new ConversationRepair(false).take(stored).take(added), false, keep, limits);
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
        return limits.exceeded(before, 1) == null ? this : new Recollection(messages, dropped, evicted, repairs, null);
    }

    /** What is to be sent: like what is stored, and no tool call is open. */
    static Recollection forSending(List<ChatMessage> stored, KeepReasoning keep, Limits limits) {
        return of(new ConversationRepair(true).take(stored), true, keep, limits);
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
        String overLimit = limits.exceeded(messages, lean.turnsWithout(evicted));
        return new Recollection(messages, dropped, turns, repair.repairs(), overLimit);
    }

    private static Conversation withoutReasoning(
            Conversation conversation, KeepReasoning keep, List<AiMessage> dropped) {
        List<ChatMessage> body = new ArrayList<>(conversation.body());
        BitSet kept = keep.in(body);
        for (int i = 0; i < body.size(); i++) {
            if (body.get(i) instanceof AiMessage ai && ai.thinking() != null && !kept.get(i)) {
                dropped.add(ai);
                body.set(i, ai.toBuilder().thinking(null).build());
            }
        }
        return conversation.withBody(body);
    }
}
