package io.github.deepthink4j.samples.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.memory.ReasoningMemoryListener;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.chat.screen.CleanText;
import io.github.deepthink4j.samples.chat.screen.Words;
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

    /** The same messages, kept as another model wants them. */
    Remembered forAnother(ModelProfile other) {
        Remembered next = new Remembered(other);
        next.memory.add(memory.messages());
        return next;
    }

    @Override
    public void onReasoningDropped(Object memoryId, AiMessage message) {
        String thought = message.thinking() == null ? "" : message.thinking();
        droppedThoughts++;
        droppedCharacters += thought.length();
        lastThought = thought;
    }

    @Override
    public void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {
        evictedTurns++;
    }

    /** What is kept, and what was dropped. */
    String describe() {
        String profileName = profile.name();
        StringBuilder text = new StringBuilder(Words.of(
                "Kept, as " + profileName + " wants it (reasoning sent back: " + profile.reasoningReplay()
                        + "), at most " + TURNS + " turns:",
                "按 " + profileName + " 的要求记住的内容（思维链回传：" + profile.reasoningReplay() + "），最多 " + TURNS + " 轮："));
        List<ChatMessage> messages = memory.messages();
        if (messages.isEmpty()) {
            text.append(Words.of(" nothing", "无"));
        }
        for (ChatMessage message : messages) {
            text.append("\n  ").append(line(message));
        }
        text.append(Words.of(
                "\nDropped thoughts: " + droppedThoughts + ", of " + droppedCharacters + " characters; dropped turns: "
                        + evictedTurns,
                "\n丢掉的思维链：" + droppedThoughts + " 条，共 " + droppedCharacters + " 个字符；丢掉的轮次：" + evictedTurns));
        if (droppedThoughts > 0) {
            text.append(Words.of("; the last thought: ", "；最后一条：")).append(shortened(lastThought));
        }
        return text.toString();
    }

    private static String line(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return Words.of("you:   ", "你：   ") + shortened(user.singleText());
        }
        if (message instanceof AiMessage ai) {
            String thought = ai.thinking() == null
                    ? ""
                    : Words.of(
                            " (with a thought of " + ai.thinking().length() + " characters)",
                            "（附 " + ai.thinking().length() + " 个字符的思维链）");
            return Words.of("model: ", "模型： ") + shortened(ai.text()) + thought;
        }
        return message.type().toString().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        String line = CleanText.inOneLine(text);
        if (line.length() <= SHOWN_CHARACTERS) {
            return line;
        }
        // No character is cut in two.
        int end =
                Character.isHighSurrogate(line.charAt(SHOWN_CHARACTERS - 1)) ? SHOWN_CHARACTERS - 1 : SHOWN_CHARACTERS;
        return line.substring(0, end) + "...";
    }
}
