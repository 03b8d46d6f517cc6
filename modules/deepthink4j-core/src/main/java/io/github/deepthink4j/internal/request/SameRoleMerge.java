package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one message of neighbours of the same side: R1 answers them with a 400 (docs/protocol.md, section 1.3). */
final class SameRoleMerge {

    private SameRoleMerge() {}

    static List<ChatMessage> merge(List<ChatMessage> messages) {
        List<ChatMessage> merged = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            ChatMessage last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            ChatMessage both = last == null ? null : join(last, message);
            if (both == null) {
                merged.add(message);
            } else {
                merged.set(merged.size() - 1, both);
            }
        }
        return merged;
    }

    private static @Nullable ChatMessage join(ChatMessage first, ChatMessage second) {
        if (first instanceof UserMessage a && second instanceof UserMessage b) {
            List<Content> contents = new ArrayList<>(a.contents());
            contents.addAll(b.contents());
            return a.toBuilder().contents(contents).build();
        }
        if (first instanceof AiMessage a
                && second instanceof AiMessage b
                && !a.hasToolExecutionRequests()
                && !b.hasToolExecutionRequests()) {
            return b.toBuilder().text(joinText(a.text(), b.text())).build();
        }
        return null;
    }

    private static @Nullable String joinText(@Nullable String first, @Nullable String second) {
        if (first == null || first.isBlank()) {
            return second;
        }
        return second == null || second.isBlank() ? first : first + "\n\n" + second;
    }
}
