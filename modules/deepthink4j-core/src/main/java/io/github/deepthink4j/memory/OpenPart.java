package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The last part of a conversation, to which the next message may belong; empty if there is none. Never changes.
 *
 * @param after      what stands up to each message, with it
 * @param callsTools whether one of the messages does
 * @param thinks     whether one of the messages has reasoning
 */
record OpenPart(Measure before, Slice<ChatMessage> messages, Slice<Measure> after, boolean callsTools, boolean thinks) {

    static OpenPart beginning(Measure before) {
        return new OpenPart(before, Slice.empty(), Slice.empty(), false, false);
    }

    Measure end() {
        return after.isEmpty() ? before : after.get(after.size() - 1);
    }

    /**
     * With these messages behind, and of the reasoning of all what is kept.
     *
     * @param dropped gets those that lose it
     */
    OpenPart with(List<ChatMessage> more, KeepReasoning keep, boolean inProgress, List<AiMessage> dropped) {
        boolean calls = callsTools || more.stream().anyMatch(OpenPart::callsTools);
        if (keep.keeps(calls, inProgress)) {
            return plus(more);
        }
        OpenPart lean = thinks ? beginning(before).plus(withoutReasoning(messages, dropped)) : this;
        return lean.plus(withoutReasoning(more, dropped));
    }

    private OpenPart plus(List<ChatMessage> more) {
        OpenPart all = this;
        for (ChatMessage message : more) {
            all = new OpenPart(
                    before,
                    all.messages.plus(message),
                    all.after.plus(all.end().plus(message)),
                    all.callsTools || callsTools(message),
                    all.thinks || thinks(message));
        }
        return all;
    }

    private static List<ChatMessage> withoutReasoning(List<ChatMessage> messages, List<AiMessage> dropped) {
        List<ChatMessage> lean = new ArrayList<>(messages);
        for (int i = 0; i < lean.size(); i++) {
            if (thinks(lean.get(i))) {
                AiMessage ai = (AiMessage) lean.get(i);
                dropped.add(ai);
                lean.set(i, ai.toBuilder().thinking(null).build());
            }
        }
        return lean;
    }

    private static boolean callsTools(ChatMessage message) {
        return message instanceof AiMessage ai && ai.hasToolExecutionRequests();
    }

    private static boolean thinks(ChatMessage message) {
        return message instanceof AiMessage ai && ai.thinking() != null;
    }

    /** Its beginning. */
    OpenPart first(int count) {
        return new OpenPart(before, messages.first(count), after.first(count), callsTools, thinks);
    }

    /** With another message in place of the last, which counts the same. */
    OpenPart withLast(ChatMessage message) {
        return new OpenPart(before, messages.first(messages.size() - 1).plus(message), after, callsTools, thinks);
    }
}
