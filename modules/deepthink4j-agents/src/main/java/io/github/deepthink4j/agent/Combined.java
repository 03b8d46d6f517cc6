package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import java.util.Set;

/** A model made of several, so that it can be a part of another one and be asked what it can do. */
interface Combined {

    /** What a request with these parameters may ask for. */
    Set<Feature> features(ChatRequestParameters parameters);
}
