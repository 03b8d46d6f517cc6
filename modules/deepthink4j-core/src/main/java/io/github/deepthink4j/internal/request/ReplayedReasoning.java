package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts reasoning where the model wants it back and takes it away everywhere else (docs/protocol.md, section 1.3).
 *
 * @param messages with the reasoning as it is to be sent
 * @param thinking whether the request may be thought over still
 */
record ReplayedReasoning(List<ChatMessage> messages, boolean thinking) {

    static ReplayedReasoning of(
            ModelProfile profile, List<ChatMessage> messages, boolean thinking, boolean hasTools, boolean prefix) {
        // No server checks reasoning when the request is not thought over, so none is sent.
        BitSet wanted = thinking ? WantedReasoning.in(messages, profile.reasoningReplay(), hasTools) : new BitSet();
        LostReasoning lost = profile.history().lostReasoning();
        boolean someLost = wanted.stream().anyMatch(i -> ((AiMessage) messages.get(i)).thinking() == null);
        if (someLost && lost.filler() == null && profile.canTurnThinkingOff()) {
            return new ReplayedReasoning(replay(messages, new BitSet(), "", prefix, false), false);
        }
        String filler = lost.filler() == null ? "" : lost.filler();
        return new ReplayedReasoning(replay(messages, wanted, filler, prefix, thinking), thinking);
    }

    private static List<ChatMessage> replay(
            List<ChatMessage> messages, BitSet wanted, String filler, boolean prefix, boolean thinking) {
        List<ChatMessage> replayed = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            if (message instanceof AiMessage ai) {
                // A prefix may bring the start of the thought; on R1 that is likely (docs/protocol.md, section 2.3).
                boolean isPrefix = prefix && i == messages.size() - 1;
                replayed.add(isPrefix && thinking ? ai : withThinking(ai, !isPrefix && wanted.get(i), filler));
            } else {
                replayed.add(message);
            }
        }
        return replayed;
    }

    private static AiMessage withThinking(AiMessage message, boolean wanted, String filler) {
        if (wanted && message.thinking() == null) {
            return message.toBuilder().thinking(filler).build();
        }
        if (!wanted && message.thinking() != null) {
            return message.toBuilder().thinking(null).build();
        }
        return message;
    }
}
