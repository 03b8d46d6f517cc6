package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a conversation under given rules, and what was let go of on the way. Pure: no store, no lock.
 *
 * @param conversation what remains
 * @param dropped      messages that lost their reasoning, with it
 * @param evicted      turns that had to go, oldest first, and before them perhaps a greeting
 * @param repairs      what was put right
 * @param overLimit    how the turn in progress alone has just got over a limit; {@code null} if it has not
 */
record Recollection(
        Conversation conversation,
        List<AiMessage> dropped,
        List<List<ChatMessage>> evicted,
        List<Repair> repairs,
        @Nullable String overLimit) {

    /**
     * What is to be stored after messages were added.
     *
     * @param last what was stored the last time; {@code null} if nobody knows
     * @throws TurnTooLongException if a question does not fit even alone
     */
    static Recollection afterAdding(
            List<ChatMessage> stored,
            @Nullable Conversation last,
            List<ChatMessage> added,
            KeepReasoning keep,
            Limits limits,
            PromptLanguage language) {
        Conversation known = known(stored, last, keep, limits);
        Recollection joined = of(
                new ConversationRepair(true, known, language).takeStored(stored).take(added), keep, limits);
        if (joined.overLimit == null) {
            return joined;
        }
        if (!asksOnly(added, joined.conversation)) {
            return joined.sayingSoOnce(added.size(), limits);
        }
        // A question that nobody has answered must not keep all later ones out.
        Recollection alone = of(
                new ConversationRepair(false, known, language)
                        .takeStored(stored)
                        .take(added),
                keep,
                limits);
        if (alone.overLimit != null) {
            throw new TurnTooLongException(
                    "The message does not fit into the chat memory: with all earlier turns evicted" + " there are "
                            + alone.overLimit + ". Raise the limit, or shorten the message.");
        }
        return alone;
    }

    /** A turn that is over a limit was so before the last messages came, or they took it there: only then it is news. */
    private Recollection sayingSoOnce(int added, Limits limits) {
        int before = conversation.size() - added;
        return before < 1 || limits.exceeded(conversation.first(before), 0) == null
                ? this
                : new Recollection(conversation, dropped, evicted, repairs, null);
    }

    /** What is to be sent: like what is stored, and no tool call is open. */
    static Recollection forSending(
            List<ChatMessage> stored,
            @Nullable Conversation last,
            KeepReasoning keep,
            Limits limits,
            PromptLanguage language) {
        Conversation known = known(stored, last, keep, limits);
        return of(
                new ConversationRepair(true, known, language).takeStored(stored).close(), keep, limits);
    }

    private static Conversation known(
            List<ChatMessage> stored, @Nullable Conversation last, KeepReasoning keep, Limits limits) {
        return last == null ? Conversation.empty(limits.none(), keep) : last.within(stored, keep);
    }

    /** Whether nothing has been paid for yet: what was added is a question or a system message, and nothing answers it. */
    private static boolean asksOnly(List<ChatMessage> added, List<ChatMessage> messages) {
        return isAsked(added.get(added.size() - 1)) && isAsked(messages.get(messages.size() - 1));
    }

    private static boolean isAsked(ChatMessage message) {
        return message instanceof UserMessage || message instanceof SystemMessage;
    }

    private static Recollection of(ConversationRepair repair, KeepReasoning keep, Limits limits) {
        List<AiMessage> dropped = new ArrayList<>();
        Conversation all = repair.conversation(keep, dropped);
        int evicted = limits.partsToEvict(all);
        List<List<ChatMessage>> parts = new ArrayList<>(evicted);
        for (int part = 0; part < evicted; part++) {
            parts.add(all.part(part));
        }
        Conversation left = all.without(evicted);
        return new Recollection(left, dropped, parts, repair.repairs(), limits.exceeded(left, 0));
    }
}
