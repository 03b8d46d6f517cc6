package io.github.deepthink4j.spring;

import io.github.deepthink4j.profile.ParameterCheck;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that would only be found wrong by the first call, or at another place than where they stand. */
final class ValueChecks {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]*)[^}]*}");
    private static final List<String> FIELDS = List.of("model", "messages", "stream");
    private static final int LAST_PORT = 65_535;
    private static final double HOTTEST = 2;
    private static final int MOST_LOGPROBS = 20;

    private ValueChecks() {}

    /** Spring leaves a placeholder as it is for which there is no value; as a key it would be sent. */
    static void placeholder(String property, String value) {
        Matcher found = PLACEHOLDER.matcher(value);
        boolean isText = property.contains(".custom-parameters") || property.contains(".stop-sequences");
        if (!isText && found.find()) {
            String name = found.group(1).trim();
            throw new UnusableSettingException(
                    property,
                    "there is no value for ${" + name + "}",
                    "Set the property or environment variable " + name + ", or write ${" + name
                            + ":} for none where it is missing");
        }
    }

    /** In words without the value, which may hold a password. */
    static void proxy(String prefix, String host, int port) {
        String wrong = null;
        if (host.contains("@")) {
            wrong = "it holds a user or a password, which a proxy can't be given here";
        } else if (host.contains("://") || host.contains("/")) {
            wrong = "it is an address and not the name of a host";
        } else if (host.chars().anyMatch(Character::isWhitespace)) {
            wrong = "it holds a blank";
        } else if (host.chars().filter(c -> c == ':').count() == 1) {
            wrong = "it holds a port";
        }
        if (wrong != null) {
            throw new UnusableSettingException(
                    prefix + ".proxy.host",
                    wrong,
                    "Set it to the name or the address of the proxy alone, such as proxy.example.com, and the port to "
                            + prefix + ".proxy.port");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new UnusableSettingException(
                    prefix + ".proxy.port", "it is " + port, "Set it to a number from 1 to " + LAST_PORT);
        }
    }

    /** Of what has a budget's time or kind, but no amount, somebody thinks that it is limited. */
    static void budget(DeepSeekProperties.Budget budget) {
        if (budget.money() == null && budget.tokens() == null && !budget.equals(DeepSeekProperties.Budget.NONE)) {
            throw new UnusableSettingException(
                    DeepSeekProperties.PREFIX + ".budget",
                    "it says for what a budget holds, and no amount, so that there would be none",
                    "Set deepthink4j.budget.money or deepthink4j.budget.tokens, or leave deepthink4j.budget.* out");
        }
    }

    /** Not where the model is to take what its rules forbid. */
    static void model(String prefix, ModelProperties model) {
        ParameterCheck check = model.getParameterCheck();
        if (check != null && check != ParameterCheck.FAIL) {
            return;
        }
        Integer most = model.getMaxOutputTokens();
        if (most != null && most < 1) {
            throw wrong(prefix + ".max-output-tokens", most, "at least 1");
        }
        FIELDS.stream()
                .filter(model.getCustomParameters()::containsKey)
                .findFirst()
                .ifPresent(field -> {
                    throw new UnusableSettingException(
                            prefix + ".custom-parameters." + field,
                            "each request has this field already, and one that says two things is refused",
                            field.equals("model") ? "Set " + prefix + ".model-name" : "Leave it out");
                });
        between(prefix + ".temperature", model.getTemperature(), 0, HOTTEST);
        between(prefix + ".top-p", model.getTopP(), 0, 1);
        between(prefix + ".frequency-penalty", model.getFrequencyPenalty(), -HOTTEST, HOTTEST);
        between(prefix + ".presence-penalty", model.getPresencePenalty(), -HOTTEST, HOTTEST);
    }

    /** As of a model, of what is set for completions in the middle. */
    static void fim(String prefix, ModelProperties model) {
        ParameterCheck check = model.getParameterCheck();
        if (check != null && check != ParameterCheck.FAIL) {
            return;
        }
        FimProperties fim = model.getFim();
        Integer most = fim.getMaxOutputTokens();
        if (most != null && most < 1) {
            throw wrong(prefix + ".max-output-tokens", most, "at least 1");
        }
        Integer logprobs = fim.getLogprobs();
        between(prefix + ".logprobs", logprobs == null ? null : logprobs.doubleValue(), 0, MOST_LOGPROBS);
        between(prefix + ".temperature", fim.getTemperature(), 0, HOTTEST);
        between(prefix + ".top-p", fim.getTopP(), 0, 1);
        between(prefix + ".frequency-penalty", fim.getFrequencyPenalty(), -HOTTEST, HOTTEST);
        between(prefix + ".presence-penalty", fim.getPresencePenalty(), -HOTTEST, HOTTEST);
    }

    private static void between(String property, @Nullable Double value, double least, double most) {
        // Also of what is no number.
        if (value != null && !(value >= least && value <= most)) {
            throw wrong(property, value, "from " + (int) least + " to " + (int) most);
        }
    }

    private static UnusableSettingException wrong(String property, Number value, String range) {
        return new UnusableSettingException(
                property, "it is " + value, "Set it to a number " + range + ", or leave it out");
    }
}
