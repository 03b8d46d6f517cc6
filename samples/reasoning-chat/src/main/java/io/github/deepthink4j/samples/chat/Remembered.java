package io.github.deepthink4j.samples.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.ReasoningMemoryListener;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.List;
import java.util.Locale;

/** The chat's memory, and what it has let go of. */
final class Remembered implements ReasoningMemoryListener {

    private static final int TURNS = 25;
    private static final int SHOWN_CHARACTERS = 100;

    private final ModelProfile profile;
    private final ChatMemory memory;
    private int droppedThoughts;
    private long droppedCharacters;
    private String lastThought = "";
    private int evictedTurns;

    Remembered(ModelProfile profile) {
        this.profile = profile;
        this.memory = ReasoningChatMemory.builder()
                .profile(profile)
                // No request of this chat has tools, so that even the newest models read no earlier thought.
                .hasTools(false)
                .maxTurns(TURNS)
                .listener(this)
                .build();
    }

    ChatMemory memory() {
        return memory;
    }

    @Override
    public void onReasoningDropped(Object memoryId, AiMessage message) {
        droppedThoughts++;
        droppedCharacters += message.thinking().length();
        lastThought = message.thinking();
    }

    @Override
    public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
        evictedTurns++;
    }

    /** What is kept, and what was dropped. */
    String describe() {
        StringBuilder text = new StringBuilder("Kept, as " + profile.name() + " wants it (reasoning sent back: "
                + profile.reasoningReplay() + "), at most " + TURNS + " turns:");
        List<ChatMessage> messages = memory.messages();
        if (messages.isEmpty()) {
            text.append(" nothing");
        }
        for (ChatMessage message : messages) {
            text.append("\n  ").append(line(message));
        }
        text.append("\nDropped thoughts: " + droppedThoughts + ", of " + droppedCharacters
                + " characters; dropped turns: " + evictedTurns);
        if (droppedThoughts > 0) {
            text.append("; the last thought: ").append(shortened(lastThought));
        }
        return text.toString();
    }

    private static String line(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return "you:   " + shortened(user.singleText());
        }
        if (message instanceof AiMessage ai) {
            String thought = ai.thinking() == null
                    ? ""
                    : " (with a thought of " + ai.thinking().length() + " characters)";
            return "model: " + shortened(ai.text()) + thought;
        }
        return message.type().toString().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
