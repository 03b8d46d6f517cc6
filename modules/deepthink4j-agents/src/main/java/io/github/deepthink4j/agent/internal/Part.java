package io.github.deepthink4j.agent.internal;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.ProfiledModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model among others, and what is known of it.
 *
 * @param name       for messages, metadata and provenance
 * @param modelName  the id that it will be asked for; {@code null} where it names none
 * @param profile    of a {@link ProfiledModel}; {@code null} for every other
 * @param defaults   the parameters that hold where a request says nothing
 * @param declared   the features that its user has declared; {@code null} to go by what is known
 * @param jsonSchema whether it declares JSON by a schema to LangChain4j
 * @param <M>        {@code ChatModel} or {@code StreamingChatModel}
 */
public record Part<M>(
        String name,
        M model,
        @Nullable String modelName,
        @Nullable ModelProfile profile,
        ChatRequestParameters defaults,
        @Nullable Set<Feature> declared,
        boolean jsonSchema) {

    public static Part<ChatModel> of(String name, ChatModel model, @Nullable Set<Feature> declared) {
        requireNonNull(model, name);
        ModelProfile profile = model instanceof ProfiledModel own ? own.profile() : null;
        return make(name, model, profile, model.defaultRequestParameters(), declared, model.supportedCapabilities());
    }

    public static Part<StreamingChatModel> of(String name, StreamingChatModel model, @Nullable Set<Feature> declared) {
        requireNonNull(model, name);
        ModelProfile profile = model instanceof ProfiledModel own ? own.profile() : null;
        return make(name, model, profile, model.defaultRequestParameters(), declared, model.supportedCapabilities());
    }

    private static <M> Part<M> make(
            String name,
            M model,
            @Nullable ModelProfile profile,
            ChatRequestParameters defaults,
            @Nullable Set<Feature> declared,
            Set<Capability> capabilities) {
        boolean jsonSchema = capabilities.contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        Set<Feature> features = declared == null ? null : Set.copyOf(declared);
        return new Part<>(name, model, defaults.modelName(), profile, defaults, features, jsonSchema);
    }

    /**
     * What it can do for a request with these parameters. Of another vendor's model nothing is known but what it declares: it
     * is taken to have tools, and JSON if it declares JSON by a schema.
     */
    public Set<Feature> features(ChatRequestParameters parameters) {
        if (declared != null) {
            return declared;
        }
        if (profile != null) {
            return profile.rules(thinks(parameters)).features();
        }
        if (model instanceof CombinedModel combined) {
            return combined.features(parameters);
        }
        Set<Feature> features = EnumSet.of(Feature.TOOLS);
        if (jsonSchema) {
            features.add(Feature.JSON_MODE);
        }
        return features;
    }

    /** Whether a request of this part will be thought over; {@code false} where that is not known. */
    public boolean thinks(ChatRequestParameters parameters) {
        if (profile == null) {
            return false;
        }
        ThinkingMode asked = thinking(parameters);
        ThinkingMode byDefault = thinking(defaults);
        ThinkingMode mode = asked != null ? asked : byDefault != null ? byDefault : ThinkingMode.MODEL_DEFAULT;
        return profile.thinks(mode);
    }

    private static @Nullable ThinkingMode thinking(ChatRequestParameters parameters) {
        return parameters instanceof DeepSeekChatRequestParameters own ? own.thinking() : null;
    }

    /** Whether a forced tool choice is refused, but would not be if thinking were off (docs/protocol.md, section 1.4). */
    public boolean forcesCallsOnlyWithoutThinking(ChatRequestParameters parameters) {
        return profile != null
                && thinks(parameters)
                && profile.rules(true).refused().contains(RequestParameter.FORCED_TOOL_CHOICE)
                && profile.canTurnThinkingOff();
    }
}
