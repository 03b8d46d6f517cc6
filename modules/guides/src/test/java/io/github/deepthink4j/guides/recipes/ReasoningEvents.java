package io.github.deepthink4j.guides.recipes;

import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** With {@code @Configuration}, where Spring looks for it. */
class ReasoningEvents implements WebFluxConfigurer {

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
        codecs.customCodecs().register(new ReasoningEventWriter());
    }
}
