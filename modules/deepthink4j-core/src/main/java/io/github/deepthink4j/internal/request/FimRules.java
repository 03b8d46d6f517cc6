package io.github.deepthink4j.internal.request;

import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a completion in the middle may ask for (docs/protocol.md, section 2.9). */
final class FimRules {

    private static final int MAX_TOKENS = 4096;
    private static final int MAX_LOGPROBS = 20;
    private static final int MAX_STOP_SEQUENCES = 16;

    /**
     * @param field   what goes out otherwise where the check is lenient; {@code null} if nothing does
     * @param instead the value that takes its place; {@code null} to leave it out
     */
    record Breach(
            boolean unsupported,
            String message,
            @Nullable String field,
            @Nullable Object instead) {}

    private final FimRequest request;
    private final List<Breach> breaches = new ArrayList<>();

    private FimRules(FimRequest request) {
        this.request = request;
    }

    /**
     * @param deepSeeks whether it goes to DeepSeek's own API
     */
    static List<Breach> breaches(ModelProfile profile, FimRequest request, boolean deepSeeks) {
        FimRules rules = new FimRules(request);
        if (!profile.whileNotThinking().features().contains(Feature.FIM)) {
            rules.breaches.add(new Breach(
                    true,
                    "completion in the middle is not supported by " + profile.name()
                            + ". Use a model whose profile has Feature.FIM, such as deepseek-flash",
                    null,
                    null));
        }
        rules.range("temperature", "temperature", 0, 2);
        rules.range("top_p", "topP", 0, 1);
        rules.atLeastOne();
        if (deepSeeks) {
            rules.deepSeeks();
        }
        return rules.breaches;
    }

    private void deepSeeks() {
        if (request.fields().get("max_tokens") instanceof Integer most && most > MAX_TOKENS) {
            invalid(
                    "maxOutputTokens must be at most " + MAX_TOKENS
                            + " where a text is completed in the middle, but is " + most,
                    "max_tokens",
                    MAX_TOKENS);
        }
        if (request.fields().get("stop") instanceof List<?> stops && stops.size() > MAX_STOP_SEQUENCES) {
            invalid(
                    "at most " + MAX_STOP_SEQUENCES + " stop sequences are accepted, but there are " + stops.size(),
                    "stop",
                    List.copyOf(stops.subList(0, MAX_STOP_SEQUENCES)));
        }
        if (request.fields().get("logprobs") instanceof Integer logprobs && (logprobs < 0 || logprobs > MAX_LOGPROBS)) {
            invalid("logprobs must be from 0 to " + MAX_LOGPROBS + ", but is " + logprobs, "logprobs", null);
        }
        if (Boolean.TRUE.equals(request.fields().get("echo"))) {
            for (String beside : List.of("suffix", "logprobs")) {
                if (request.fields().containsKey(beside)) {
                    invalid("echo does not go with " + beside + ": leave one of them out", "echo", null);
                }
            }
        }
    }

    private void atLeastOne() {
        if (request.fields().get("max_tokens") instanceof Integer most && most < 1) {
            invalid("maxOutputTokens must be at least 1, but is " + most, "max_tokens", null);
        }
    }

    private void range(String field, String name, double from, double to) {
        if (request.fields().get(field) instanceof Double value && !(value >= from && value <= to)) {
            invalid("%s must be between %s and %s, but is %s".formatted(name, from, to, value), field, null);
        }
    }

    private void invalid(String message, String field, @Nullable Object instead) {
        breaches.add(new Breach(false, message, field, instead));
    }
}
