package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * All that a model was built with.
 *
 * @param profile       set by the user for every request, or {@code null}: then each request's model id decides
 * @param dialect       of the host, applied to whichever profile holds; {@code null} for the profile's own
 * @param gates         what each attempt passes, in this order, which is that of {@link Gate#order}
 * @param streamOnWire  whether a blocking call streams on the wire
 */
record ModelSettings(
        Endpoints endpoints,
        RequestHeaders headers,
        @Nullable ModelProfile profile,
        @Nullable ReasoningDialect dialect,
        ParameterCheck parameterCheck,
        PromptLanguage promptLanguage,
        Timeouts timeouts,
        RetryPolicy retryPolicy,
        List<Gate> gates,
        DecoderLimits limits,
        Lifetime lifetime,
        Scheduler scheduler,
        Prices prices,
        boolean strictTools,
        boolean streamOnWire,
        Logger log) {

    ModelProfile profileFor(String modelName) {
        if (profile != null) {
            return dialect == null ? profile : profile.on(dialect);
        }
        if (dialect != null) {
            return ModelProfile.forModel(modelName, dialect);
        }
        // A local address may be a simulator or a proxy of DeepSeek's: an id means there what it means at DeepSeek.
        return endpoints.isDeepSeek() || endpoints.isLocal()
                ? ModelProfile.forModel(modelName)
                : ModelProfile.forModel(modelName, ReasoningDialect.OTHER_HOST);
    }

    /**
     * Whether prefixes, strict functions and completion in the middle have a root of their own, as at DeepSeek (docs/protocol.md,
     * section 2.1). Other hosts have none, and a request to it is a 404.
     */
    boolean hasBetaRoot(ModelProfile model) {
        if (endpoints.isDeepSeek() || (dialect != null && dialect.deepSeekApi())) {
            return true;
        }
        return dialect == null && model.dialect().deepSeekApi() && endpoints.isLocalRoot();
    }

    /** By the model that these parameters name, if they name one. */
    ModelProfile profileFor(ChatRequestParameters parameters) {
        return profileFor(parameters.modelName() == null ? "" : parameters.modelName());
    }

    /** What a model object declares to AiServices, by the model that its default parameters name. */
    Set<Capability> capabilities(DeepSeekChatRequestParameters defaults) {
        ModelProfile model = profileFor(defaults);
        ThinkingMode mode = defaults.thinking() == null ? ThinkingMode.MODEL_DEFAULT : defaults.thinking();
        boolean json = model.rules(model.thinks(mode)).features().contains(Feature.JSON_MODE);
        return json ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }

    /** Without the headers, which hold the key. */
    @Override
    public String toString() {
        return "ModelSettings[baseUrl=" + endpoints + ", profile=" + (profile == null ? "by model id" : profile.name())
                + "]";
    }
}
