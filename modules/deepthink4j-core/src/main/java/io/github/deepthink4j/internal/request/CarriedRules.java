package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.leftOut;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.internal.value.CarriedFields;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Findings about what earlier answers have kept to be sent back, and a user or a store has written anew. */
final class CarriedRules {

    private CarriedRules() {}

    static Optional<Finding> check(ModelProfile profile, RequestDraft draft) {
        List<String> named = profile.dialect().carriedFields();
        boolean carries = named == null ? draft.declaresServerTools() : !named.isEmpty();
        List<ChatMessage> messages = draft.messages();
        return IntStream.range(0, carries ? messages.size() : 0)
                .filter(place -> isBroken(messages.get(place)))
                .mapToObj(place -> leftOut(
                        "the attribute " + ReasoningDialect.CARRIED_ATTRIBUTE + " of messages[" + place
                                + "] is no JSON object, which this library writes there as a text, so that what server tools"
                                + " have left in that answer can't go back. Look for what has changed it",
                        it -> it.withMessages(it.messages().stream()
                                .map(CarriedRules::withoutBroken)
                                .toList())))
                .findFirst();
    }

    private static boolean isBroken(ChatMessage message) {
        return message instanceof AiMessage ai
                && CarriedFields.isBroken(ai.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE));
    }

    private static ChatMessage withoutBroken(ChatMessage message) {
        if (!isBroken(message)) {
            return message;
        }
        AiMessage ai = (AiMessage) message;
        Map<String, Object> attributes = new HashMap<>(ai.attributes());
        attributes.remove(ReasoningDialect.CARRIED_ATTRIBUTE);
        return ai.toBuilder().attributes(attributes).build();
    }
}
