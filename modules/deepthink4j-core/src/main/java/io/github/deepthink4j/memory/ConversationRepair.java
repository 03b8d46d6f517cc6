package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Repair.Kind.ANSWER_WITHOUT_QUESTION;
import static io.github.deepthink4j.memory.Repair.Kind.DOUBLED_USER_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.ORPHAN_TOOL_RESULT;
import static io.github.deepthink4j.memory.Repair.Kind.REFUSED_TURN;
import static io.github.deepthink4j.memory.Repair.Kind.SECOND_SYSTEM_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_TOOL_CALL;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_USER_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_USER_MESSAGE_REMOVED;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes messages one after the other and puts right what a failed run, or another program, has left behind. */
final class ConversationRepair {

    private final boolean joinUnanswered;
    private final List<ChatMessage> body = new ArrayList<>();
    private final OpenRound round = new OpenRound();
    private final List<Repair> repairs = new ArrayList<>();
    private final List<Integer> settledStarts = new ArrayList<>();
    private int settled;
    private @Nullable SystemMessage system;
    private boolean asked;

    /**
     * @param joinUnanswered whether a user message that nobody answered becomes part of the next one; if not, it is removed
     */
    ConversationRepair(boolean joinUnanswered) {
        this.joinUnanswered = joinUnanswered;
    }

    /**
     * Takes what is stored, before all else.
     *
     * @param known how it begins, which is in good order
     */
    ConversationRepair take(List<ChatMessage> stored, Settled known) {
        int size = known.messages().size();
        body.addAll(known.messages());
        if (size > 0 && body.get(0) instanceof SystemMessage first) {
            system = first;
            body.remove(0);
        }
        settled = body.size();
        settledStarts.addAll(known.starts());
        asked = settled > 0 && body.get(settledStarts.get(settledStarts.size() - 1)) instanceof UserMessage;
        return take(stored.subList(size, stored.size()), system != null);
    }

    ConversationRepair take(Iterable<? extends ChatMessage> messages) {
        return take(messages, false);
    }

    private ConversationRepair take(Iterable<? extends ChatMessage> messages, boolean afterSystem) {
        boolean systemSeen = afterSystem;
        for (ChatMessage message : messages) {
            if (message instanceof SystemMessage newer) {
                if (systemSeen && !newer.equals(system)) {
                    repaired(SECOND_SYSTEM_MESSAGE, "");
                }
                systemSeen = true;
                system = newer;
            } else if (message instanceof UserMessage user) {
                removeRefused();
                closeRound();
                takeQuestion(user);
                asked = true;
            } else if (!asked) {
                takeGreeting(message);
            } else if (message instanceof ToolExecutionResultMessage result) {
                takeResult(result);
            } else {
                RefusedTurn.unmark(body);
                closeRound();
                body.add(message);
                if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
                    round.open(ai.toolExecutionRequests());
                }
            }
        }
        return this;
    }

    /** Words of the assistant are a greeting; a tool round is what is left of a turn that is lost. */
    private void takeGreeting(ChatMessage message) {
        boolean saysSomething = message instanceof AiMessage ai
                && !ai.hasToolExecutionRequests()
                && ai.text() != null
                && !ai.text().isBlank();
        if (saysSomething) {
            body.add(message);
        } else {
            repaired(ANSWER_WITHOUT_QUESTION, message.type().name());
        }
    }

    private void takeQuestion(UserMessage user) {
        ChatMessage last = body.isEmpty() ? null : body.get(body.size() - 1);
        if (!(last instanceof UserMessage unanswered)) {
            body.add(user);
        } else if (unanswered.equals(user)) {
            repaired(DOUBLED_USER_MESSAGE, "");
        } else if (!Objects.equals(unanswered.name(), user.name())) {
            // Two people speak one after the other: nothing is wrong with that.
            body.add(user);
        } else if (joinUnanswered) {
            repaired(UNANSWERED_USER_MESSAGE, "");
            body.set(body.size() - 1, join(unanswered, user));
        } else {
            repaired(UNANSWERED_USER_MESSAGE_REMOVED, "");
            body.set(body.size() - 1, user);
        }
    }

    private static UserMessage join(UserMessage first, UserMessage second) {
        List<Content> contents = new ArrayList<>(first.contents());
        contents.addAll(second.contents());
        Map<String, Object> attributes = new HashMap<>(first.attributes());
        attributes.putAll(second.attributes());
        return second.toBuilder().contents(contents).attributes(attributes).build();
    }

    /** Nothing of it may be joined with what comes next, which would be refused for it. */
    private void removeRefused() {
        if (RefusedTurn.endsWithOne(body)) {
            repaired(REFUSED_TURN, "");
            round.close();
            int start = Math.max(0, RefusedTurn.startOfOpenTurn(body));
            body.subList(start, body.size()).clear();
            settled = Math.min(settled, start);
        }
    }

    private void takeResult(ToolExecutionResultMessage result) {
        if (round.answeredBy(result)) {
            RefusedTurn.unmark(body);
            body.add(result);
            return;
        }
        // A tool may answer late, when its round was closed for it already: the answer goes where it belongs.
        for (int i = body.size() - 1; i >= 0; i--) {
            if (body.get(i) instanceof ToolExecutionResultMessage earlier && OpenRound.replaces(result, earlier)) {
                body.set(i, result);
                return;
            }
        }
        repaired(ORPHAN_TOOL_RESULT, String.valueOf(result.toolName()));
    }

    private void closeRound() {
        for (ToolExecutionResultMessage standIn : round.close()) {
            repaired(UNANSWERED_TOOL_CALL, String.valueOf(standIn.toolName()));
            body.add(standIn);
        }
    }

    private void repaired(Repair.Kind kind, String detail) {
        repairs.add(new Repair(kind, detail));
    }

    /** What came of it; the last round stays open if results are missing. */
    Conversation conversation() {
        return Conversation.of(system, body, round.waiting(), settledStarts, settled);
    }

    /** With the last round closed and without a turn that is refused, as it may be sent. */
    Conversation closed() {
        removeRefused();
        closeRound();
        return conversation();
    }

    List<Repair> repairs() {
        return List.copyOf(repairs);
    }
}
