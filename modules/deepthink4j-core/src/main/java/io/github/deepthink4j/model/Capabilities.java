package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.Capability;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.Set;

/** What a model object declares to AiServices, by the model that its default parameters name. */
final class Capabilities {

    private Capabilities() {}

    static Set<Capability> of(ModelSettings settings, DeepSeekChatRequestParameters parameters) {
        ModelProfile profile = settings.profileFor(parameters);
        ThinkingMode mode = parameters.thinking() == null ? ThinkingMode.MODEL_DEFAULT : parameters.thinking();
        boolean json = profile.rules(profile.thinks(mode)).features().contains(Feature.JSON_MODE);
        return json ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }
}
