package io.github.deepthink4j.internal.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Other words for DeepSeek's finish reasons: hosts pass on those of the server or vendor behind them (docs/tolerance.md has where
 * they are from). Case, blanks and underscores do not matter, nor an enum's name before the word.
 */
final class FinishWords {

    /** By what they mean. */
    static final Map<String, List<String>> WORDS = Map.of(
            "stop",
            List.of(
                    "stop",
                    "eos",
                    "eos_token",
                    "eosFound",
                    "end",
                    "end_turn",
                    "end_of_turn",
                    "end_of_text",
                    "endoftext",
                    "stop_sequence",
                    "stop_string",
                    "stopStringFound",
                    "stop_token",
                    "COMPLETE",
                    "completed",
                    "finished",
                    "done",
                    "normal"),
            "length",
            List.of(
                    "length",
                    "max_tokens",
                    "maximum_tokens",
                    "max_output_tokens",
                    "max_new_tokens",
                    "max_completion_tokens",
                    "maxPredictedTokensReached",
                    "max_length",
                    "model_length",
                    "token_limit",
                    "contextLengthReached",
                    "context_length_exceeded",
                    "model_context_window_exceeded"),
            "tool_calls",
            List.of("tool_calls", "tool_call", "tool_use", "function_call", "function_calls"),
            "content_filter",
            List.of(
                    "content_filter",
                    "content_filtered",
                    "SAFETY",
                    "sensitive",
                    "refusal",
                    "PROHIBITED_CONTENT",
                    "BLOCKLIST",
                    "RECITATION",
                    "SPII",
                    "guardrail_intervened",
                    "ERROR_TOXIC"),
            "insufficient_system_resource",
            List.of("insufficient_system_resource"),
            "aborted",
            List.of("aborted", "abort", "cancelled", "canceled", "USER_CANCEL", "network_error", "error"));

    /** DashScope's own protocol says "null" while the answer goes on, and servers in Python "None". */
    private static final Set<String> GOES_ON = Set.of("", "null", "none", "false");

    /** What is left out: blanks, and what stands between words. */
    private static final String BETWEEN = " \t\n\u000B\f\r_.-";

    private static final String ENUM = "finishreason";

    private static final Map<String, String> MEANINGS = new HashMap<>();

    static {
        WORDS.forEach((meaning, words) -> words.forEach(word -> MEANINGS.put(letters(word), meaning)));
    }

    private FinishWords() {}

    /**
     * @return DeepSeek's word; the host's own if nobody here knows it; {@code null} if the answer goes on
     */
    static @Nullable String read(@Nullable String word) {
        if (word == null) {
            return null;
        }
        String letters = letters(word);
        return GOES_ON.contains(letters) ? null : MEANINGS.getOrDefault(letters, word);
    }

    private static String letters(String word) {
        StringBuilder kept = new StringBuilder(word.length());
        for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
            if (BETWEEN.indexOf(c) < 0) {
                kept.append(c);
            }
        }
        boolean isOfEnum = kept.length() > ENUM.length() && kept.indexOf(ENUM) == 0;
        return isOfEnum ? kept.substring(ENUM.length()) : kept.toString();
    }
}
