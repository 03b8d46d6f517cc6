package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greeting and the turns of a {@link Conversation} in the making. Which reasoning is kept is seen at the end only, since a
 * turn that has called no tool yet may do so with the next message.
 */
final class Draft {

    /** What is known of a part already, and the messages behind it that are not judged yet. */
    private static final class Unsettled {

        /** {@code null} if nothing is. */
        private @Nullable OpenPart known;

        private final List<ChatMessage> more;

        Unsettled(@Nullable OpenPart known, List<ChatMessage> more) {
            this.known = known;
            this.more = more;
        }

        private int knownMessages() {
            return known == null ? 0 : known.messages().size();
        }

        int size() {
            return knownMessages() + more.size();
        }

        ChatMessage get(int index) {
            return known == null || index >= knownMessages()
                    ? more.get(index - knownMessages())
                    : known.messages().get(index);
        }

        void set(int index, ChatMessage message) {
            forget();
            more.set(index, message);
        }

        void forget() {
            if (known != null) {
                more.addAll(0, known.messages());
                known = null;
            }
        }
    }

    private Parts settled;
    /** Of what is settled, and of what was evicted before. */
    private Measure end;

    private final List<Unsettled> unsettled = new ArrayList<>();

    Draft(Conversation known) {
        settled = known.over();
        end = known.open().before();
        if (!known.open().messages().isEmpty()) {
            unsettled.add(new Unsettled(known.open(), new ArrayList<>()));
        }
    }

    /** {@code null} if there is none yet. */
    @Nullable
    ChatMessage last() {
        if (!unsettled.isEmpty()) {
            Unsettled part = unsettled.get(unsettled.size() - 1);
            return part.get(part.size() - 1);
        }
        int size = settled.messages().size();
        return size == 0 ? null : settled.messages().get(size - 1);
    }

    /** Whether there is a user message, after which all belongs to turns. */
    boolean asked() {
        if (!unsettled.isEmpty()) {
            return unsettled.get(unsettled.size() - 1).get(0) instanceof UserMessage;
        }
        return settled.count() > 0 && settled.isTurn(settled.count() - 1);
    }

    /** All of them, without the system message. */
    List<ChatMessage> messages() {
        List<ChatMessage> messages = new ArrayList<>(settled.messages());
        for (Unsettled part : unsettled) {
            for (int i = 0; i < part.size(); i++) {
                messages.add(part.get(i));
            }
        }
        return messages;
    }

    void add(ChatMessage message) {
        boolean asked = asked();
        boolean asks = message instanceof UserMessage;
        if (asks && !asked) {
            // The greeting is over.
            unsettle(0);
        }
        if (asks || !asked) {
            unsettled.add(new Unsettled(null, new ArrayList<>()));
        }
        lastPart().more.add(message);
    }

    void replaceLast(ChatMessage message) {
        Unsettled part = lastPart();
        part.set(part.size() - 1, message);
    }

    /** Removes the turn in progress, user messages in a row being one question. */
    void removeLastTurn() {
        do {
            if (unsettled.isEmpty()) {
                unsettle(settled.count() - 1);
            }
            unsettled.remove(unsettled.size() - 1);
        } while (last() instanceof UserMessage);
    }

    /** Puts a result where one was made up for want of it; {@code false} if none was. */
    boolean putInPlace(ToolExecutionResultMessage result) {
        for (int part = unsettled.size() - 1; part >= 0; part--) {
            Unsettled messages = unsettled.get(part);
            for (int i = messages.size() - 1; i >= 0; i--) {
                if (replaces(result, messages.get(i))) {
                    messages.set(i, result);
                    return true;
                }
            }
        }
        List<ChatMessage> over = settled.messages();
        for (int i = over.size() - 1; i >= 0; i--) {
            if (replaces(result, over.get(i))) {
                int part = settled.partAt(i);
                int place = i - settled.placeOf(part);
                unsettle(part);
                unsettled.get(0).set(place, result);
                return true;
            }
        }
        return false;
    }

    private static boolean replaces(ToolExecutionResultMessage result, ChatMessage message) {
        return message instanceof ToolExecutionResultMessage earlier && OpenRound.replaces(result, earlier);
    }

    /** There is one: what is settled ends where a question follows. */
    private Unsettled lastPart() {
        return unsettled.get(unsettled.size() - 1);
    }

    /** From this part on all is judged and measured anew. */
    private void unsettle(int from) {
        if (from == settled.count()) {
            return;
        }
        List<Unsettled> parts = new ArrayList<>();
        for (int part = from; part < settled.count(); part++) {
            parts.add(new Unsettled(null, new ArrayList<>(settled.get(part))));
        }
        unsettled.forEach(Unsettled::forget);
        unsettled.addAll(0, parts);
        end = settled.before().get(from);
        settled = settled.first(from);
    }

    /**
     * What has come of it.
     *
     * @param dropped gets the messages that lose their reasoning
     */
    Conversation conversation(
            @Nullable SystemMessage system,
            Measure ofSystem,
            List<ToolExecutionRequest> waiting,
            KeepReasoning keep,
            List<AiMessage> dropped) {
        boolean greets = !asked();
        Parts over = settled;
        OpenPart open = OpenPart.beginning(end);
        for (int i = 0; i < unsettled.size(); i++) {
            Unsettled part = unsettled.get(i);
            if (i > 0) {
                over = over.plus(open);
            }
            OpenPart known = part.known == null ? OpenPart.beginning(open.end()) : part.known;
            open = known.with(part.more, keep, greets || i == unsettled.size() - 1, dropped);
        }
        return new Conversation(system, ofSystem, over, open, waiting, keep);
    }
}
