package io.github.deepthink4j.internal.request;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Holds a request against the rules of its model before anything is sent: refuses, downgrades with a warning, or lets
 * pass, as its {@link ParameterCheck} says. One instance serves one model object and warns once of each matter.
 */
public final class RequestCheck {

    private static final String RETIRED =
            "the model id %s is retired: DeepSeek announced its end for 2026-07-24, and what answered"
                    + " to it since then was V4.1-Flash. Use deepseek-flash";

    private final ParameterCheck check;
    private final SafeLog log;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * @param log gets each warning, once
     */
    public RequestCheck(ParameterCheck check, Logger log) {
        this.check = requireNonNull(check, "check");
        this.log = SafeLog.of(requireNonNull(log, "log"));
    }

    /**
     * The request as it may go out.
     *
     * @throws UnsupportedFeatureException if the model lacks what is asked for and the check is {@code FAIL}
     * @throws InvalidRequestException     if a value is out of its range and the check is {@code FAIL}
     */
    public RequestDraft apply(ModelProfile profile, RequestDraft draft) {
        tellWhatIsLost(draft);
        if (check == ParameterCheck.IGNORE) {
            return draft;
        }
        RequestDraft checked = draft;
        for (Finding finding : findings(profile, draft)) {
            if (finding.kind() == Finding.Kind.IGNORED) {
                warn(finding.message());
            } else if (check == ParameterCheck.WARN || finding.kind() == Finding.Kind.LEFT_OUT) {
                warn(finding.message() + " (left out or replaced)");
                checked = finding.downgrade().apply(checked);
            } else {
                throw finding.kind() == Finding.Kind.UNSUPPORTED
                        ? new UnsupportedFeatureException(finding.message())
                        : new InvalidRequestException(finding.message());
            }
        }
        return checked;
    }

    /**
     * A completion in the middle as it may go out.
     *
     * @param deepSeeks whether it goes to DeepSeek's own API, whose limits other hosts need not have
     * @throws UnsupportedFeatureException if the model does not complete in the middle and the check is {@code FAIL}
     * @throws InvalidRequestException     if a value is out of its range and the check is {@code FAIL}
     */
    public FimRequest apply(ModelProfile profile, FimRequest request, boolean deepSeeks) {
        if (check == ParameterCheck.IGNORE) {
            return request;
        }
        FimRequest checked = request;
        for (FimRules.Breach breach : FimRules.breaches(profile, request, deepSeeks)) {
            if (check == ParameterCheck.FAIL) {
                throw breach.unsupported()
                        ? new UnsupportedFeatureException(breach.message())
                        : new InvalidRequestException(breach.message());
            }
            warn(breach.message() + (breach.field() == null ? "" : " (left out or replaced)"));
            checked = breach.field() == null ? checked : checked.with(breach.field(), breach.instead());
        }
        return checked;
    }

    /** Whatever the check, since the server does not hear of it. */
    private void tellWhatIsLost(RequestDraft draft) {
        draft.options()
                .get(Option.NOT_UNDERSTOOD, Map.of())
                .forEach(
                        (type, names) -> warn(
                                "of " + type + ", " + names
                                        + " means nothing to DeepSeek's models and is left out. DeepSeekChatRequestParameters has what they know"));
    }

    /**
     * Says what the writing had to mend; the request goes out all the same, whatever the check. Custom parameters that
     * contradict the request are refused, or win with a warning: a choice between two values is never a silent one.
     *
     * @throws InvalidRequestException if they contradict it and the check is {@code FAIL}
     */
    public void told(WrittenRequest written) {
        if (check == ParameterCheck.FAIL && !written.contradictions().isEmpty()) {
            throw new InvalidRequestException(String.join("; ", written.contradictions()));
        }
        written.contradictions().forEach(this::warn);
        if (written.mended()) {
            warn("a text in the request holds half of a surrogate pair, such as one half of an emoji: sent as U+FFFD."
                    + " Look for the place that cuts texts within a character");
        }
    }

    /**
     * Says that an id is one of DeepSeek's that are retired (docs/protocol.md, section 1.1), whatever the check: nobody else would, as
     * long as something answers to it.
     *
     * @param modelName that goes to api.deepseek.com
     * @param chats     whether it may think
     */
    public void tellIfRetired(String modelName, boolean chats) {
        String thinking = switch (modelName.trim().toLowerCase(Locale.ROOT)) {
            case "deepseek-reasoner" -> "true";
            case "deepseek-chat" -> "false";
            default -> null;
        };
        if (thinking != null) {
            warn(RETIRED.formatted(modelName) + (chats ? " with thinking(" + thinking + ")" : ""));
        }
    }

    private static List<Finding> findings(ModelProfile profile, RequestDraft draft) {
        List<Finding> findings = new ArrayList<>(FeatureRules.check(profile, draft));
        findings.addAll(ParameterRules.check(profile, draft));
        return findings;
    }

    private void warn(String message) {
        if (warned.add(message)) {
            log.warn(message);
        }
    }
}
