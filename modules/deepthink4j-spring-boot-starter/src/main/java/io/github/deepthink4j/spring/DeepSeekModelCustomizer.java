package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekModelBuilder;

/**
 * A bean that changes the builders of the models before they are built, for what there is no property for. It comes after the
 * properties and what the context has brought, so it has the last word; but its {@code gates} come besides those of the context. Several are called in Spring's order.
 */
@FunctionalInterface
public interface DeepSeekModelCustomizer {

    /**
     * Called for each chat model, blocking and streaming.
     *
     * @param name    of the model in the properties; {@code default} for the block itself
     * @param builder to be changed; not to be built
     */
    void customize(String name, DeepSeekModelBuilder<?> builder);

    /**
     * Called for each model that completes in the middle, blocking and streaming, when it is built. Does nothing by default.
     *
     * @param name    of the model in the properties; {@code default} for the block itself
     * @param builder to be changed; not to be built
     */
    default void customizeFim(String name, DeepSeekFimModelBuilder<?> builder) {}
}
