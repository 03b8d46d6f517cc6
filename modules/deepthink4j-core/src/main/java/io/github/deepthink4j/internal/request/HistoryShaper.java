package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;

/**
 * Decides which messages go to a model, and with which reasoning. Each rule is a stage of its own; this is their order.
 */
public final class HistoryShaper {

    private HistoryShaper() {}

    /**
     * @param profile the rules of the model the draft is for
     * @param draft   after {@code RequestCheck}: its tools and its thinking are what will be sent
     */
    public static ShapedHistory shape(ModelProfile profile, RequestDraft draft) {
        boolean thinking = profile.thinks(draft.thinking());
        List<ChatMessage> messages = draft.messages();
        Phrases phrases = draft.phrases();
        if (!profile.rules(thinking).features().contains(Feature.TOOLS)) {
            messages = ToolRoundsAsText.tell(messages, phrases);
        }
        messages = ToolCallIds.unique(messages);
        ReplayedReasoning replayed =
                ReplayedReasoning.of(profile, messages, thinking, draft.offersTools(), draft.prefix());
        messages = ToolResults.fill(replayed.messages(), phrases);
        if (profile.history().userFirst()) {
            messages = AssistantFirst.asked(messages, phrases);
        }
        if (profile.history().foldSystemMessage()) {
            messages = SystemMessageFold.intoUserMessage(messages);
        }
        if (profile.history().mergeSameRole()) {
            messages = SameRoleMerge.merge(messages);
        }
        return new ShapedHistory(messages, replayed.thinking());
    }

    /**
     * The messages for a model without tools, of whatever vendor: calls and results told as text, and neighbours of one role
     * made one message.
     */
    public static List<ChatMessage> withoutTools(List<ChatMessage> messages, PromptLanguage language) {
        Phrases phrases = Phrases.in(language.in(messages));
        return SameRoleMerge.merge(ToolRoundsAsText.tell(messages, phrases));
    }
}
