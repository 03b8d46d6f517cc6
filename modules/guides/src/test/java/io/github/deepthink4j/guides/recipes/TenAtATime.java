package io.github.deepthink4j.guides.recipes;

import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;

/** Both models share the ten places; the others wait in a queue, which holds no thread, and users take turns. */
record TenAtATime(CallLimit limit, DeepSeekChatModel model, DeepSeekStreamingChatModel streaming) {

    static TenAtATime of(String baseUrl, String apiKey) {
        CallLimit limit = CallLimit.atMost(10);
        return new TenAtATime(
                limit,
                DeepSeekChatModel.builder()
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName("deepseek-flash")
                        .gates(limit)
                        .build(),
                DeepSeekStreamingChatModel.builder()
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName("deepseek-flash")
                        .gates(limit)
                        .build());
    }
}
