package io.github.deepthink4j.model;

import io.github.deepthink4j.profile.ModelProfile;

/**
 * A model, blocking or streaming, whose rules are known. Models made of models go by them: a decorator of one's own that names
 * this interface and passes {@link #profile()} on is treated as the model behind it.
 */
public interface ProfiledModel {

    /**
     * The rules of the model that the {@code defaultRequestParameters()} name; of the newest one if they name none. Never
     * {@code null}. A request that names another model may get that one's.
     */
    ModelProfile profile();
}
