package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import java.util.Set;

/**
 * A model made of several, blocking or streaming, which can be a part of another one and be asked what it can do. A decorator
 * of one's own that names this interface and passes {@link #features} on is treated as the model behind it.
 */
public interface CombinedModel {

    /** What a request with these parameters may ask for. */
    Set<Feature> features(ChatRequestParameters parameters);
}
