package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Repair.Kind.ANSWER_WITHOUT_QUESTION;
import static io.github.deepthink4j.memory.Repair.Kind.DOUBLED_USER_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.ORPHAN_TOOL_RESULT;
import static io.github.deepthink4j.memory.Repair.Kind.REFUSED_TURN;
import static io.github.deepthink4j.memory.Repair.Kind.SECOND_SYSTEM_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_TOOL_CALL;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_USER_MESSAGE;
import static io.github.deepthink4j.memory.Repair.Kind.UNANSWERED_USER_MESSAGE_REMOVED;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.internal.request.Phrases;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes messages one after the other and puts right what a failed run, or another program, has left behind. */
final class ConversationRepair {

    private final boolean joinUnanswered;
    private final Conversation known;
    private final PromptLanguage language;
    private final Draft body;
    private final OpenRound round = new OpenRound();
    private final List<Repair> repairs = new ArrayList<>();
    private @Nullable SystemMessage system;

    /**
     * @param joinUnanswered whether a user message that nobody answered becomes part of the next one; if not, it is removed
     * @param known          what comes before all that is taken
     * @param language       of what stands in for a result that never came
     */
    ConversationRepair(boolean joinUnanswered, Conversation known, PromptLanguage language) {
        this.joinUnanswered = joinUnanswered;
        this.known = known;
        this.language = language;
        body = new Draft(known);
        system = known.system();
        round.open(known.waiting());
    }

    /** Takes what is stored, of which the known is the beginning. */
    ConversationRepair takeStored(List<ChatMessage> stored) {
        return take(stored.subList(known.size(), stored.size()), system != null);
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
            } else if (!body.asked()) {
                takeGreeting(message);
            } else if (message instanceof ToolExecutionResultMessage result) {
                takeResult(result);
            } else {
                unmarkRefused();
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
        if (!(body.last() instanceof UserMessage unanswered)) {
            body.add(user);
        } else if (unanswered.equals(user)) {
            repaired(DOUBLED_USER_MESSAGE, "");
        } else if (!Objects.equals(unanswered.name(), user.name())) {
            // Two people speak one after the other: nothing is wrong with that.
            body.add(user);
        } else if (joinUnanswered) {
            repaired(UNANSWERED_USER_MESSAGE, "");
            body.replaceLast(join(unanswered, user));
        } else {
            repaired(UNANSWERED_USER_MESSAGE_REMOVED, "");
            body.replaceLast(user);
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
        if (RefusedTurn.isMarked(body.last())) {
            repaired(REFUSED_TURN, "");
            round.forget();
            body.removeLastTurn();
        }
    }

    private void unmarkRefused() {
        ChatMessage last = body.last();
        if (last != null && RefusedTurn.isMarked(last)) {
            body.replaceLast(RefusedTurn.unmarked(last));
        }
    }

    private void takeResult(ToolExecutionResultMessage result) {
        if (round.answeredBy(result)) {
            unmarkRefused();
            body.add(result);
            return;
        }
        // A tool may answer late, when its round was closed for it already: the answer goes where it belongs, and the
        // mark that it may have had as the last message does not.
        if (!body.putInPlace((ToolExecutionResultMessage) RefusedTurn.unmarked(result))) {
            repaired(ORPHAN_TOOL_RESULT, String.valueOf(result.toolName()));
        }
    }

    private void closeRound() {
        if (round.waiting().isEmpty()) {
            return;
        }
        Phrases phrases = Phrases.in(language.in(body.messages()));
        for (ToolExecutionResultMessage standIn : round.close(phrases)) {
            repaired(UNANSWERED_TOOL_CALL, String.valueOf(standIn.toolName()));
            body.add(standIn);
        }
    }

    private void repaired(Repair.Kind kind, String detail) {
        repairs.add(new Repair(kind, detail));
    }

    /** With the last round closed and without a turn that is refused, as it may be sent. */
    ConversationRepair close() {
        removeRefused();
        closeRound();
        return this;
    }

    /**
     * What came of it; unless it was closed, the last round stays open if results are missing.
     *
     * @param dropped gets the messages that lose their reasoning
     */
    Conversation conversation(KeepReasoning keep, List<AiMessage> dropped) {
        Measure ofSystem = known.ofSystem();
        if (system != null && !system.equals(known.system())) {
            ofSystem = ofSystem.none().plus(system);
        }
        return body.conversation(system, ofSystem, round.waiting(), keep, dropped);
    }

    List<ToolExecutionRequest> waiting() {
        return round.waiting();
    }

    List<Repair> repairs() {
        return List.copyOf(repairs);
    }
}
