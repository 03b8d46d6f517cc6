package io.github.deepthink4j.model;

import dev.langchain4j.data.message.AiMessage;
import org.jspecify.annotations.Nullable;

/**
 * Half of a character, such as an emoji, within which an answer was cut. No encoding has a place for it, so that the message keeps its
 * number apart; the rest of the answer may begin with the other half.
 */
final class HalfCharacter {

    /** Of an {@code AiMessage}; never sent. */
    static final String ATTRIBUTE = "deepthink4j.half_character";

    private HalfCharacter() {}

    static String written(String half) {
        return Integer.toHexString(half.charAt(0));
    }

    /** {@code null} if the message does not end in one, or somebody else has written there. */
    static @Nullable String of(@Nullable AiMessage message) {
        if (message == null || !(message.attributes().get(ATTRIBUTE) instanceof String number)) {
            return null;
        }
        return number.matches("d[89ab][0-9a-f]{2}") ? Character.toString(Integer.parseInt(number, 16)) : null;
    }
}
