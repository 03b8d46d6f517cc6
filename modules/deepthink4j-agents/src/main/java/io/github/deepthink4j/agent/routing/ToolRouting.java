package io.github.deepthink4j.agent.routing;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reasoner and a tool caller, and how they share the work.
 *
 * @param planFirst   whether the reasoner plans
 * @param answerLast  whether the reasoner writes the answer
 * @param prompts     for any language; {@code null} for those of the prompt language
 */
record ToolRouting<M>(
        Part<M> reasoner,
        Part<M> toolCaller,
        ToolStrategy strategy,
        boolean planFirst,
        boolean answerLast,
        @Nullable RoutingPrompts prompts,
        PromptLanguage promptLanguage) {

    /** What follows on a request. */
    RoutedTurn<M> begin(ChatRequest request) {
        if (request.modelName() != null) {
            throw new UnsupportedFeatureException("modelName '" + request.modelName()
                    + "' can't be set for a model that is made of several: set it on the parts");
        }
        return new RoutedTurn<>(this, request);
    }

    RoutingPrompts promptsFor(ChatRequest request) {
        return prompts == null ? RoutingPrompts.in(promptLanguage.in(request.messages())) : prompts;
    }

    Set<Capability> capabilities() {
        return features(ChatRequestParameters.builder().build()).contains(Feature.JSON_MODE)
                ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                : Set.of();
    }

    /** JSON only where a request that has tools too may ask for it: AiServices ask for both at once. */
    Set<Feature> features(ChatRequestParameters parameters) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Part<M> part : List.of(reasoner, toolCaller)) {
            Set<Feature> has = part.features(parameters);
            for (Feature feature : Feature.values()) {
                boolean json = feature == Feature.JSON_MODE;
                if (has.contains(feature) && (!json || has.contains(Feature.TOOLS))) {
                    features.add(feature);
                }
            }
        }
        return features;
    }
}
