package io.github.deepthink4j.guides.recipes;

import io.github.deepthink4j.micrometer.DeepSeekObservations;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.micrometer.core.instrument.MeterRegistry;

class Measured {

    /** Once for each registry, before the first call: timers have buckets, of which percentiles are made. */
    static void withPercentiles(MeterRegistry meters) {
        meters.config().meterFilter(DeepSeekObservations.buckets());
    }

    static DeepSeekChatModel model(String baseUrl, String apiKey, MeterRegistry meters) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .modelName("deepseek-flash")
                .listeners(DeepSeekObservations.listener(meters))
                .build();
    }
}
