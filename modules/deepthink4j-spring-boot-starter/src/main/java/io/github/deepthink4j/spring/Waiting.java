package io.github.deepthink4j.spring;

import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;

/** From properties to the library's values for how long and how often. What is not set stays as the library has it. */
final class Waiting {

    private static final int ADAPTIVE_START = 20;
    private static final int ADAPTIVE_MOST = 2_500;

    private Waiting() {}

    static Timeouts timeouts(TimeoutProperties properties) {
        Timeouts.Builder timeouts = Timeouts.custom();
        DeepSeekModels.ifSet(properties.getConnect(), timeouts::connect);
        DeepSeekModels.ifSet(properties.getFirstByte(), timeouts::firstByte);
        DeepSeekModels.ifSet(properties.getIdle(), timeouts::idle);
        DeepSeekModels.ifSet(properties.getTotal(), timeouts::total);
        return timeouts.build();
    }

    static RetryPolicy retryPolicy(RetryProperties properties) {
        RetryPolicy.Builder retry = RetryPolicy.custom();
        DeepSeekModels.ifSet(properties.getMaxAttempts(), retry::maxAttempts);
        DeepSeekModels.ifSet(properties.getBaseDelay(), retry::baseDelay);
        DeepSeekModels.ifSet(properties.getMaxDelay(), retry::maxDelay);
        DeepSeekModels.ifSet(properties.getJitter(), retry::jitter);
        DeepSeekModels.ifSet(properties.getMaxRetryAfter(), retry::maxRetryAfter);
        DeepSeekModels.ifSet(properties.getRetryTimeouts(), retry::retryTimeouts);
        return retry.build();
    }

    static CallLimit callLimit(LimitProperties properties) {
        CallLimit.Builder limit = CallLimit.builder();
        if (Boolean.TRUE.equals(properties.getAdaptive())) {
            limit.adaptive(ADAPTIVE_START, ADAPTIVE_MOST);
        }
        DeepSeekModels.ifSet(properties.getAtMost(), limit::atMost);
        DeepSeekModels.ifSet(properties.getAtMostPerUser(), limit::atMostPerUser);
        DeepSeekModels.ifSet(properties.getRequestsPerMinute(), limit::requestsPerMinute);
        DeepSeekModels.ifSet(properties.getTokensPerMinute(), limit::tokensPerMinute);
        DeepSeekModels.ifSet(properties.getMaxWaiting(), limit::maxWaiting);
        DeepSeekModels.ifSet(properties.getMaxWaitingPerUser(), limit::maxWaitingPerUser);
        DeepSeekModels.ifSet(properties.getMaxRefusals(), limit::maxRefusals);
        DeepSeekModels.ifSet(properties.getMaxRetryAfter(), limit::maxRetryAfter);
        return limit.build();
    }
}
